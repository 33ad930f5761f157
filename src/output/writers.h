// SPDX-License-Identifier: Apache-2.0
// The writers of the formats, made by make_writer() (emend/output.h).
#pragma once

#include <memory>

#include "emend/output.h"

namespace emend {

[[nodiscard]] std::unique_ptr<DocumentWriter> make_layout_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_tsv_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_hocr_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_alto_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_markdown_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_html_writer(Sink sink,
                                                               const WriterOptions& options);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_docx_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_xlsx_writer(Sink sink);
[[nodiscard]] std::unique_ptr<DocumentWriter> make_pdf_writer(Sink sink,
                                                              const WriterOptions& options);

}  // namespace emend
