// SPDX-License-Identifier: Apache-2.0
#include "cli/truths.h"

#include <fstream>
#include <iterator>
#include <system_error>

#include "emend/evaluate.h"

namespace emend::cli {

std::optional<std::filesystem::path> text_file_of(const std::filesystem::path& document,
                                                  const std::filesystem::path& folder) {
  const auto where = folder.empty() ? document.parent_path() : folder;
  for (const auto& name : {document.stem(), document.filename()}) {
    for (const char* ending : {".gt.txt", ".txt"}) {
      std::filesystem::path path = where / name;
      path += ending;
      std::error_code problem;
      if (std::filesystem::is_regular_file(path, problem)) return path;
    }
  }
  return std::nullopt;
}

Result<std::string> read_text_file(const std::filesystem::path& path) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) {
    return fail(ErrorCode::io_failed, path.string() + ": cannot be read");
  }
  if (text.starts_with(kMark)) text.erase(0, kMark.size());
  return text;
}

Result<OtherTexts> OtherTexts::open(const std::string& against) {
  OtherTexts texts;
  texts.against_ = against;
  texts.is_raw_ = against == "raw" || against.empty();
  std::error_code problem;
  if (texts.is_raw_ || std::filesystem::is_directory(against, problem)) return texts;
  auto by_id = read_texts(against);
  if (!by_id) return tl::unexpected(std::move(by_id.error()));
  texts.by_id_ = std::move(*by_id);
  return texts;
}

Result<std::string> OtherTexts::text_for(const std::string& id,
                                         const std::filesystem::path& document,
                                         const std::string& raw) const {
  if (is_raw_) return raw;
  if (by_id_) {
    const auto found = by_id_->find(id);
    if (found != by_id_->end()) return found->second;
  } else if (const auto path = text_file_of(document, against_)) {
    return read_text_file(*path);
  }
  return fail(ErrorCode::not_found, against_ + " has no text for " + id,
              "Every document must have a text there.");
}

}  // namespace emend::cli
