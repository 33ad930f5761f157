// SPDX-License-Identifier: Apache-2.0
// WordprocessingML (ISO/IEC 29500), no more of it than text, tables and marks need.
#include <optional>
#include <utility>

#include "core/regions.h"
#include "output/writers.h"
#include "output/xml.h"
#include "output/zip_file.h"
#include "process/unnamed_file.h"

namespace emend {

namespace {

constexpr const char* kDeclaration =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

constexpr const char* kContentTypes =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" "
    "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    "</Types>";

constexpr const char* kRelations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "</Relationships>";

constexpr const char* kDocumentStart =
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

constexpr const char* kDocumentEnd =
    "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" "
    "w:bottom=\"1134\" w:left=\"1134\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/>"
    "</w:sectPr></w:body></w:document>";

// The background of what a reader should look at: a doubtful number, a corrected word.
const char* background(const PlacedWord& placed) {
  if (placed.word->light == Light::red) return "FFD0D0";
  if (placed.word->light == Light::yellow) return "FFF3BF";
  return placed.edit != nullptr ? "D7F5D7" : nullptr;
}

void add_run(pugi::xml_node paragraph, const std::string& text, const char* fill) {
  pugi::xml_node run = paragraph.append_child("w:r");
  if (fill != nullptr) {
    pugi::xml_node shade = run.append_child("w:rPr").append_child("w:shd");
    set(shade, "w:val", "clear");
    set(shade, "w:color", "auto");
    set(shade, "w:fill", fill);
  }
  set(add(run, "w:t", text), "xml:space", "preserve");
}

void add_words(pugi::xml_node paragraph, const Cell& cell) {
  bool is_first = true;
  for (const PlacedWord& placed : cell.words) {
    if (!is_first) add_run(paragraph, " ", nullptr);
    is_first = false;
    add_run(paragraph, placed.word->text(), background(placed));
  }
}

void add_paragraphs(pugi::xml_node body, const Region& region) {
  pugi::xml_node paragraph;
  for (const Row& row : region.rows) {
    if (!paragraph || row.starts_block) {
      paragraph = body.append_child("w:p");
    } else {
      paragraph.append_child("w:r").append_child("w:br");
    }
    add_words(paragraph, row.cells.front());
  }
}

void add_borders(pugi::xml_node table) {
  pugi::xml_node borders = table.append_child("w:tblPr").append_child("w:tblBorders");
  for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
    pugi::xml_node border = borders.append_child(side);
    set(border, "w:val", "single");
    set(border, "w:sz", 4);
    set(border, "w:space", 0);
    set(border, "w:color", "BFBFBF");
  }
}

void add_table(pugi::xml_node body, const Region& region) {
  constexpr int kTextWidth = 9638;  // of the page, in twentieths of a point
  const int width = kTextWidth / static_cast<int>(region.columns);
  pugi::xml_node table = body.append_child("w:tbl");
  add_borders(table);
  pugi::xml_node grid = table.append_child("w:tblGrid");
  for (std::size_t i = 0; i < region.columns; ++i)
    set(grid.append_child("w:gridCol"), "w:w", width);
  for (const Row& row : region.rows) {
    pugi::xml_node table_row = table.append_child("w:tr");
    auto cell = row.cells.begin();
    for (std::size_t column = 0; column < region.columns; ++column) {
      pugi::xml_node paragraph = table_row.append_child("w:tc").append_child("w:p");
      if (cell == row.cells.end() || cell->column != column) continue;
      add_words(paragraph, *cell++);
    }
  }
  body.append_child("w:p");  // tables that follow one another would be one
}

class DocxWriter final : public DocumentWriter {
 public:
  explicit DocxWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& source) override {
    source_ = source;
    has_page_ = false;
    auto file = UnnamedFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    file_ = std::move(*file);
    auto zip = ZipFile::create(file_->path());
    if (!zip) return tl::unexpected(std::move(zip.error()));
    zip_ = std::move(*zip);
    auto added = zip_->add("[Content_Types].xml", std::string(kDeclaration) + kContentTypes);
    if (added) added = zip_->add("_rels/.rels", std::string(kDeclaration) + kRelations);
    if (added) added = zip_->add("word/document.xml", std::string(kDeclaration) + kDocumentStart);
    return added;
  }

  Result<void> page(const Page& page) override {
    pugi::xml_document body;
    if (has_page_) {
      pugi::xml_node run = body.append_child("w:p").append_child("w:r");
      set(run.append_child("w:br"), "w:type", "page");
    }
    has_page_ = true;
    for (const Region& region : regions_of(page)) {
      region.is_table ? add_table(body, region) : add_paragraphs(body, region);
    }
    return zip_->write(bytes_of(body, true));
  }

  Result<void> end(const Document& tail) override {
    auto written = zip_->write(kDocumentEnd);
    if (written) written = zip_->add("docProps/core.xml", properties(tail));
    if (written) written = zip_->finish();
    zip_.reset();
    return written ? file_->pour(sink_) : written;
  }

 private:
  [[nodiscard]] std::string properties(const Document& tail) const {
    pugi::xml_document document;
    pugi::xml_node core = document.append_child("cp:coreProperties");
    set(core, "xmlns:cp",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties");
    set(core, "xmlns:dc", "http://purl.org/dc/elements/1.1/");
    add(core, "dc:title", source_);
    add(core, "dc:description", written(tail.provenance));
    return kDeclaration + bytes_of(document, true);
  }

  Sink sink_;
  std::string source_;
  bool has_page_ = false;
  std::optional<UnnamedFile> file_;
  std::optional<ZipFile> zip_;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_docx_writer(Sink sink) {
  return std::make_unique<DocxWriter>(std::move(sink));
}

}  // namespace emend
