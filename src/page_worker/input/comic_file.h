// SPDX-License-Identifier: Apache-2.0
// An archive of images as one document (CBZ): its pages are the images, in natural order.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "page_worker/input/archive.h"
#include "page_worker/input/input_file.h"
#include "process/unnamed_file.h"

namespace emend {

class ComicFile final : public InputFile {
 public:
  // Fails as Archive::open() does, or with unreadable_input when it holds no image.
  [[nodiscard]] static Result<std::unique_ptr<ComicFile>> open(const std::filesystem::path& path);

  [[nodiscard]] FileKind kind() const override { return FileKind::zip; }
  [[nodiscard]] int page_count() const override { return static_cast<int>(labels_.size()); }
  [[nodiscard]] Result<DecodedPage> decode(int page, const ReadOptions& options) override;
  [[nodiscard]] Result<PagePlace> place_of(int page, const ReadOptions& options) override;

 private:
  ComicFile(std::unique_ptr<Archive> archive, std::vector<std::string> labels)
      : archive_(std::move(archive)), labels_(std::move(labels)) {}

  std::unique_ptr<Archive> archive_;
  std::vector<std::string> labels_;
  int page_ = 0;  // the one that is unpacked
  std::optional<UnnamedFile> copy_;
  std::unique_ptr<InputFile> image_;
};

}  // namespace emend
