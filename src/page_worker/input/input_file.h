// SPDX-License-Identifier: Apache-2.0
// An open document: how many pages it has, and each of them as pixels.
//
// Errors name neither the file nor the page: whoever asked knows them and puts them in front.
#pragma once

#include <filesystem>
#include <memory>

#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/input/file_kind.h"
#include "page_worker/picture.h"

namespace emend {

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
};

// Fails with not_found, io_failed, limit_exceeded, or with unreadable_input when the content is of
// no kind that emend reads, is damaged beyond use, or is encrypted and the password does not fit.
[[nodiscard]] Result<std::unique_ptr<InputFile>> open_input(const std::filesystem::path& path,
                                                            const ReadOptions& options);

}  // namespace emend
