// SPDX-License-Identifier: Apache-2.0
#include "correct/number_pass.h"

#include <gtest/gtest.h>

#include "grid_page.h"

namespace emend {
namespace {

using Strings = std::vector<std::string>;

constexpr double kDoubtful = 0.5;

// Something for each reason.
Page receipt() {
  Page page = grid_page({"tea    3     12.50      87.50",  //
                         "milk   1      4.00       4,00",  //
                         "bread  1      3.50       3 50",  //
                         "jam    1      1O.00     10.00",  //
                         "nuts   1      5.25       5.25",  //
                         "figs   1      6.75       6.75"});
  for (const char* text : {"37.50", "37.50"}) {
    word_of(page, "87.50").other_readings.push_back({text, 0.8, {}, Reader::crop});
  }
  return page;
}

Strings edits_of(const NumberPass& pass) {
  Strings found;
  for (const Edit& edit : pass.edits) {
    found.push_back(edit.before + " -> " + edit.after + ": " + std::string(name(edit.reason)) +
                    ", " + std::string(name(edit.verdict)));
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(NumberPass, RepairsForEachReasonOfTheList) {
  EXPECT_EQ(
      edits_of(look_at_numbers(receipt(), NumberMode::repair, kDoubtful)),
      (Strings{"1O.00 -> 10.00: look_alike_repair, applied", "3 50 -> 3.50: layout_repair, applied",
               "4,00 -> 4.00: layout_repair, applied", "87.50 -> 37.50: second_reading, applied"}));
}

// In the best quality every word is read by emend's reader; that alone makes no number of letters,
// and no other word.
TEST(NumberPass, WordsWithoutADigitStayWhateverEmendsReaderReads) {
  Page page = grid_page({"tea  IO     12.50", "milk   SO.OO  4.00", "SALE   B      3.50"});
  const auto reads = [&](const char* word, const char* read) {
    Reading reading{read, 0.93, {}, Reader::emend};
    for (const char c : std::string(read)) reading.characters.push_back({{std::string(1, c), 0}});
    word_of(page, word).other_readings = {reading, {read, 0.9, {}, Reader::crop}};
  };
  reads("IO", "10");
  reads("SO.OO", "50.00");
  reads("B", "8");
  reads("SALE", "5A1E");
  reads("tea", "TEA");
  const NumberPass pass = look_at_numbers(page, NumberMode::repair, kDoubtful);
  EXPECT_EQ(edits_of(pass), Strings());
  EXPECT_EQ(text(pass.page), text(page));
}

TEST(NumberPass, WhatItChangesIsNotGreen) {
  Page page = receipt();
  word_of(page, "1O.00").light = Light::green;
  word_of(page, "12.50").light = Light::green;
  NumberPass pass = look_at_numbers(page, NumberMode::repair, kDoubtful);
  ASSERT_EQ(pass.edits.size(), 4U);
  for (const Edit& edit : pass.edits) {
    EXPECT_EQ(pass.page.lines[edit.line].words[edit.words.first].light, Light::yellow);
  }
  EXPECT_EQ(word_of(pass.page, "12.50").light, Light::green);
}

TEST(NumberPass, StrictLeavesThePageAndProposesNothing) {
  const Page page = receipt();
  const NumberPass pass = look_at_numbers(page, NumberMode::strict, kDoubtful);
  EXPECT_TRUE(pass.edits.empty());
  EXPECT_EQ(text(pass.page), text(page));
}

TEST(NumberPass, FlagTellsWhatItWouldChangeAndMakesItRed) {
  const Page page = receipt();
  const NumberPass pass = look_at_numbers(page, NumberMode::flag, kDoubtful);
  ASSERT_EQ(pass.edits.size(), 4U);
  for (const Edit& edit : pass.edits) {
    EXPECT_EQ(edit.verdict, Verdict::flagged) << edit.before;
    EXPECT_EQ(pass.page.lines[edit.line].words[edit.words.first].light, Light::red);
  }
  EXPECT_EQ(text(pass.page), text(page));
  EXPECT_EQ(pass.page.lines[2].words.size(), page.lines[2].words.size()) << "nothing is joined";
}

TEST(NumberPass, TwoWordsThatAreOneAmountAreOneWordWithTheSameText) {
  const Page page = receipt();
  const NumberPass pass = look_at_numbers(page, NumberMode::repair, kDoubtful);
  EXPECT_EQ(text(pass.page), text(page));
  const Word& word = pass.page.lines[2].words.back();
  EXPECT_EQ(word.text(), "3 50");
  EXPECT_EQ(word.box, (Box{250, 60, 40, 20}));
  for (const Edit& edit : pass.edits) EXPECT_EQ(edit.words.count, 1U);
}

TEST(NumberPass, AnotherReadingWithOtherDigitsForbidsTheLookAlike) {
  Page page = grid_page({"tax O.06"});
  word_of(page, "O.06").other_readings.push_back({"0.00", 0.8, {}, Reader::crop});
  EXPECT_EQ(edits_of(look_at_numbers(page, NumberMode::repair, kDoubtful)),
            Strings{"O.06 -> 0.06: look_alike_repair, unproven"});
  word_of(page, "O.06").other_readings = {{"o.00", 0.4, {}}};
  EXPECT_EQ(edits_of(look_at_numbers(page, NumberMode::repair, kDoubtful)),
            Strings{"O.06 -> 0.06: look_alike_repair, unproven"});
  word_of(page, "O.06").other_readings = {{"0.06", 0.8, {}, Reader::crop}, {"0,0", 0.8, {}}};
  EXPECT_EQ(edits_of(look_at_numbers(page, NumberMode::repair, kDoubtful)),
            Strings{"O.06 -> 0.06: look_alike_repair, applied"});
}

TEST(NumberPass, WhatIsNotProvenIsRed) {
  Page page = grid_page({"tea 12.50"});
  Word& word = word_of(page, "12.50");
  word.other_readings = {{"12.60", 0.8, {}, Reader::crop}, {"12.60", 0.8, {}, Reader::crop}};
  const NumberPass pass = look_at_numbers(page, NumberMode::repair, kDoubtful);
  EXPECT_EQ(edits_of(pass), Strings{"12.50 -> 12.60: second_reading, unproven"});
  EXPECT_EQ(pass.page.lines[0].words[1].light, Light::red);
}

}  // namespace
}  // namespace emend
