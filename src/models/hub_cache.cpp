// SPDX-License-Identifier: Apache-2.0
#include "models/hub_cache.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>
#include <utility>

#include "core/ascii.h"
#include "models/content_id.h"
#include "models/partial_file.h"
#include "models/quantization.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFolderStart = "models--";

std::string folder_name(const std::string& repository) {
  std::string name(kFolderStart);
  for (const char c : repository) name += c == '/' ? std::string("--") : std::string(1, c);
  return name;
}

std::optional<std::string> repository_of(const std::string& folder) {
  if (!folder.starts_with(kFolderStart)) return std::nullopt;
  std::string name = folder.substr(kFolderStart.size());
  const auto dashes = name.find("--");
  if (dashes == std::string::npos) return std::nullopt;
  return name.replace(dashes, 2, "/");
}

std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The oid that a snapshot's link leads to; empty when the file is no such link.
std::string oid_of(const fs::path& link) {
  std::error_code problem;
  const std::string name = fs::read_symlink(link, problem).filename().string();
  return !problem && is_oid(name) ? name : std::string();
}

std::vector<RepositoryFile> files_below(const fs::path& folder) {
  std::vector<RepositoryFile> files;
  std::error_code problem;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    std::error_code absent;  // a link whose blob is gone
    const auto size = at->is_directory(absent) ? 0 : fs::file_size(at->path(), absent);
    if (absent || at->is_directory(absent)) continue;
    files.push_back(
        {at->path().lexically_relative(folder).generic_string(), size, oid_of(at->path())});
  }
  return files;
}

std::string first_line(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return std::string(ascii::trimmed(line));
}

// A link, or where the file system has none the bytes themselves.
Result<void> put_link(const fs::path& blob, const fs::path& link) {
  std::error_code problem;
  fs::create_directories(link.parent_path(), problem);
  if (problem) return tl::unexpected(write_error(link, problem.value()));
  const fs::path target = blob.lexically_relative(link.parent_path());
  if (fs::read_symlink(link, problem) == target) return {};
  const fs::path fresh = link.string() + "." + std::to_string(::getpid()) + ".tmp";
  fs::remove(fresh, problem);
  fs::create_symlink(target, fresh, problem);
  if (!problem) fs::rename(fresh, link, problem);
  if (problem == std::errc::operation_not_permitted || problem == std::errc::not_supported ||
      problem == std::errc::function_not_supported) {
    problem.clear();
    fs::rename(blob, link, problem);
  }
  if (problem) return tl::unexpected(write_error(link, problem.value()));
  return {};
}

}  // namespace

struct HubCache::Snapshot {
  std::string repository;
  std::string commit;
  fs::path folder;
  fs::file_time_type changed;

  [[nodiscard]] std::vector<ModelParts> models() const { return models_among(files_below(folder)); }

  [[nodiscard]] StoredModel stored(const ModelParts& parts,
                                   const std::vector<ModelParts>& all) const {
    StoredModel model;
    model.repository = repository;
    model.revision = commit;
    model.quantization = quantization_of(parts.path());
    ModelName name;
    name.quantization = model.quantization;
    const bool is_clear = !name.quantization.empty() && fitting(all, name).size() == 1;
    model.name = repository + ":" + (is_clear ? model.quantization : parts.path());
    for (const auto& file : parts.files) {
      model.files.push_back({folder / file.path, file.size_bytes, checksum_text(file.oid)});
    }
    return model;
  }
};

// Case does not matter on the hub.
fs::path HubCache::folder_of(const std::string& repository) const {
  const std::string name = folder_name(repository);
  fs::path exact = root_ / name;
  std::error_code ignored;
  if (fs::exists(exact, ignored)) return exact;
  for (const auto& entry : entries(root_)) {
    if (ascii::lowered(entry.filename().string()) == ascii::lowered(name)) return entry;
  }
  return exact;
}

std::vector<HubCache::Snapshot> HubCache::snapshots(const fs::path& folder) const {
  std::vector<Snapshot> found;
  const auto repository = repository_of(folder.filename().string());
  if (!repository) return found;
  for (const auto& entry : entries(folder / "snapshots")) {
    std::error_code ignored;
    if (!fs::is_directory(entry, ignored)) continue;
    found.push_back(
        {*repository, entry.filename().string(), entry, fs::last_write_time(entry, ignored)});
  }
  return found;
}

// Those in which a name may be looked for, best first. Who names no revision takes what is there.
std::vector<HubCache::Snapshot> HubCache::snapshots_for(const ModelName& name) const {
  const fs::path folder = folder_of(name.repository);
  auto found = snapshots(folder);
  const std::string noted = first_line(folder / "refs" / name.revision_or_main());
  std::sort(found.begin(), found.end(), [&](const Snapshot& a, const Snapshot& b) {
    if ((a.commit == noted) != (b.commit == noted)) return a.commit == noted;
    return a.changed > b.changed;
  });
  if (!name.revision.empty()) {
    std::erase_if(found, [&](const Snapshot& snapshot) {
      return snapshot.commit != noted && snapshot.commit != name.revision;
    });
  }
  return found;
}

