// SPDX-License-Identifier: Apache-2.0
// Documents into bytes, page by page as they come: a writer keeps no page.
//
//   #include <emend/run.h>
//   const auto document = emend::read_document("invoice.png");
//   if (!document) return;
//   const auto writer = emend::make_writer(emend::Format::html, [](std::string_view bytes) {
//     std::cout << bytes;
//     return emend::Result<void>();
//   });
//   emend::Result<void> written = writer->begin(document->source);
//   for (const emend::Page& page : document->pages) {
//     if (written) written = writer->page(page);
//   }
//   if (written) written = writer->end(*document);
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// What a document can be written as; docs/formats.md describes each.
enum class Format : std::uint8_t { txt, json, tsv, hocr, alto, md, html, docx, xlsx, pdf };

// All of them.
[[nodiscard]] std::vector<Format> formats();

// As users write them: "txt", "json", ... parse_format fails with invalid_argument.
[[nodiscard]] std::string_view name(Format format);
[[nodiscard]] Result<Format> parse_format(std::string_view name);

// How the name of a file of this format ends, without the dot.
[[nodiscard]] std::string_view extension(Format format);

// Whether several documents may follow one another in one file.
[[nodiscard]] bool holds_several_documents(Format format);

// Where the bytes go. Fails with io_failed; the writer passes that on.
using Sink = std::function<Result<void>(std::string_view bytes)>;

// For each document: begin, its pages in order, end. Several documents may follow one another where
// the format holds several. A writer keeps no page: what a format wants at its head and what is
// known only at the end waits in a temporary file.
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

// How a writer works. Each has the default that suits most.
struct WriterOptions {
  bool layout = false;  // txt: words stand in the columns in which they are printed
  // pdf, and html for its pictures: the file that was read, which a page worker of its own opens
  // (Observer::on_file tells where it is), and how it was read.
  std::filesystem::path original;
  ReadOptions read;
};

// A writer of pdf without an original fails with invalid_argument, of html it leaves the pictures
// out.
[[nodiscard]] std::unique_ptr<DocumentWriter> make_writer(Format format, Sink sink,
                                                          const WriterOptions& options = {});

// The JSON form (docs/json.md), each document on one line.
[[nodiscard]] std::unique_ptr<DocumentWriter> make_json_writer(Sink sink);

// Whether a result of this format tells where it came from. Text and TSV have no place for it.
[[nodiscard]] bool tells_provenance(Format format);

// What such a format does not tell, for a file beside it: the JSON form without the pages, with
// their notices.
[[nodiscard]] std::unique_ptr<DocumentWriter> make_provenance_writer(Sink sink);

// What correction changed, for a person to read.
struct DiffStyle {
  bool colour = false;    // ANSI colours, for a terminal
  bool rejected = false;  // proposals that were turned down too
};

// For each changed line the recognised and the corrected form, and for each edit its reason and
// evidence. Empty when nothing was changed (and, with style.rejected, nothing was proposed).
[[nodiscard]] std::string diff(const Page& page, const DiffStyle& style);

}  // namespace emend
