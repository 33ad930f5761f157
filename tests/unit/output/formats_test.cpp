// SPDX-License-Identifier: Apache-2.0
// Every format of emend/output.h from the same made-up document.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/box.h"
#include "core/pieces.h"
#include "emend/output.h"

namespace emend {
namespace {

Word word(const std::string& text, Box box) {
  Word word;
  word.box = box;
  word.readings.push_back({text, 0.875, {}});
  return word;
}

Line line(int y, const std::vector<std::pair<int, std::string>>& words, bool starts_block) {
  Line line{.starts_block = starts_block};
  for (const auto& [x, text] : words) {
    line.words.push_back(word(text, {x, y, 10 * static_cast<int>(text.size()), 20}));
    line.box = union_of(line.box, line.words.back().box);
  }
  return line;
}

// A heading whose first word was corrected, a table of two rows, a word that was split.
Page invoice_page() {
  Page page{.number = 3, .width = 1000, .height = 500, .dpi = 200};
  page.lines.push_back(line(10, {{10, "lnvoice"}, {90, "<no.>"}, {150, "7|&"}}, true));
  page.lines.push_back(line(50, {{10, "Tea"}, {600, "4.00"}}, true));
  page.lines.push_back(line(80, {{10, "Green"}, {70, "coffee"}, {600, "12.50"}}, false));
  page.lines.push_back(line(120, {{10, "Amountdue"}, {120, "16.50"}}, true));
  const auto correct = [&page](std::size_t at, const std::string& after) {
    Word& wrong = page.lines[at].words[0];
    page.edits.push_back(
        {.page = 3, .line = at, .words = {0, 1}, .before = wrong.text(), .after = after});
    wrong.readings.insert(wrong.readings.begin(), {after, 0.875, {}});
  };
  correct(0, "Invoice");
  correct(3, "Amount due");
  page.lines[1].words[1].light = Light::red;
  return page;
}

const std::vector<std::string> kWords = {"Invoice", "<no.>", "7|&",    "Tea", "4.00", "Green",
                                         "coffee",  "12.50", "Amount", "due", "16.50"};

std::string written(Format format, const WriterOptions& options = {}) {
  std::string out;
  const auto writer = make_writer(
      format,
      [&out](std::string_view bytes) -> Result<void> {
        out += bytes;
        return {};
      },
      options);
  Document tail{.source = "a \"b\" <c>.png"};
  tail.notices.push_back({NoticeCode::page_failed, 7, "it burnt"});
  tail.provenance = {"0.1", "tesseract 5", "eng", "embedded", "abc", "CPU", "pdf_dpi=200"};
  EXPECT_TRUE(writer->begin(tail.source));
  EXPECT_TRUE(writer->page(invoice_page()));
  EXPECT_TRUE(writer->end(tail));
  return out;
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> values(const std::string& xml, const char* path) {
  pugi::xml_document document;
  const auto parsed =
      document.load_string(xml.c_str(), pugi::parse_default | pugi::parse_ws_pcdata);
  EXPECT_TRUE(parsed) << parsed.description();
  std::vector<std::string> found;
  for (const auto& at : document.select_nodes(path)) {
    found.emplace_back(at.attribute() ? at.attribute().value() : at.node().text().get());
  }
  return found;
}

TEST(Formats, EveryNameIsUnderstoodAndNoOther) {
  for (const char* known :
       {"txt", "json", "tsv", "hocr", "alto", "md", "html", "docx", "xlsx", "pdf"}) {
    const auto format = parse_format(known);
    ASSERT_TRUE(format) << known;
    EXPECT_EQ(name(*format), known);
    EXPECT_NE(extension(*format), "");
  }
  EXPECT_EQ(parse_format("doc").error().code, ErrorCode::invalid_argument);
}

TEST(Formats, EveryOneSaysWhereItCameFrom) {
  for (const Format format : {Format::json, Format::hocr, Format::alto, Format::md, Format::html}) {
    const std::string out = written(format);
    for (const char* fact :
         {"0.1", "tesseract 5", "eng", "embedded", "abc", "CPU", "pdf_dpi=200"}) {
      EXPECT_NE(out.find(fact), std::string::npos) << name(format) << " lacks " << fact;
    }
  }
}

TEST(Formats, TheSameBytesTwice) {
  for (const Format format : {Format::tsv, Format::hocr, Format::alto, Format::md, Format::html}) {
    EXPECT_EQ(written(format), written(format)) << name(format);
  }
}

TEST(Tsv, HasTesseractsColumnsAndTheWordsInOrder) {
  std::istringstream in(written(Format::tsv));
  std::vector<std::string> words;
  std::string row;
  std::string tea;
  std::getline(in, row);
  EXPECT_TRUE(row.starts_with("level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\t"));
  while (std::getline(in, row)) {
    EXPECT_EQ(std::count(row.begin(), row.end(), '\t'), 11) << row;
    if (row.starts_with("5\t")) words.push_back(row.substr(row.rfind('\t') + 1));
    if (row.ends_with("\tTea")) tea = row;
  }
  EXPECT_EQ(words, kWords);
  EXPECT_EQ(tea, "5\t3\t2\t1\t1\t1\t10\t50\t30\t20\t87.50\tTea");
}

TEST(Hocr, HoldsTheWordsInOrderWithTheirBoxes) {
  const std::string out = written(Format::hocr);
  EXPECT_EQ(values(out, "//span[@class='ocrx_word']"), kWords);
  EXPECT_EQ(values(out, "//div[@class='ocr_page']/@title"),
            std::vector<std::string>{
                "image \"a 'b' <c>.png\"; bbox 0 0 1000 500; ppageno 2; scan_res 200 200"});
  EXPECT_EQ(values(out, "//span[.='Tea']/@title"),
            (std::vector<std::string>{"bbox 10 50 40 70; x_wconf 88"}));
}

TEST(Alto, HoldsTheWordsInOrderAndWhatWasRecognised) {
  const std::string out = written(Format::alto);
  EXPECT_EQ(values(out, "//String/@CONTENT"), kWords);
  EXPECT_EQ(values(out, "//ALTERNATIVE"), (std::vector<std::string>{"lnvoice", "Amountdue"}));
  EXPECT_EQ(values(out, "/alto/Description/MeasurementUnit"), std::vector<std::string>{"pixel"});
  EXPECT_EQ(values(out, "//processingStepDescription"),
            std::vector<std::string>{"page 7: it burnt"});
}

TEST(Alto, HasAPageThatIsMissingWhenThereIsNone) {
  std::string out;
  const auto writer = make_writer(Format::alto, [&out](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  });
  Document tail;
  tail.notices.push_back({NoticeCode::page_failed, 7, "it burnt"});
  ASSERT_TRUE(writer->begin("scan.pdf") && writer->end(tail));
  EXPECT_EQ(values(out, "//Page/@QUALITY"), std::vector<std::string>{"Missing"});
  EXPECT_EQ(values(out, "//Page/@PHYSICAL_IMG_NR"), std::vector<std::string>{"7"});
}

TEST(Provenance, OfAResultWithoutAPlaceForItHasTheNoticesOfThePagesToo) {
  std::string out;
  const auto writer = make_provenance_writer([&out](std::string_view bytes) -> Result<void> {
    out += bytes;
    return {};
  });
  Page blank;
  blank.number = 2;
  blank.notices.push_back({NoticeCode::page_blank, 2, "nothing"});
  Document tail;
  tail.notices.push_back({NoticeCode::page_failed, 7, "it burnt"});
  tail.provenance = {"0.1", "tesseract 5", "eng", "none", ""};
  ASSERT_TRUE(writer->begin("sc\xe4n.pdf") && writer->page(blank) && writer->page({}) &&
              writer->end(tail));
  const auto told = nlohmann::json::parse(out);
  EXPECT_EQ(told.at("source"), "sc\xef\xbf\xbdn.pdf");
  ASSERT_EQ(told.at("notices").size(), 2U);
  EXPECT_EQ(told.at("notices")[0].at("page"), 2);
  EXPECT_EQ(told.at("notices")[1].at("message"), "it burnt");
  EXPECT_EQ(told.at("provenance").at("recogniser"), "tesseract 5");
  EXPECT_FALSE(told.contains("pages"));
}

TEST(Html, MarksWhatAReaderShouldLookAt) {
  const std::string out = written(Format::html);
  EXPECT_NE(out.find("<ins title=\"recognised: lnvoice (language)\">Invoice</ins>"),
            std::string::npos);
  EXPECT_NE(out.find("<span class=\"red\" title=\"88 % sure\">4.00</span>"), std::string::npos);
  EXPECT_NE(out.find("<td>Tea</td>"), std::string::npos);
  EXPECT_EQ(out.find("<script"), std::string::npos);
  EXPECT_NE(out.find("&lt;no.&gt;"), std::string::npos);
}

TEST(Markdown, EscapesSignsAndHasTables) {
  const std::string out = written(Format::md);
  EXPECT_NE(out.find("Invoice \\<no.\\> 7\\|\\&\n"), std::string::npos) << out;
  EXPECT_NE(out.find("| Tea | 4.00 |\n| --- | --- |\n| Green coffee | 12.50 |\n"),
            std::string::npos)
      << out;
}

TEST(Layout, PutsWordsIntoTheirColumns) {
  std::istringstream in(written(Format::txt, {.layout = true}));
  std::vector<std::string> lines;
  for (std::string text; std::getline(in, text);) {
    if (!text.empty()) lines.push_back(text);
  }
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[1].find("4.00"), lines[2].find("12.50"));
  EXPECT_EQ(lines[1].find("4.00"), 59U);
  EXPECT_EQ(split(written(Format::txt, {.layout = true})), kWords);
}

TEST(Formats, LeaveNoiseOutAllButJson) {
  Page page = invoice_page();
  Line noise = line(150, {{10, "smear"}}, true);
  noise.is_noise = true;
  page.lines.insert(page.lines.begin() + 1, noise);
  for (Edit& edit : page.edits) edit.line += edit.line > 0 ? 1 : 0;
  for (const Format format : {Format::txt, Format::tsv, Format::hocr, Format::alto, Format::md,
                              Format::html, Format::json}) {
    std::string out;
    const auto writer = make_writer(format, [&out](std::string_view bytes) -> Result<void> {
      out += bytes;
      return {};
    });
    ASSERT_TRUE(writer->begin("scan.png") && writer->page(page) && writer->end({}));
    EXPECT_EQ(out.find("smear") != std::string::npos, format == Format::json) << name(format);
    EXPECT_NE(out.find("Amount"), std::string::npos) << name(format);
  }
}

TEST(Pieces, OfASplitWordShareItsBox) {
  const auto pieces = pieces_of(invoice_page().lines[3].words[0]);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].text, "Amount");
  EXPECT_EQ(pieces[0].box.x, 10);
  EXPECT_EQ(pieces[1].box.x, pieces[0].box.x + pieces[0].box.width);
  EXPECT_EQ(pieces[0].box.width + pieces[1].box.width, 90);
  EXPECT_NEAR(pieces[0].box.width, 60, 8);
}

}  // namespace
}  // namespace emend
