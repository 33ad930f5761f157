// SPDX-License-Identifier: Apache-2.0
#include "correct/layout_repair.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/joined_word.h"
#include "correct/page_amounts.h"
#include "grid_page.h"

namespace emend {
namespace {

using Strings = std::vector<std::string>;

// "4,00 -> 4.00" for each repair of the page.
Strings repairs(const Page& page) {
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

Strings repairs(const Strings& lines) {
  return repairs(grid_page(lines));
}

// Emend's reader reads the amounts with that sign as they stand.
Page seen_by_emend(Page page, char sign) {
  for (Line& line : page.lines) {
    for (Word& word : line.words) {
      if (decimal_sign_of(word.text()) != sign) continue;
      word.other_readings.push_back({word.text(), 0.93, {}, Reader::emend});
    }
  }
  return page;
}

Word& read_by_emend(Page& page, const std::string& standing, const std::string& text,
                    double confidence = 0.93) {
  Word& word = word_of(page, standing);
  word.other_readings.push_back({text, confidence, {}, Reader::emend});
  return word;
}

// Two words as one with a gap, of which emend's reader was given the whole.
Page with_one_word(const Strings& lines, const std::string& first, const std::string& text,
                   double confidence = 0.93) {
  Page page = grid_page(lines);
  for (Line& line : page.lines) {
    for (std::size_t w = 0; w + 1 < line.words.size(); ++w) {
      if (line.words[w].text() != first) continue;
      line.words[w] = joined_word(line.words[w], line.words[w + 1]);
      line.words.erase(line.words.begin() + static_cast<std::ptrdiff_t>(w) + 1);
      line.words[w].other_readings.push_back({text, confidence, {}, Reader::emend});
      return page;
    }
  }
  std::abort();
}

TEST(LayoutRepair, SetsTheSignThatTheColumnAndThePageHave) {
  const Page points = grid_page({"tea        12.00",  //
                                 "milk        4,00",  //
                                 "bread       3.50",  //
                                 "sum        19.50"});
  EXPECT_EQ(repairs(seen_by_emend(points, '.')), Strings{"4,00 -> 4.00"});
  const Page commas = grid_page({"Tee        12,00",  //
                                 "Milch     RM4.00",  //
                                 "Brot        3,50",  //
                                 "Summe      19,50"});
  EXPECT_EQ(repairs(seen_by_emend(commas, ',')), Strings{"RM4.00 -> RM4,00"});
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
  const Page page =
      grid_page({"tea   6,30  6.30", "milk  5,20  1.00", "bread       3.50", "sum        10.80"});
  EXPECT_EQ(repairs(seen_by_emend(page, '.')), Strings{"6,30 -> 6.30"});
}

TEST(LayoutRepair, AmountsThatWereCutTellTheSignOfThePage) {
  EXPECT_EQ(
      repairs({"tea       55. 00", "milk       5. 30", "bread     64. 13", "jam        58 30"}),
      (Strings{"55. 00 -> 55.00", "5. 30 -> 5.30", "64. 13 -> 64.13", "58 30 -> 58.30"}));
}

// In faint print commas lose their tails, so a page may have more false points than true commas.
TEST(LayoutRepair, ReplacesASignAmongFewOnlyWhereEmendsReaderReadThePage) {
  const Strings five = {"tea  12.00", "milk  4,00", "bread 3.50", "jam   1.00", "nuts  2.00"};
  EXPECT_EQ(repairs(five), Strings{});
  EXPECT_EQ(repairs(seen_by_emend(grid_page(five), '.')), Strings{"4,00 -> 4.00"});
  Strings nine = five;
  for (const char* more : {"figs  2.10", "beans 2.20", "peas  2.30"}) nine.emplace_back(more);
  EXPECT_EQ(repairs(nine), Strings{});
  nine.emplace_back("rice  2.40");
  EXPECT_EQ(repairs(nine), Strings{"4,00 -> 4.00"});
  const Strings cut = {"price 13,60", "total 82,86", "card  82.80", "rest 82, 80"};
  EXPECT_EQ(repairs(cut), Strings{"82, 80 -> 82,80"});
}

TEST(LayoutRepair, LeavesWhatWasReadSurely) {
  Page page = seen_by_emend(
      grid_page({"tea        12.00", "milk        4,00", "bread       3.50", "sum        19.50"}),
      '.');
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

TEST(LayoutRepair, TakesTheReadersSignForAColumn) {
  const Strings lines = {"tea        12.00", "milk 4,00", "bread       3.50", "sum        19.50"};
  EXPECT_EQ(repairs(lines), Strings{});
  Page page = grid_page(lines);
  for (const char* amount : {"12.00", "3.50", "19.50"}) read_by_emend(page, amount, amount);
  Word& milk = read_by_emend(page, "4,00", "4.00");
  EXPECT_EQ(repairs(page), Strings{"4,00 -> 4.00"});
  EXPECT_EQ(find_layout_repairs(page).front().source, "emend");
  milk.other_readings.push_back({"4,00", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{"4,00 -> 4.00"}) << "the recogniser sees its tails again";
  milk.light = Light::green;
  EXPECT_EQ(repairs(page), Strings{});
  milk.light = Light::yellow;
  milk.other_readings.pop_back();
  milk.other_readings.front().confidence = 0.84;
  EXPECT_EQ(repairs(page), Strings{}) << "not sure";
  milk.other_readings.front() = {"7.00", 0.93, {}, Reader::emend};
  EXPECT_EQ(repairs(page), Strings{}) << "another number";
}

// The line, below amounts that make the page's form and stand in another column.
Strings lines_of(const std::string& line) {
  return {"tea        12.00", "bread       3.50", "sum        15.50", line};
}

TEST(LayoutRepair, ClosesAGapAcrossWhichEmendsReaderReads) {
  const auto read_across = [](const std::string& line, const std::string& first,
                              const std::string& read, double confidence = 0.93) {
    Page page = with_one_word(lines_of(line), first, read, confidence);
    for (const char* amount : {"12.00", "3.50", "15.50"}) read_by_emend(page, amount, amount);
    return repairs(page);
  };
  EXPECT_EQ(repairs(lines_of("wine    64 13")), Strings{}) << "not read across";
  EXPECT_EQ(read_across("wine    64 13", "64", "64.13"), Strings{"64 13 -> 64.13"});
  EXPECT_EQ(read_across("wine  RM7. 50,", "RM7.", "RM7.50"), Strings{"RM7. 50, -> RM7.50,"});
  EXPECT_EQ(read_across("wine    64 13", "64", "64.13", 0.79), Strings{}) << "not sure";
  EXPECT_EQ(read_across("wine  64. 13", "64.", "64.13", 0.3), Strings{"64. 13 -> 64.13"})
      << "the recogniser saw the sign";
  EXPECT_EQ(read_across("wine    64 13", "64", "64.18"), Strings{}) << "another number";
  EXPECT_EQ(read_across("wine    64 13", "64", "6413"), Strings{}) << "no amount";
  EXPECT_EQ(read_across("wine  1 64 13", "64", "64.13"), Strings{}) << "thousands before it";
  EXPECT_EQ(read_across("route 91, 33", "91,", "91,33"), Strings{}) << "not as the page writes";
  EXPECT_EQ(repairs(with_one_word({"route 91, 33 miles"}, "91,", "91,33")), Strings{})
      << "a page without a form of its own";
}

TEST(LayoutRepair, WhatIsReadAcrossAGapHasTheSignOfThePage) {
  Strings lines = {"Tee        12,00", "Milch 64 13", "Brot        3,50", "Summe      19,50"};
  Page page = with_one_word(lines, "64", "64.13");
  for (const char* amount : {"12,00", "3,50", "19,50"}) read_by_emend(page, amount, amount);
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(LayoutRepair, TheReaderGivesAPageItsFormWhereTheRecogniserHasNone) {
  const Strings amounts = {"12.00", "4,00", "3.50", "9,50"};
  Page page = grid_page({"tea 12.00", "milk 4,00", "bread 3.50", "sum 9,50"});
  for (const std::string& amount : amounts) {
    std::string read = amount;
    std::replace(read.begin(), read.end(), ',', '.');
    read_by_emend(page, amount, read);
  }
  EXPECT_EQ(PageAmounts(page).decimal_sign(), '.');
  EXPECT_EQ(repairs(page), (Strings{"4,00 -> 4.00", "9,50 -> 9.50"}));
  Page many = page;
  for (const char* amount : {"1,10", "1.20"}) {
    many.lines.push_back(grid_page({amount}).lines.front());
  }
  EXPECT_EQ(PageAmounts(many).decimal_sign(), 0) << "three in both ways";
  Reading& third = word_of(page, "3.50").other_readings.front();
  third.text = "3,50";
  EXPECT_EQ(PageAmounts(page).decimal_sign(), 0) << "the reader has both";
  third = {"3.50", 0.84, {}, Reader::emend};
  word_of(page, "4,00").other_readings.clear();
  EXPECT_EQ(PageAmounts(page).decimal_sign(), 0) << "two are too few";
}

TEST(LayoutRepair, AmountsReadAcrossAGapMakeTheFormOfAPage) {
  Page page = with_one_word({"milk    64 13"}, "64", "64.13");
  for (const char* text : {"1 20", "2 20"}) {
    Page other =
        with_one_word({std::string("x       ") + text}, {text, 1}, std::string(text, 1) + ".20");
    page.lines.push_back(other.lines.front());
  }
  EXPECT_EQ(PageAmounts(page).decimal_sign(), '.');
}

}  // namespace
}  // namespace emend
