// SPDX-License-Identifier: Apache-2.0
// PDF pages, rendered by poppler.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "page_worker/input/input_file.h"
#include "page_worker/input/pdf_content.h"
#include "process/unnamed_file.h"

namespace poppler {
class document;
class page;
}  // namespace poppler

namespace emend {

class PdfFile final : public InputFile {
 public:
  // Fails with unreadable_input when it is damaged, has no pages, or the password does not fit.
  [[nodiscard]] static Result<std::unique_ptr<PdfFile>> open(const std::filesystem::path& path,
                                                             const std::string& password);
  ~PdfFile() override;

  [[nodiscard]] FileKind kind() const override { return FileKind::pdf; }
  // There is one when the file was cut off (cut_pdf.h).
  [[nodiscard]] std::optional<std::filesystem::path> copy() const override;
  [[nodiscard]] int page_count() const override;

  // Rendered in grey. A page that would have more pixels than allowed is rendered at a lower
  // resolution, and says so.
  [[nodiscard]] Result<DecodedPage> decode(int page, const ReadOptions& options) override;
  [[nodiscard]] std::optional<PageText> own_text(int page, const ReadOptions& options) override;

 private:
  PdfFile(std::unique_ptr<poppler::document> document, std::optional<UnnamedFile> copy,
          std::unique_ptr<PdfContents> contents, bool is_repaired);
  [[nodiscard]] const PdfContent& content_of(int page);
  [[nodiscard]] double dpi_of(int page, const poppler::page& source, const ReadOptions& options);

  std::optional<UnnamedFile> copy_;
  std::unique_ptr<poppler::document> document_;
  std::unique_ptr<PdfContents> contents_;
  bool is_repaired_;
  int content_page_ = 0;  // whose content_ is
  PdfContent content_;
};

}  // namespace emend
