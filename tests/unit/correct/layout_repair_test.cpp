// SPDX-License-Identifier: Apache-2.0
#include "correct/layout_repair.h"

#include <gtest/gtest.h>

#include "grid_page.h"

namespace emend {
namespace {

using Strings = std::vector<std::string>;

// "4,00 -> 4.00" for each repair of the page.
Strings repairs(const Strings& lines) {
  const Page page = grid_page(lines);
  Strings found;
  for (const LayoutRepair& repair : find_layout_repairs(page)) {
    std::string before;
    for (std::size_t i = 0; i < repair.words.count; ++i) {
      before += (i > 0 ? " " : "") + page.lines[repair.line].words[repair.words.first + i].text();
    }
    found.push_back(before + " -> " + repair.after);
  }
  return found;
}

TEST(LayoutRepair, SetsTheSignThatTheColumnAndThePageHave) {
  EXPECT_EQ(repairs({"tea        12.00",  //
                     "milk        4,00",  //
                     "bread       3.50",  //
                     "sum        19.50"}),
            Strings{"4,00 -> 4.00"});
  EXPECT_EQ(repairs({"Tee        12,00",  //
                     "Milch     RM4.00",  //
                     "Brot        3,50",  //
                     "Summe      19,50"}),
            Strings{"RM4.00 -> RM4,00"});
}

TEST(LayoutRepair, ClosesAGapInsideAnAmount) {
  EXPECT_EQ(repairs({"tea      12.00",  //
                     "milk      2 20",  //
                     "bread    3. 50",  //
                     "jam      4 .50",  //
                     "wine  1,234 50",  //
                     "nuts      3.50",  //
                     "sum      19.50"}),
            (Strings{"2 20 -> 2.20", "3. 50 -> 3.50", "4 .50 -> 4.50", "1,234 50 -> 1,234.50"}));
}

TEST(LayoutRepair, LeavesANumberThatStandsInNoColumnOfAmounts) {
  EXPECT_EQ(repairs({"55,57 Jalan",  //
                     "tea        12.00", "milk        4.00", "bread       3.50"}),
            Strings{});
  EXPECT_EQ(repairs({"2 20 units of tea", "tea      12.00", "milk      2.20", "bread     3.50"}),
            Strings{});
}

TEST(LayoutRepair, LeavesAPageThatWritesItsAmountsInBothWays) {
  EXPECT_EQ(
      repairs({"tea    12.00", "milk    4,00", "bread   3,50", "sum    19.50", "jam     1.00"}),
      Strings{});
}

TEST(LayoutRepair, LeavesAPageWithoutAFormOfItsOwn) {
  EXPECT_EQ(repairs({"tea    12.00", "milk    4,00", "bread   3.50"}), Strings{});
}

TEST(LayoutRepair, LeavesWhatMayBeSomethingElse) {
  for (const char* odd :
       {"12345 60", "2   20", "1 2 20", "20", "2-20", "4,0", "4,000", "A4,00", "2 2O"}) {
    std::string line = odd;
    line.insert(0, 16 - line.size(), ' ');
    EXPECT_EQ(repairs({"tea        12.00", line, "bread       3.50", "sum        19.50"}),
              Strings{})
        << odd;
  }
}

TEST(LayoutRepair, TakesTheSameAmountElsewhereForAColumn) {
  EXPECT_EQ(
      repairs({"tea   6,30  6.30", "milk  5,20  1.00", "bread       3.50", "sum        10.80"}),
      Strings{"6,30 -> 6.30"});
}

TEST(LayoutRepair, AmountsThatWereCutTellTheSignOfThePage) {
  EXPECT_EQ(
      repairs({"tea       55. 00", "milk       5. 30", "bread     64. 13", "jam        58 30"}),
      (Strings{"55. 00 -> 55.00", "5. 30 -> 5.30", "64. 13 -> 64.13", "58 30 -> 58.30"}));
}

TEST(LayoutRepair, LeavesWhatWasReadSurely) {
  Page page =
      grid_page({"tea        12.00", "milk        4,00", "bread       3.50", "sum        19.50"});
  word_of(page, "4,00").light = Light::green;
  EXPECT_TRUE(find_layout_repairs(page).empty());
  word_of(page, "4,00").light = Light::red;
  EXPECT_EQ(find_layout_repairs(page).size(), 1U);
  word_of(page, "4,00").other_readings = {{"4,00", 0.5, {}, Reader::crop}};
  EXPECT_TRUE(find_layout_repairs(page).empty());
  word_of(page, "4,00").other_readings = {{"4.00", 0.5, {}, Reader::crop}};
  EXPECT_EQ(find_layout_repairs(page).size(), 1U);
}

TEST(LayoutRepair, LeavesThousandsOfAnotherCountry) {
  EXPECT_EQ(
      repairs({"tea        12.00", "gold    1 234,50", "bread       3.50", "sum        19.50"}),
      Strings{});
  EXPECT_EQ(
      repairs({"tea        12.00", "milk     1 2 20 ", "bread       3.50", "sum        19.50"}),
      Strings{});
}

TEST(LayoutRepair, APageWithoutBoxesHasNone) {
  Page page = grid_page({"tea 12.00", "milk 4,00", "bread 3.50", "sum 19.50", "jam 1.00"});
  for (Line& line : page.lines) {
    for (Word& word : line.words) word.box = {};
  }
  EXPECT_TRUE(find_layout_repairs(page).empty());
}

TEST(LayoutRepair, TheFormAloneForbids) {
  EXPECT_TRUE(is_layout_repair("4,00", "4.00", '.'));
  EXPECT_TRUE(is_layout_repair("2 20", "2.20", '.'));
  EXPECT_TRUE(is_layout_repair("-1.234.50", "-1.234,50", ','));
  EXPECT_FALSE(is_layout_repair("4.00", "4.00", '.')) << "no change";
  EXPECT_FALSE(is_layout_repair("4,00", "5.00", '.')) << "another digit";
  EXPECT_FALSE(is_layout_repair("4,00", "40.0", '.')) << "the sign moved";
  EXPECT_FALSE(is_layout_repair("4,00", "4,00.", '.')) << "no amount";
  EXPECT_FALSE(is_layout_repair("4,00", "4,00", '.')) << "the other sign";
  EXPECT_FALSE(is_layout_repair("4.00", "4,00", '.')) << "not the page's sign";
  EXPECT_FALSE(is_layout_repair("$4,00", "\u20AC4.00", '.')) << "another currency";
  EXPECT_FALSE(is_layout_repair("400", "4.00", '.')) << "no sign and no gap";
  EXPECT_FALSE(is_layout_repair("12345 60", "12345.60", '.')) << "two numbers";
  EXPECT_FALSE(is_layout_repair("1 23 45", "123.45", '.')) << "two gaps";
  EXPECT_FALSE(is_layout_repair("1,234,50", "1234.50", '.')) << "another sign is gone";
  EXPECT_FALSE(is_layout_repair(",20", ".20", '.')) << "no whole part";
  EXPECT_FALSE(is_layout_repair("1,2,3,44", "1,2,3.44", '.')) << "no amount";
  EXPECT_FALSE(is_layout_repair("1 234,50", "1 234.50", '.')) << "the gap stays";
}

}  // namespace
}  // namespace emend
