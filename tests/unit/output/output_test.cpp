// SPDX-License-Identifier: Apache-2.0
#include "emend/output.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/names.h"
#include "emend/json.h"

namespace emend {
namespace {

using nlohmann::json;

Word word(const std::string& text) {
  Word word;
  word.readings.push_back({text, 0.5, {}});
  return word;
}

Page page(int number, const std::vector<std::string>& words) {
  Page page;
  page.number = number;
  page.lines.push_back({{}, {}, true});
  for (const std::string& text : words) page.lines[0].words.push_back(word(text));
  return page;
}

// `page` with a word of its first line corrected.
Page corrected(Page page, std::size_t index, const std::string& after) {
  Word& word = page.lines[0].words.at(index);
  page.edits.push_back({.page = page.number,
                        .line = 0,
                        .words = {index, 1},
                        .before = word.text(),
                        .after = after,
                        .evidence = {"alternatives", 9.5, 1.5, 4}});
  word.readings.insert(word.readings.begin(), {after, 0.5, {}});
  return page;
}

Document document(const std::string& source, const std::vector<Page>& pages) {
  Document document;
  document.source = source;
  document.pages = pages;
  document.notices.push_back({NoticeCode::page_failed, 7, "it burnt"});
  document.provenance = {"0.1", "tesseract", "eng", "none", ""};
  return document;
}

Result<void> write(DocumentWriter& writer, const Document& document) {
  if (auto begun = writer.begin(document.source); !begun) return begun;
  for (const Page& page : document.pages) {
    if (auto written = writer.page(page); !written) return written;
  }
  Document tail = document;
  tail.pages.clear();
  return writer.end(tail);
}

class Output : public ::testing::Test {
 protected:
  Sink sink_ = [this](std::string_view bytes) -> Result<void> {
    out_ += bytes;
    return {};
  };
  std::string out_;
  const Document first_ = document("a.png", {page(1, {"Total", "4.00"}), page(2, {"x"})});
  const Document second_ = document("b.png", {page(1, {"y"})});
};

TEST_F(Output, TextIsThatOfTheDocument) {
  const auto writer = make_text_writer(sink_);
  ASSERT_TRUE(write(*writer, first_));
  EXPECT_EQ(out_, text(first_));
}

TEST_F(Output, TextsOfSeveralDocumentsAreFormFeedsApart) {
  const auto writer = make_text_writer(sink_);
  ASSERT_TRUE(write(*writer, first_));
  ASSERT_TRUE(write(*writer, second_));
  EXPECT_EQ(out_, "Total 4.00\n\fx\n\fy\n");
}

TEST_F(Output, JsonIsThatOfTheDocumentOnOneLine) {
  const auto writer = make_json_writer(sink_);
  ASSERT_TRUE(write(*writer, first_));
  EXPECT_EQ(json::parse(out_), json::parse(to_json(first_)));
  EXPECT_EQ(out_.find('\n'), out_.size() - 1);
}

TEST_F(Output, JsonOfSeveralDocumentsIsALineForEach) {
  const auto writer = make_json_writer(sink_);
  ASSERT_TRUE(write(*writer, first_));
  ASSERT_TRUE(write(*writer, document("empty", {})));
  ASSERT_TRUE(write(*writer, second_));
  std::istringstream lines(out_);
  std::vector<Document> read;
  for (std::string line; std::getline(lines, line);) {
    const auto found = document_from_json(line);
    ASSERT_TRUE(found) << found.error().message;
    read.push_back(*found);
  }
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].source, "a.png");
  EXPECT_TRUE(read[1].pages.empty());
  EXPECT_EQ(text(read[2]), text(second_));
}

TEST_F(Output, JsonOfAFileWhoseNameIsNotUtf8IsValid) {
  const auto writer = make_json_writer(sink_);
  ASSERT_TRUE(write(*writer, document("\xff.png", {})));
  EXPECT_EQ(json::parse(out_).at("source"), "\xef\xbf\xbd.png");
  EXPECT_NE(to_json(document("\xff.png", {})).find("\xef\xbf\xbd.png"), std::string::npos);
}

