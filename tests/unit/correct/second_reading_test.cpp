// SPDX-License-Identifier: Apache-2.0
#include "correct/second_reading.h"

#include <gtest/gtest.h>

#include "correct/independent_reading.h"
#include "grid_page.h"

namespace emend {
namespace {

using Strings = std::vector<std::string>;

// A row that does not multiply: 3 times 12.50 is 37.50.
Page wrong_row(const std::string& total = "87.50") {
  return grid_page(
      {"Chairs        3     12.50     " + total, "Tables        2    100.00    200.00"});
}

void give(Word& word, const Strings& crops, const Strings& looks = {}) {
  for (const auto& text : looks) word.other_readings.push_back({text, 0.8, {}});
  for (const auto& text : crops) word.other_readings.push_back({text, 0.8, {}, Reader::crop});
}

// "87.50 -> 37.50 (crop, line_total)", with a ? where it is not proven.
Strings readings(const Page& page) {
  Strings found;
  for (const SecondReading& reading : find_second_readings(page)) {
    found.push_back(page.lines[reading.line].words[reading.word].text() + " -> " + reading.after +
                    " (" + reading.source + ", " + reading.check + ")" +
                    (reading.is_proven ? "" : "?"));
  }
  return found;
}

TEST(SecondReading, TakesTheDigitsOnWhichReadingsAgreeAndThatACheckWants) {
  Page page = wrong_row();
  give(word_of(page, "87.50"), {"37.50", "37.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (crop, line_total)"});
  page = wrong_row();
  give(word_of(page, "87.50"), {"37.50"}, {"37.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (look+crop, line_total)"});
}

TEST(SecondReading, KeepsTheNumberWithoutACheck) {
  Page page = wrong_row();
  give(word_of(page, "87.50"), {"67.50", "67.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 67.50 (crop, )?"});
}

TEST(SecondReading, KeepsTheNumberWhenOneReadingAloneSaysSo) {
  Page page = wrong_row();
  give(word_of(page, "87.50"), {"37.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (crop, line_total)?"});
  page = wrong_row();
  give(word_of(page, "87.50"), {}, {"37.50", "37.50"});
  EXPECT_EQ(readings(page), Strings{}) << "two looks at the page err alike";
}

TEST(SecondReading, KeepsTheNumberWhenReadingsDiffer) {
  for (const Strings& crops :
       {Strings{"37.50", "87.50"}, Strings{"37.50", "37.60"}, Strings{"37.50", "37.50", "3750"}}) {
    Page page = wrong_row();
    give(word_of(page, "87.50"), crops);
    EXPECT_EQ(readings(page), Strings{});
  }
}

TEST(SecondReading, KeepsTheNumberWhenALookAtThePageReadsAThirdThing) {
  Page page = wrong_row();
  give(word_of(page, "87.50"), {"37.50", "37.50"}, {"27.50"});
  EXPECT_EQ(readings(page), Strings{});
}

TEST(SecondReading, AnotherPlaceOfThePageSupportsAReadingButIsNone) {
  Page page = wrong_row();
  page.lines.push_back(grid_page({"see above: 37.50"}).lines.front());
  page.lines.back().box.y = 100;
  give(word_of(page, "87.50"), {"37.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (crop, line_total)"});
  word_of(page, "87.50").other_readings.clear();
  EXPECT_EQ(readings(page), Strings{});
}

TEST(SecondReading, LosesNoCheckThatPasses) {
  // With 37.50 the row multiplies, but the sum below, which is right, no longer is.
  Page page = grid_page({"Chairs        3     12.50     87.50",  //
                         "Tables        2    100.00    200.00",  //
                         "Total                        287.50"});
  give(word_of(page, "87.50"), {"37.50", "37.50"});
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (crop, )?"});
}

TEST(SecondReading, OfTwoExplanationsNoneIsTaken) {
  Page page = grid_page({"Chairs        3     12.50     38.50"});
  give(word_of(page, "38.50"), {"37.50", "37.50"});
  EXPECT_EQ(readings(page), Strings{"38.50 -> 37.50 (crop, line_total)"});
  page = grid_page({"Tax  10.00", "Fee  28.50", "Total  37.50"});
  give(word_of(page, "10.00"), {"19.00", "19.00"});
  give(word_of(page, "37.50"), {"38.50", "38.50"});
  EXPECT_EQ(readings(page), (Strings{"10.00 -> 19.00 (crop, )?", "37.50 -> 38.50 (crop, sum)"}));
  page = grid_page({"Tax  10.00", "Fee  28.50", "Total  37.50"});
  give(word_of(page, "28.50"), {"27.50", "27.50"});
  give(word_of(page, "37.50"), {"38.50", "38.50"});
  EXPECT_EQ(readings(page), (Strings{"28.50 -> 27.50 (crop, )?", "37.50 -> 38.50 (crop, )?"}));
}

TEST(SecondReading, CheckDigitsAndTheCalendarAreChecksToo) {
  Page page = grid_page({"IBAN DE89 3704 0044 0582 0130 00", "Date 31/02/2020"});
  give(word_of(page, "0582"), {"0532", "0532"});
  give(word_of(page, "31/02/2020"), {"21/02/2020", "21/02/2020"});
  EXPECT_EQ(readings(page),
            (Strings{"0582 -> 0532 (crop, iban)", "31/02/2020 -> 21/02/2020 (crop, calendar)"}));
}

TEST(SecondReading, WhatTwoLooksAgreeOnStays) {
  Page page = wrong_row();
  give(word_of(page, "87.50"), {"37.50", "37.50"});
  word_of(page, "87.50").light = Light::green;
  EXPECT_EQ(readings(page), Strings{});
}

// One slot for each character; in place of the first one `other` at `cost` nats.
std::vector<std::vector<Alternative>> slots_of(const std::string& text, const std::string& other,
                                               double cost) {
  std::vector<std::vector<Alternative>> slots;
  for (const char c : text) slots.push_back({{std::string(1, c), 0}});
  if (!other.empty()) slots.front().push_back({other, cost});
  return slots;
}

// 81.20 stands; emend's reader reads 31.20 and has an 8 there only at `gain` nats. The recogniser
// has a 3 at `cost` nats; nothing of a 3 where that is 0.
Page read_by_both(double gain, double cost) {
  Page page = grid_page({"Chairs        2     15.60     81.20", "Tables   81.20"});
  Word& word = page.lines[1].words[1];
  word.readings.front().characters = slots_of("81.20", cost > 0 ? "3" : "", cost);
  word.other_readings.push_back({"31.20", 0.9, slots_of("31.20", "8", gain), Reader::emend});
  return page;
}

TEST(SecondReading, TwoIndependentReadersMayRepairWithoutACheck) {
  EXPECT_EQ(readings(read_by_both(11, 3)), Strings{"81.20 -> 31.20 (alternatives+emend, )"});
  EXPECT_EQ(readings(read_by_both(11, 11.9)), Strings{"81.20 -> 31.20 (alternatives+emend, )"});
  EXPECT_EQ(readings(read_by_both(9, 3)), Strings{"81.20 -> 31.20 (alternatives+emend, )?"});
  EXPECT_EQ(readings(read_by_both(3, 3)), Strings{"81.20 -> 31.20 (alternatives+emend, )?"});
}

TEST(SecondReading, EmendsReaderAloneRepairsNothingWithoutACheck) {
  Page page = read_by_both(11.9, 0);
  EXPECT_EQ(readings(page), Strings{"81.20 -> 31.20 (emend, )?"});
  page.lines[1].words[1].other_readings.push_back({"31.20", 0.5, {}, Reader::crop});
  EXPECT_EQ(readings(page), Strings{"81.20 -> 31.20 (crop+emend, )"});
}

TEST(SecondReading, ALookThatReadsWhatStandsSpeaksAgainstBoth) {
  Page page = read_by_both(11, 3);
  page.lines[1].words[1].other_readings.push_back({"81.20", 0.5, {}, Reader::crop});
  EXPECT_EQ(readings(page), Strings{});
}

TEST(SecondReading, WithACheckLessEvidenceOfEmendsReaderSuffices) {
  Page page = read_by_both(3, 3);
  page.lines[0].words[3] = page.lines[1].words[1];
  page.lines[0].words[3].box.x = 300;
  page.lines.pop_back();
  EXPECT_EQ(readings(page), Strings{"81.20 -> 31.20 (alternatives+emend, line_total)"});
  page.lines[0].words[3].other_readings.front().characters = slots_of("31.20", "8", 1);
  EXPECT_EQ(readings(page), Strings{"81.20 -> 31.20 (alternatives+emend, line_total)?"});
}

TEST(SecondReading, AReadingWithoutAlternativesProvesNothing) {
  Page page = wrong_row();
  Word& word = word_of(page, "87.50");
  word.other_readings.push_back({"37.50", 0.999, {}, Reader::emend});
  EXPECT_FALSE(weigh_independently(word, "37.50", true).is_borne_out);
  EXPECT_EQ(readings(page), Strings{"87.50 -> 37.50 (emend, line_total)?"});
}

TEST(SecondReading, TheScoresOfBothReadersAreTold) {
  const Page page = read_by_both(11, 3);
  const IndependentReading found = weigh_independently(page.lines[1].words[1], "31.20", false);
  EXPECT_DOUBLE_EQ(found.reader_gain, 11);
  EXPECT_DOUBLE_EQ(found.recogniser_cost, 3);
  EXPECT_DOUBLE_EQ(found.needed, 4);
  EXPECT_TRUE(found.is_listed);
}

TEST(SecondReading, TheFormAloneForbids) {
  EXPECT_TRUE(is_second_reading("87.50", "37.50"));
  EXPECT_TRUE(is_second_reading("87.50", "37.60"));
  EXPECT_FALSE(is_second_reading("87.50", "87.50"));
  EXPECT_FALSE(is_second_reading("87.50", "37.5"));
  EXPECT_FALSE(is_second_reading("87.50", "137.50"));
  EXPECT_FALSE(is_second_reading("87.50", "37.501"));
  EXPECT_FALSE(is_second_reading("87.50", "87,50"));
  EXPECT_FALSE(is_second_reading("8O.50", "80.50"));
  EXPECT_FALSE(is_second_reading("87.50", "31.60"));
  EXPECT_FALSE(is_second_reading("$7.50", "57.50"));
}

}  // namespace
}  // namespace emend
