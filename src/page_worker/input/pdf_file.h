// SPDX-License-Identifier: Apache-2.0
// PDF pages, rendered by poppler.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "page_worker/input/input_file.h"

namespace poppler {
class document;
}

namespace emend {

class PdfFile final : public InputFile {
 public:
  // Fails with unreadable_input when it is damaged, has no pages, or the password does not fit.
  [[nodiscard]] static Result<std::unique_ptr<PdfFile>> open(const std::filesystem::path& path,
                                                             const std::string& password);
  ~PdfFile() override;

  [[nodiscard]] FileKind kind() const override { return FileKind::pdf; }
  [[nodiscard]] int page_count() const override;

  // Rendered in grey. A page that would have more pixels than allowed is rendered at a lower
  // resolution, and says so.
  [[nodiscard]] Result<DecodedPage> decode(int page, const ReadOptions& options) override;

 private:
  explicit PdfFile(std::unique_ptr<poppler::document> document, bool is_repaired);

  std::unique_ptr<poppler::document> document_;
  bool is_repaired_;
};

}  // namespace emend
