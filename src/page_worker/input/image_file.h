// SPDX-License-Identifier: Apache-2.0
// Images that are one page: everything but TIFF and PDF. Of an animation the first picture.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "page_worker/input/file.h"
#include "page_worker/input/input_file.h"

namespace emend {

class ImageFile final : public InputFile {
 public:
  // Reads the file into memory. Fails with io_failed, unreadable_input or limit_exceeded.
  [[nodiscard]] static Result<std::unique_ptr<ImageFile>> open(const File& file, FileKind kind);

  [[nodiscard]] FileKind kind() const override { return kind_; }
  [[nodiscard]] int page_count() const override { return 1; }
  [[nodiscard]] Result<DecodedPage> decode(int page, const ReadOptions& options) override;

 private:
  ImageFile(FileKind kind, std::vector<std::uint8_t> bytes)
      : kind_(kind), bytes_(std::move(bytes)) {}
  [[nodiscard]] Result<DecodedPage> decode_jpeg() const;

  FileKind kind_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace emend
