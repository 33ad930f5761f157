// SPDX-License-Identifier: Apache-2.0
// A searchable PDF: the document as it came, with the words of its pages as a layer that is not
// seen. A PDF file keeps every object that it has; an image becomes the page that it is.
#pragma once

#include <filesystem>
#include <memory>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// One document. Words stand where they are printed, except where the page shows text of its own:
// there nothing is added. A layer of hidden text that the page had is replaced; a page whose text
// was kept (Page::text_source) stays as it is. Pages that were not handed over stay too.
class PdfGraft {
 public:
  // Fails as open_input() does, or with unreadable_input when the file cannot be written again.
  [[nodiscard]] static Result<std::unique_ptr<PdfGraft>> open(const std::filesystem::path& path,
                                                              const ReadOptions& options);
  PdfGraft(const PdfGraft&) = delete;
  PdfGraft& operator=(const PdfGraft&) = delete;
  ~PdfGraft();

  // Pages come in the order of their numbers. Fails with not_found, or as an image's decoding does.
  [[nodiscard]] Result<void> add(const Page& page);

  // Writes the file, with the content of `attachment` as the attached file emend.json, to `output`.
  // The same bytes for the same document, unless it is encrypted, whose encryption is kept: that
  // needs random numbers. Call once, last.
  [[nodiscard]] Result<void> write(const std::filesystem::path& attachment,
                                   const std::filesystem::path& output);

 private:
  class Work;
  explicit PdfGraft(std::unique_ptr<Work> work);

  std::unique_ptr<Work> work_;
};

}  // namespace emend