Result<std::vector<StoredModel>> HubCache::models() const {
  std::vector<StoredModel> found;
  for (const auto& folder : entries(root_)) {
    ModelName any;
    any.repository = repository_of(folder.filename().string()).value_or("");
    if (any.repository.empty()) continue;
    std::set<std::string> names;
    for (const auto& snapshot : snapshots_for(any)) {
      const auto all = snapshot.models();
      for (const auto& parts : all) {
        if (!parts.is_complete) continue;
        found.push_back(snapshot.stored(parts, all));
        const bool is_newest = names.insert(found.back().name).second;
        if (!is_newest) found.back().name += "@" + snapshot.commit;
      }
    }
  }
  return found;
}

Result<std::optional<StoredModel>> HubCache::find(const ModelName& name,
                                                  StoreObserver& /*observer*/) const {
  for (const auto& snapshot : snapshots_for(name)) {
    auto all = snapshot.models();
    std::erase_if(all, [](const ModelParts& parts) { return !parts.is_complete; });
    const auto fits = fitting(all, name);
    if (fits.size() == 1) return snapshot.stored(fits.front(), all);
    if (fits.size() > 1) {
      return fail(ErrorCode::invalid_argument,
                  "several models on this machine fit \"" + name.text + "\":\n" + listing(fits),
                  "Say which one: put its quantization, or the whole name of its file, after a "
                  "colon.");
    }
  }
  return std::optional<StoredModel>();
}

Places HubCache::places_for(const RepositoryState& state, const RepositoryFile& file) const {
  const fs::path folder = folder_of(state.repository);
  Places places;
  places.lock = root_ / ".locks" / folder.filename() / (file.oid + ".lock");
  // Not the name that huggingface_hub uses: what it leaves behind can have holes.
  places.partial = folder / "blobs" / (file.oid + ".emend.incomplete");
  places.target = folder / "blobs" / file.oid;
  places.path = folder / "snapshots" / state.commit / file.path;
  return places;
}

Result<void> HubCache::prepare(const RepositoryState& /*state*/, const std::string& /*revision*/,
                               const RepositoryFile& /*file*/, const Places& /*places*/) const {
  return {};
}

Result<void> HubCache::finish(const RepositoryState& state, const std::string& revision,
                              const std::vector<Places>& places) const {
  for (const auto& place : places) {
    if (auto linked = put_link(place.target, place.path); !linked) return linked;
  }
  if (revision == state.commit) return {};
  return write_small_file(folder_of(state.repository) / "refs" / revision, state.commit);
}

namespace {

// The folders above a removed file, as far as they are empty, up to `top`, which stays.
void remove_empty_folders(fs::path place, const fs::path& top) {
  std::error_code problem;
  while (place != top && fs::remove(place, problem) && !problem) place = place.parent_path();
}

std::uint64_t remove_blobs(const std::set<fs::path>& blobs) {
  std::uint64_t freed_bytes = 0;
  for (const auto& blob : blobs) {
    std::error_code problem;
    const auto size = fs::file_size(blob, problem);
    if (!problem && fs::remove(blob, problem)) freed_bytes += size;
  }
  return freed_bytes;
}

// The branches and tags that name a revision which is here no longer.
void remove_refs_to(const std::string& revision, const fs::path& refs) {
  for (const auto& ref : entries(refs)) {
    std::error_code problem;
    if (first_line(ref) == revision) fs::remove(ref, problem);
  }
}

}  // namespace

Result<Removal> HubCache::remove(const StoredModel& model) const {
  const fs::path folder = folder_of(model.repository);
  Removal removal;
  std::error_code problem;
  std::set<fs::path> blobs;
  for (const auto& file : model.files) {
    const std::string oid = oid_of(file.path);
    if (!oid.empty()) blobs.insert(folder / "blobs" / oid);
    if (oid.empty()) removal.freed_bytes += file.size_bytes;
    fs::remove(file.path, problem);
    if (problem) return tl::unexpected(write_error(file.path, problem.value()));
    removal.files.push_back(file.path);
    remove_empty_folders(file.path.parent_path(), folder);
  }
  for (const auto& other : snapshots(folder)) {
    for (const auto& file : files_below(other.folder)) blobs.erase(folder / "blobs" / file.oid);
  }
  removal.freed_bytes += remove_blobs(blobs);
  const bool is_gone = !fs::exists(folder / "snapshots" / model.revision, problem);
  if (is_gone) remove_refs_to(model.revision, folder / "refs");
  return removal;
}

}  // namespace emend
