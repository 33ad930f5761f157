// SPDX-License-Identifier: Apache-2.0
#include "models/local_file.h"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "models/model_folder.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

std::string guess(std::string_view head) {
  if (head.empty()) return "It is empty.";
  if (head.front() == '<') {
    return "It seems to be a web page: fetch the file itself, not the page that shows it.";
  }
  if (head == "vers") {
    return "It seems to be a pointer of git lfs: run git lfs pull where it came from.";
  }
  return "emend needs a model in the GGUF form; many repositories of the hub whose names end in "
         "-GGUF have one.";
}

// Of a link into the hub's cache we know what the bytes must be.
void note_checksums(StoredModel& model) {
  for (auto& file : model.files) {
    std::error_code no_link;
    const std::string oid = fs::read_symlink(file.path, no_link).filename().string();
    if (!no_link && file.checksum.empty() && is_oid(oid)) file.checksum = checksum_text(oid);
  }
}

}  // namespace

Result<void> check_magic(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::io_failed,
                path.string() + " cannot be read: " + std::generic_category().message(errno));
  }
  char bytes[4];
  file.read(bytes, sizeof bytes);
  const std::string_view head(bytes, static_cast<std::size_t>(file.gcount()));
  if (head == "GGUF") return {};
  return fail(ErrorCode::unreadable_input, path.string() + " is no GGUF file", guess(head));
}

Result<StoredModel> local_model(const fs::path& path) {
  std::error_code problem;
  if (fs::is_directory(path, problem)) return ModelFolder(path).only_model();
  const auto size = fs::file_size(path, problem);
  if (problem) {
    const bool absent =
        problem == std::errc::no_such_file_or_directory || problem == std::errc::not_a_directory;
    return fail(absent ? ErrorCode::not_found : ErrorCode::io_failed,
                path.string() + ": " + problem.message(),
                "A model is \"embedded\", a GGUF file or a folder with one, or a repository of the "
                "hub such as Qwen/Qwen2.5-3B-Instruct-GGUF:Q8_0.");
  }
  StoredModel model;
  if (models_among({{path.filename().string(), size, ""}}).empty()) {
    // Not named like a model, but the user says that it is one.
    model.files.push_back({path, size, ""});
  } else {
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    auto found = ModelFolder(folder).model_of(path.filename().string());
    if (!found) return found;
    model = std::move(*found);
  }
  model.name = path.string();
  note_checksums(model);
  return model;
}

Result<bool> is_whole(const fs::path& path, const RepositoryFile& file,
                      const HashProgress& progress) {
  std::error_code absent;
  if (fs::file_size(path, absent) != file.size_bytes || absent) return false;
  if (file.oid.empty()) return true;
  auto hash = hash_of_file(path, kind_of_oid(file.oid), progress);
  if (!hash) return tl::unexpected(std::move(hash.error()));
  return *hash == file.oid;
}

}  // namespace emend