TEST_F(Output, AWriterPassesOnWhatItsSinkSays) {
  const Sink full = [](std::string_view) { return fail(ErrorCode::io_failed, "disk full"); };
  EXPECT_EQ(write(*make_text_writer(full), first_).error().message, "disk full");
  EXPECT_EQ(write(*make_json_writer(full), first_).error().message, "disk full");
}

TEST(Diff, IsEmptyWhenNothingWasChanged) {
  EXPECT_EQ(diff(page(1, {"Total"}), {}), "");
}

TEST(Diff, ShowsTheLineAsRecognisedAsCorrectedAndWhy) {
  const std::string shown = diff(corrected(page(3, {"Totai", "due"}), 0, "Total"), {});
  EXPECT_EQ(shown,
            "page 3, line 1\n"
            "  - Totai due\n"
            "  + Total due\n"
            "    Totai -> Total  (language from alternatives, language 9.5 - misreading 1.5 nats, "
            "needed 4.0)\n");
}

TEST(Diff, ShowsRejectedProposalsOnDemand) {
  Page changed = page(1, {"cat"});
  changed.edits.push_back({.page = 1,
                           .before = "cat",
                           .after = "car",
                           .verdict = Verdict::too_little_gain,
                           .evidence = {"dictionary", 1, 2, 4}});
  EXPECT_EQ(diff(changed, {}), "");
  const std::string shown = diff(changed, {.rejected = true});
  EXPECT_NE(shown.find("cat -/> car  (too_little_gain from dictionary"), std::string::npos)
      << shown;
  EXPECT_EQ(shown.find("+ "), std::string::npos) << "the line stayed as it was";
}

TEST(Diff, HasColoursOnlyWhenTheyAreWanted) {
  const Page changed = corrected(page(1, {"Totai"}), 0, "Total");
  EXPECT_EQ(diff(changed, {}).find('\033'), std::string::npos);
  EXPECT_NE(diff(changed, {.colour = true}).find("\033[32m  + Total\033[0m"), std::string::npos);
}

// The schema names every enumerator, and no other.
TEST(Schema, KnowsTheNamesOfTheCode) {
  std::ifstream file(EMEND_SCHEMA);
  const json schema = json::parse(file);
  const auto names = [&](const char* pointer) {
    return schema.at(json::json_pointer(pointer)).get<std::vector<std::string>>();
  };
  const auto all = [](const auto& array, std::size_t from = 0) {
    return std::vector<std::string>(array.begin() + static_cast<std::ptrdiff_t>(from), array.end());
  };
  EXPECT_EQ(names("/$defs/word/properties/kind/enum"), all(kWordKindNames));
  EXPECT_EQ(names("/$defs/word/properties/light/enum"), all(kLightNames, 1));
  EXPECT_EQ(names("/$defs/reading/properties/reader/enum"), all(kReaderNames));
  EXPECT_EQ(names("/$defs/number/properties/kind/enum"), all(kNumberKindNames));
  EXPECT_EQ(names("/$defs/number/properties/identifier/enum"), all(kIdentifierKindNames, 1));
  EXPECT_EQ(names("/$defs/number/properties/checks/items/properties/rule/enum"),
            all(kNumberRuleNames));
  EXPECT_EQ(names("/$defs/edit/properties/reason/enum"), all(kEditReasonNames));
  EXPECT_EQ(names("/$defs/edit/properties/verdict/enum"), all(kVerdictNames));
  EXPECT_EQ(names("/$defs/notice/properties/code/enum"), all(kNoticeNames));
  EXPECT_EQ(schema.at("properties").at("version").at("const"), kJsonVersion);
}

}  // namespace
}  // namespace emend
