// SPDX-License-Identifier: Apache-2.0
// Documents into bytes, page by page as they come: a writer keeps no page.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emend/document.h"
#include "emend/error.h"

namespace emend {

// Where the bytes go. Fails with io_failed; the writer passes that on.
using Sink = std::function<Result<void>(std::string_view bytes)>;

// For each document: begin, its pages in order, end. Several documents may follow one another.
class DocumentWriter {
 public:
  DocumentWriter() = default;
  DocumentWriter(const DocumentWriter&) = delete;
  DocumentWriter& operator=(const DocumentWriter&) = delete;
  virtual ~DocumentWriter() = default;

  [[nodiscard]] virtual Result<void> begin(const std::string& source) = 0;
  [[nodiscard]] virtual Result<void> page(const Page& page) = 0;
  // `tail` is the document without its pages.
  [[nodiscard]] virtual Result<void> end(const Document& tail) = 0;
};

// The text, pages parted by form feeds, also between documents.
[[nodiscard]] std::unique_ptr<DocumentWriter> make_text_writer(Sink sink);

// The JSON form (docs/json.md), each document on one line.
[[nodiscard]] std::unique_ptr<DocumentWriter> make_json_writer(Sink sink);

// What correction changed, for a person to read.
struct DiffStyle {
  bool colour = false;    // ANSI colours, for a terminal
  bool rejected = false;  // proposals that were turned down too
};

// For each changed line the recognised and the corrected form, and for each edit its reason and
// evidence. Empty when nothing was changed (and, with style.rejected, nothing was proposed).
[[nodiscard]] std::string diff(const Page& page, const DiffStyle& style);

}  // namespace emend
