// SPDX-License-Identifier: Apache-2.0
#include "emend/document.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

Word word(const std::string& text) {
  Word word;
  word.readings = {{text, 0.5, {}}};
  return word;
}

TEST(Text, JoinsWordsLinesBlocksAndPages) {
  Document document;
  document.pages.resize(2);
  document.pages[0].lines = {{{}, {word("Invoice"), word("#")}, true}, {{}, {word("Total")}, true}};
  document.pages[1].lines = {{{}, {word("last")}, true}};
  EXPECT_EQ(text(document), "Invoice #\n\nTotal\n\flast\n");
}

TEST(AsRecognised, UndoesWhatWasAppliedAndNothingElse) {
  Page raw;
  raw.lines = {{{}, {word("Invoic"), word("12345")}, true}};
  Page corrected = raw;
  auto& readings = corrected.lines[0].words[0].readings;
  readings.insert(readings.begin(), {"Invoice", 0.9, {}});
  Edit applied{.words = {0, 1}, .before = "Invoic", .after = "Invoice"};
  Edit rejected{.words = {1, 1}, .before = "12345", .after = "12346", .verdict = Verdict::locked};
  corrected.edits = {applied, rejected};
  EXPECT_EQ(text(corrected), "Invoice 12345\n");
  EXPECT_EQ(as_recognised(corrected), raw);
}

// Two lines of text with noise before, between and after them.
Page noisy_page() {
  Page page;
  page.lines = {{{}, {word("~~")}, true, true},
                {{}, {word("Invoice"), word("12")}, false},
                {{}, {word("XX"), word("7")}, true, true},
                {{}, {word("Total")}, false},
                {{}, {word("..")}, false, true}};
  page.lines[1].words[1].light = Light::red;
  page.lines[2].words[1].light = Light::red;
  return page;
}

TEST(Noise, IsNotPartOfTheTextButItsParagraphBreakIs) {
  EXPECT_EQ(text(noisy_page()), "Invoice 12\n\nTotal\n");
}

TEST(Noise, IsTakenOutWithItsEditsAndTheOthersStillFindTheirLine) {
  Page page = noisy_page();
  page.edits = {Edit{.line = 2, .before = "XX"}, Edit{.line = 3, .before = "Total"}};
  const Page kept = without_noise(page);
  EXPECT_EQ(text(kept), text(page));
  ASSERT_EQ(kept.edits.size(), 1U);
  EXPECT_EQ(kept.lines.at(kept.edits[0].line).words[0].text(), "Total");
}

TEST(UncertainNumbers, AreTheRedOnesOfTheText) {
  EXPECT_EQ(uncertain_numbers(noisy_page()), (std::vector<WordPlace>{{1, 1}}));
}

TEST(Trust, IsTheMeanProbabilityOfTheWordsOfTheText) {
  Page page = noisy_page();
  page.lines[1].words[0].readings[0].confidence = 0.8;
  page.lines[0].words[0].readings[0].confidence = 0;
  EXPECT_DOUBLE_EQ(trust(page), (0.8 + 0.5 + 0.5) / 3);
  EXPECT_EQ(trust(Page{}), 1);
}

TEST(Legible, IsAPageWithWordsOfWhichSomeCanBeTrusted) {
  EXPECT_TRUE(is_legible(noisy_page()));
  EXPECT_FALSE(is_legible(Page{}));
  Page page;
  page.lines = {{{}, {word("Invoice")}, true, true}};
  EXPECT_FALSE(is_legible(page));
  page.lines = {{{}, {word("~Ya")}, true}};
  page.lines[0].words[0].readings[0].confidence = 0.1;
  EXPECT_FALSE(is_legible(page));
}

}  // namespace
}  // namespace emend
