// SPDX-License-Identifier: Apache-2.0
// TIFF: one page or many. Read from disk page by page, since scanners make files of gigabytes.
#pragma once

#include <memory>

#include "page_worker/input/file.h"
#include "page_worker/input/input_file.h"

namespace emend {

class TiffFile final : public InputFile {
 public:
  // Fails with unreadable_input.
  [[nodiscard]] static Result<std::unique_ptr<TiffFile>> open(File file);

  [[nodiscard]] FileKind kind() const override { return FileKind::tiff; }
  [[nodiscard]] int page_count() const override { return page_count_; }
  [[nodiscard]] Result<DecodedPage> decode(int page, const ReadOptions& options) override;

 private:
  TiffFile(File file, int page_count) : file_(std::move(file)), page_count_(page_count) {}

  File file_;
  int page_count_;
};

}  // namespace emend
