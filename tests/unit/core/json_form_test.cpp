// SPDX-License-Identifier: Apache-2.0
#include "core/json_form.h"

#include <gtest/gtest.h>

#include "emend/json.h"

namespace emend {
namespace {

// A document with every field away from its default.
Document full_document() {
  Word word;
  word.box = {1, 2, 3, 4};
  word.readings = {{"$100.00", 0.99, {}}, {"$1O0.00", 0.5, {{{"$", 0}}, {{"1", 0}, {"l", 2.5}}}}};
  word.kind = WordKind::number;
  word.in_dictionary = true;
  word.number_pattern = true;
  word.light = Light::yellow;
  word.other_readings = {{"$108.00", 0.5, {}},
                         {"$100.00", 0.75, {}, Reader::crop},
                         {"$100.00", 0.99, {}, Reader::emend}};
  Page page;
  page.number = 7;
  page.width = 100;
  page.height = 200;
  page.dpi = 300;
  page.rotation = 90;
  page.segmentation = "single_block";
  page.text_source = TextSource::pdf;
  page.lines = {{{5, 6, 7, 8}, {word}, true}, {{9, 9, 9, 9}, {word}, false, true}};
  page.edits = {{7,
                 0,
                 {0, 1},
                 {1, 2, 3, 4},
                 "$1O0.00",
                 "$100.00",
                 EditReason::look_alike_repair,
                 Verdict::applied,
                 {"look_alike", 1.5, 0.5, 4.0, "line_total"}}};
  page.notices = {{NoticeCode::line_reverted, 7, "line 3"}};
  return {"scan.pdf",
          {page},
          {{NoticeCode::page_failed, 8, "timed out"}},
          {"0.1.0", "tesseract 5.3.0", "eng", "embedded", "abc"}};
}

TEST(JsonForm, RoundTripsEveryField) {
  const Document document = full_document();
  const auto again = document_from_json(to_json(document));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, document);
}

TEST(JsonForm, AReadingThatNamesNoReaderIsALookAtThePage) {
  nlohmann::json json = full_document();
  nlohmann::json& readings = json["pages"][0]["lines"][0]["words"][0]["other_readings"];
  EXPECT_FALSE(readings[0].contains("reader"));
  EXPECT_EQ(readings[1]["reader"], "crop");
  for (auto& reading : readings) reading.erase("reader");  // as older files are
  const auto document = document_from_json(json.dump());
  ASSERT_TRUE(document) << document.error().message;
  for (const Reading& reading : document->pages[0].lines[0].words[0].other_readings) {
    EXPECT_EQ(reading.reader, Reader::look);
  }
  readings[0]["reader"] = "oracle";
  EXPECT_FALSE(document_from_json(json.dump()));
}

TEST(JsonForm, OfAPageThatIsStoredIsThatPageWithoutWhatFollowsFromIt) {
  const Page page = full_document().pages[0];
  const nlohmann::json stored = stored_form(page);
  EXPECT_EQ(stored.get<Page>(), page);
  nlohmann::json published = page;
  for (const char* key :
       {"trust", "words_total", "words_corrected", "uncertain_numbers", "numbers", "tables"}) {
    EXPECT_EQ(published.erase(key), 1U) << key;
  }
  EXPECT_EQ(stored, published);
}

TEST(JsonForm, TellsHowFarAPageCanBeTrusted) {
  Document document = full_document();
  document.pages[0].lines[0].words[0].light = Light::red;
  const nlohmann::json page = nlohmann::json(document)["pages"][0];
  EXPECT_EQ(page["trust"], 0.99);
  EXPECT_EQ(page["uncertain_numbers"], nlohmann::json::parse("[[0, 0]]"));
}

TEST(JsonForm, APageCountsItsWordsAndTheCorrectedOnes) {
  Document document = full_document();
  document.pages[0].lines[0].words.push_back(document.pages[0].lines[0].words[0]);
  document.pages[0].edits.push_back(document.pages[0].edits[0]);
  document.pages[0].edits[1].verdict = Verdict::locked;
  const nlohmann::json page = document.pages[0];
  EXPECT_EQ(page.at("words_total"), 2);
  EXPECT_EQ(page.at("words_corrected"), 1);
}

TEST(JsonForm, SaysWhatIsWrong) {
  nlohmann::json json = full_document();
  json["pages"][0]["lines"][0]["words"][0]["kind"] = "nonsense";
  const auto unknown = document_from_json(json.dump());
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("nonsense"), std::string::npos);
  json = full_document();
  json["version"] = 999;
  EXPECT_FALSE(document_from_json(json.dump()));
  json = full_document();
  json["pages"][0]["lines"][0]["words"][0]["readings"] = nlohmann::json::array();
  EXPECT_FALSE(document_from_json(json.dump()));
  EXPECT_FALSE(document_from_json("{"));
}

TEST(JsonForm, OptionsReachTheWorkerUnchanged) {
  ReadOptions options;
  options.languages = {"deu", "eng"};
  options.password = "secret";
  options.pdf_text = PdfText::redo;
  options.pdf_dpi = 200;
  options.segmentation = Segmentation::sparse;
  options.turn_upright = false;
  options.quality = Quality::best;
  options.keep_noise = true;
  options.page_timeout_s = 7;
  options.alternatives = false;
  options.max_pixels = 5;
  const auto again = parse_json_form<ReadOptions>(nlohmann::json(options));
  ASSERT_TRUE(again);
  EXPECT_EQ(nlohmann::json(*again), nlohmann::json(options));
  EXPECT_EQ(again->segmentation, Segmentation::sparse);
  EXPECT_EQ(again->quality, Quality::best);
  EXPECT_TRUE(again->keep_noise);
  EXPECT_EQ(again->page_timeout_s, 7);
}

}  // namespace
}  // namespace emend
