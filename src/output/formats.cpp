// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "emend/output.h"
#include "output/writers.h"

namespace emend {

namespace {

struct Traits {
  std::string_view name;
  std::string_view extension;
  bool holds_several_documents;
  bool tells_provenance = true;
};

// In the order of the enumerators.
constexpr std::array kTraits = {
    Traits{"txt", "txt", true, false},  Traits{"json", "json", true},
    Traits{"tsv", "tsv", false, false}, Traits{"hocr", "hocr", false},
    Traits{"alto", "xml", false},       Traits{"md", "md", true},
    Traits{"html", "html", false},      Traits{"docx", "docx", false},
    Traits{"xlsx", "xlsx", false},      Traits{"pdf", "pdf", false},
};

const Traits& traits(Format format) {
  return kTraits.at(static_cast<std::size_t>(format));
}

// Hands a writer the pages without their noise.
class PrintOnly final : public DocumentWriter {
 public:
  explicit PrintOnly(std::unique_ptr<DocumentWriter> writer) : writer_(std::move(writer)) {}

  Result<void> begin(const std::string& source) override { return writer_->begin(source); }
  Result<void> page(const Page& page) override {
    const bool has_noise = std::any_of(page.lines.begin(), page.lines.end(),
                                       [](const Line& line) { return line.is_noise; });
    return writer_->page(has_noise ? without_noise(page) : page);
  }
  Result<void> end(const Document& tail) override { return writer_->end(tail); }

 private:
  std::unique_ptr<DocumentWriter> writer_;
};

std::unique_ptr<DocumentWriter> make_plain_writer(Format format, Sink sink,
                                                  const WriterOptions& options) {
  switch (format) {
    case Format::txt:
      return options.layout ? make_layout_writer(std::move(sink))
                            : make_text_writer(std::move(sink));
    case Format::json:
    case Format::pdf:
      break;
    case Format::tsv:
      return make_tsv_writer(std::move(sink));
    case Format::hocr:
      return make_hocr_writer(std::move(sink));
    case Format::alto:
      return make_alto_writer(std::move(sink));
    case Format::md:
      return make_markdown_writer(std::move(sink));
    case Format::html:
      return make_html_writer(std::move(sink), options);
    case Format::docx:
      return make_docx_writer(std::move(sink));
    case Format::xlsx:
      return make_xlsx_writer(std::move(sink));
  }
  return nullptr;
}

}  // namespace

std::vector<Format> formats() {
  std::vector<Format> all;
  for (std::size_t i = 0; i < kTraits.size(); ++i) all.push_back(static_cast<Format>(i));
  return all;
}

std::string_view name(Format format) {
  return traits(format).name;
}

std::string_view extension(Format format) {
  return traits(format).extension;
}

bool holds_several_documents(Format format) {
  return traits(format).holds_several_documents;
}

bool tells_provenance(Format format) {
  return traits(format).tells_provenance;
}

Result<Format> parse_format(std::string_view name) {
  std::string known;
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (kTraits.at(i).name == name) return static_cast<Format>(i);
    known += (known.empty() ? "" : ", ") + std::string(kTraits.at(i).name);
  }
  return fail(ErrorCode::invalid_argument, "there is no format \"" + std::string(name) + "\"",
              "the formats are " + known);
}

std::unique_ptr<DocumentWriter> make_writer(Format format, Sink sink,
                                            const WriterOptions& options) {
  if (format == Format::json) return make_json_writer(std::move(sink));
  // It needs the noise for its attachment and leaves it out itself.
  if (format == Format::pdf) return make_pdf_writer(std::move(sink), options);
  return std::make_unique<PrintOnly>(make_plain_writer(format, std::move(sink), options));
}

}  // namespace emend
