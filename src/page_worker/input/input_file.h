// SPDX-License-Identifier: Apache-2.0
// An open document: how many pages it has, and each of them as pixels.
//
// Errors name neither the file nor the page: whoever asked knows them and puts them in front.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "core/file_kind.h"
#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/input/page_text.h"
#include "page_worker/picture.h"

namespace emend {

class InputFile;

// Where a page really is, when the document is a collection of files.
struct PagePlace {
  InputFile* file = nullptr;   // borrowed until the next call
  std::filesystem::path path;  // of that file; empty = as the document was opened
  int page = 0;                // in that file
};

class InputFile {
 public:
  InputFile() = default;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  virtual ~InputFile() = default;

  [[nodiscard]] virtual FileKind kind() const = 0;
  [[nodiscard]] virtual int page_count() const = 0;

  // `page` is 1-based and at most page_count(). Fails with unreadable_input or limit_exceeded.
  [[nodiscard]] virtual Result<DecodedPage> decode(int page, const ReadOptions& options) = 0;

  // Where all of it is, when that is not where it was opened.
  [[nodiscard]] virtual std::optional<std::filesystem::path> copy() const { return std::nullopt; }

  // Fails as decode() does.
  [[nodiscard]] virtual Result<PagePlace> place_of(int page, const ReadOptions& /*options*/) {
    return PagePlace{this, {}, page};
  }

  // The text that the page has of its own, on the grid of decode(); nothing where it has none. It
  // is not judged here.
  [[nodiscard]] virtual std::optional<PageText> own_text(int /*page*/,
                                                         const ReadOptions& /*options*/) {
    return std::nullopt;
  }
};

// Fails with not_found, io_failed, limit_exceeded, or with unreadable_input when the content is of
// no kind that emend reads, is damaged beyond use, or is encrypted and the password does not fit.
[[nodiscard]] Result<std::unique_ptr<InputFile>> open_input(const std::filesystem::path& path,
                                                            const ReadOptions& options);

}  // namespace emend
