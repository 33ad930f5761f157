// SPDX-License-Identifier: Apache-2.0
// Texts that belong to documents: NAME.txt beside NAME.png, or from a file of all of them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "emend/error.h"

namespace emend::cli {

// The file with the text of a document: NAME.gt.txt or NAME.txt (NAME.png.gt.txt and NAME.png.txt
// too) in `folder`, or where the document is when that is empty. Nothing when there is none.
[[nodiscard]] std::optional<std::filesystem::path> text_file_of(
    const std::filesystem::path& document, const std::filesystem::path& folder);

// The whole file as UTF-8, a byte order mark taken off. Fails with io_failed.
[[nodiscard]] Result<std::string> read_text_file(const std::filesystem::path& path);

// What results are held against instead of what was recognised.
class OtherTexts {
 public:
  // "raw" and nothing = none. Fails with not_found, io_failed or unreadable_input.
  [[nodiscard]] static Result<OtherTexts> open(const std::string& against);

  // The text for the document, or `raw`. Fails with not_found when there should be one.
  [[nodiscard]] Result<std::string> text_for(const std::string& id,
                                             const std::filesystem::path& document,
                                             const std::string& raw) const;

 private:
  std::string against_;
  bool is_raw_ = false;
  std::optional<std::map<std::string, std::string>> by_id_;
};

}  // namespace emend::cli
