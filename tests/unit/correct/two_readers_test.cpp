// SPDX-License-Identifier: Apache-2.0
#include "correct/two_readers.h"

#include <gtest/gtest.h>

#include "core/joined_word.h"
#include "correct/page_amounts.h"
#include "correct_fakes.h"
#include "grid_page.h"

namespace emend {
namespace {

using Strings = std::vector<std::string>;

// Amounts with points in a column, and the word that is in doubt below them.
Page page_with(const std::string& last_line) {
  return grid_page({"tea        12.00",  //
                    "bread       3.50",  //
                    "sum        15.50", last_line});
}

// What emend's reader reads in place of `standing`, each place led by `lead` nats before what
// stands there, or before another sign where the lengths differ.
Reading own_reading(const std::string& standing, const std::string& text, double lead,
                    double confidence = 0.93) {
  Reading reading{text, confidence, slots_of(text), Reader::emend};
  const std::u32string before = to_code_points(standing);
  for (std::size_t i = 0; i < reading.characters.size(); ++i) {
    const bool is_as_long = before.size() == reading.characters.size();
    const std::string other = is_as_long ? to_utf8(before[i]) : "~";
    if (other != reading.characters[i].front().text) reading.characters[i].push_back({other, lead});
  }
  return reading;
}

Word& read_twice(Page& page, const std::string& standing, const std::string& text,
                 double lead = 11) {
  Word& word = word_of(page, standing);
  word.readings.front().confidence = 0.6;
  word.other_readings.push_back(own_reading(standing, text, lead));
  for (Line& line : page.lines) {
    for (Word& other : line.words) {
      if (&other == &word || decimal_sign_of(other.text()) == 0) continue;
      other.other_readings.push_back(own_reading(other.text(), other.text(), 12));
    }
  }
  return word;
}

// "470 -> 4.70 (column+emend)" for each repair.
Strings repairs(const Page& page) {
  Strings found;
  for (const ReaderRepair& repair : find_reader_repairs(page)) {
    found.push_back(page.lines[repair.line].words[repair.word].text() + " -> " + repair.after +
                    " (" + repair.source + ")");
  }
  return found;
}

Strings repairs_of(const std::string& line, const std::string& standing, const std::string& text,
                   double lead = 11) {
  Page page = page_with(line);
  read_twice(page, standing, text, lead);
  return repairs(page);
}

TEST(TwoReaders, AnAmountIsTakenInAColumnOfAmounts) {
  EXPECT_EQ(repairs_of("wine         470", "470", "4.70"), Strings{"470 -> 4.70 (column+emend)"});
  EXPECT_EQ(repairs_of("wine   470", "470", "4.70"), Strings{}) << "no column";
  EXPECT_EQ(repairs_of("wine         470", "470", "4.70", 2), Strings{}) << "hardly seen";
  EXPECT_EQ(repairs_of("wine       1 470", "470", "4.70"), Strings{}) << "thousands before it";
  EXPECT_EQ(repairs_of("wine        4.70", "4.70", "14.70"), Strings{}) << "an amount already";
}

TEST(TwoReaders, AnAmountIsTakenForWhatHasNoForm) {
  EXPECT_EQ(repairs_of("wine @.72", "@.72", "0.72"), Strings{"@.72 -> 0.72 (form+emend)"})
      << "11 nats less half of 12 suffice";
  EXPECT_EQ(repairs_of("wine @.72", "@.72", "0.72", 9), Strings{});
  EXPECT_EQ(repairs_of("wine 00020", "00020", "0.20"), Strings{"00020 -> 0.20 (form+emend)"});
  EXPECT_EQ(repairs_of("wine x/72", "x/72", "1/72"), Strings{}) << "no amount, date or time";
}

TEST(TwoReaders, WhatTheRecogniserHoldsPossibleIsTaken) {
  Page page = page_with("wine O12");
  read_twice(page, "O12", "012").readings.front().characters = slots_of("O12", {{0, {{"0", 3}}}});
  EXPECT_EQ(repairs(page), Strings{"O12 -> 012 (alternatives+emend)"});
  page = page_with("model AO12");
  read_twice(page, "AO12", "A012").readings.front().characters =
      slots_of("AO12", {{1, {{"0", 3}}}});
  EXPECT_EQ(repairs(page), Strings{}) << "a letter of a code";
  for (const char* standing : {"$413", "#413", "4&3", "25\u00B0"}) {
    page = page_with(std::string("no ") + standing);
    std::string read = standing;
    read.replace(read.find_first_not_of("0123456789"), read.back() == '3' ? 1 : 2, "9");
    std::vector<std::vector<Alternative>> slots = slots_of(standing);
    for (auto& slot : slots) slot.push_back({"9", 0.1});
    read_twice(page, standing, read).readings.front().characters = slots;
    EXPECT_EQ(repairs(page), Strings{}) << standing;
  }
}

TEST(TwoReaders, WhatAnotherLookReadsIsTaken) {
  Page page = page_with("wine 862.97");
  read_twice(page, "862.97", "2.97").other_readings.push_back({"2.97", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{"862.97 -> 2.97 (look+emend)"});
  word_of(page, "862.97").other_readings.push_back({"2.97", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{"862.97 -> 2.97 (look+emend)"});
  word_of(page, "862.97").other_readings.front() = own_reading("862.97", "2.97", 2);
  EXPECT_EQ(repairs(page), Strings{}) << "emend's reader is not sure in each place";
}

TEST(TwoReaders, ALetterOfACodeStaysWhereLengthsDiffer) {
  Page page = page_with("fuel KAQ9SS");
  read_twice(page, "KAQ9SS", "KAQ95").other_readings.push_back({"KAQ95", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, ABoxThatCutsAWordCutsItForBoth) {
  Page page = page_with("no 2137");
  read_twice(page, "2137", "21").other_readings.push_back({"21", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, ADigitForADigitTakesTheReadersOwnCertainty) {
  Page page = page_with("wine 816.00");
  read_twice(page, "816.00", "316.00", 9.5).other_readings.push_back({"316.00", 0.6, {}});
  word_of(page, "816.00").readings.front().characters = slots_of("816.00", {{0, {{"3", 0.2}}}});
  EXPECT_EQ(repairs(page), Strings{});
  word_of(page, "816.00").other_readings.front() = own_reading("816.00", "316.00", 10.5);
  EXPECT_EQ(repairs(page), Strings{"816.00 -> 316.00 (look+emend)"});
}

TEST(TwoReaders, NothingIsTakenThatSomebodyElseReadsAsItStands) {
  Page page = page_with("wine @2.80");
  read_twice(page, "@2.80", "82.80").other_readings.push_back({"@2.80", 0.5, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, NothingIsTakenFromAReaderThatIsNotSure) {
  Page page = page_with("wine @2.80");
  read_twice(page, "@2.80", "82.80").other_readings.front().confidence = 0.79;
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, NothingIsTakenForWhatTheRecogniserIsSureOf) {
  Page page = page_with("wine @2.80");
  Word& word = read_twice(page, "@2.80", "82.80");
  word.readings.front().confidence = 0.93;
  EXPECT_EQ(repairs(page), Strings{});
  word.readings.front().confidence = 0.6;
  word.light = Light::green;
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, TwoMorePicturesMakeUpForAReaderThatIsHalfSure) {
  Page page = page_with("cash 3.20");
  Word& word = read_twice(page, "3.20", "8.20", 4);
  word.readings.front().characters = slots_of("3.20", {{0, {{"8", 1}}}});
  word.other_readings.front().confidence = 0.55;
  word.other_readings.push_back({"8.20", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{}) << "one picture";
  word.other_readings.push_back({"8.20", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{"3.20 -> 8.20 (look+crop+emend)"});
  word.other_readings.front().confidence = 0.49;
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.front().confidence = 0.55;
  word.other_readings.push_back({"3.20", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{}) << "one for what stands";
}

TEST(TwoReaders, OneMorePictureBearsOutADigitForALetter) {
  Page page = page_with("code VO42");
  Word& word = read_twice(page, "VO42", "V042", 3.5);
  word.readings.front().characters = slots_of("VO42", {{1, {{"0", 0.5}}}});
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.push_back({"V042", 0.4, {}});
  EXPECT_EQ(repairs(page), Strings{"VO42 -> V042 (look+emend)"});
  word.other_readings.front() = own_reading("VO42", "V042", 3.2);
  EXPECT_EQ(repairs(page), Strings{}) << "three nats in all";
}

TEST(TwoReaders, DigitsMoreOrFewerTakeALookAtThePage) {
  Page page = page_with("no 144");
  read_twice(page, "144", "14").other_readings.push_back({"14", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{"144 -> 14 (look+emend)"});
  word_of(page, "144").other_readings.back().reader = Reader::crop;
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, AGapInAnAmountMayHideALetterReadForADigit) {
  Page page = page_with("fee RMO. 40");
  auto& words = page.lines.back().words;
  words[1] = joined_word(words[1], words[2]);
  words.pop_back();
  read_twice(page, "RMO. 40", "RM0.40");
  EXPECT_EQ(repairs(page), Strings{"RMO. 40 -> RM0.40 (form+emend)"});
}

TEST(TwoReaders, TheSizeOfALetterIsNotSeen) {
  Page page = page_with("model 5OX");
  read_twice(page, "5OX", "5ox").other_readings.push_back({"5ox", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{});
}

TEST(TwoReaders, TheSameNumberElsewhereOnThePageBearsItOut) {
  const std::string line = "wine 14.00 17.00";
  EXPECT_EQ(repairs_of(line, "14.00", "17.00"), Strings{"14.00 -> 17.00 (page+emend)"});
  EXPECT_EQ(repairs_of("wine 14.00", "14.00", "17.00"), Strings{}) << "nowhere else";
  EXPECT_EQ(repairs_of(line, "14.00", "17.00", 8.9), Strings{}) << "three nats in all";
  EXPECT_EQ(repairs_of("wine 14.00 17.00 14.00", "14.00", "17.00"), Strings{}) << "so does this";
  EXPECT_EQ(repairs_of("wine 114 117", "114", "117"), Strings{"114 -> 117 (page+emend)"});
  EXPECT_EQ(repairs_of("wine 14 17", "14", "17"), Strings{}) << "by chance";
  EXPECT_EQ(repairs_of("rate 4% 6%", "4%", "6%"), Strings{"4% -> 6% (page+emend)"});
  EXPECT_EQ(repairs_of("rate 29% 9%", "29%", "9%"), Strings{});
  EXPECT_EQ(repairs_of("model AO12 A012", "AO12", "A012"), Strings{}) << "a letter of a code";
  EXPECT_EQ(repairs_of("no 2137 21370", "2137", "21370"), Strings{"2137 -> 21370 (page+emend)"});
}

TEST(TwoReaders, TheReaderNeedNotBeSureOfWhatThePageHas) {
  Page page = page_with("wine 14.00 17.00");
  Word& word = read_twice(page, "14.00", "17.00");
  word.other_readings.front().confidence = 0.6;
  EXPECT_EQ(repairs(page), Strings{"14.00 -> 17.00 (page+emend)"});
  word.other_readings.front().confidence = 0.59;
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.front().confidence = 0.93;
  word.readings.front().confidence = 0.93;
  EXPECT_EQ(repairs(page), Strings{}) << "a sure recogniser";
  word.readings.front().characters = slots_of("14.00", {{1, {{"7", 1}}}});
  word.readings.front().confidence = 0.6;
  word.other_readings.front() = own_reading("14.00", "17.00", 7.9);
  EXPECT_EQ(repairs(page), Strings{}) << "eight nats for a digit";
  word.other_readings.front() = own_reading("14.00", "17.00", 8.1);
  EXPECT_EQ(repairs(page), Strings{"14.00 -> 17.00 (page+emend)"});
}

TEST(TwoReaders, WhatThePageHasMustBeSurelyRead) {
  Page page = page_with("wine 14.00 17.00");
  read_twice(page, "14.00", "17.00");
  Word& other = word_of(page, "17.00");
  other.readings.front().confidence = 0.5;
  EXPECT_EQ(repairs(page).size(), 1U) << "both readers read it";
  other.other_readings.front().confidence = 0.5;
  EXPECT_EQ(repairs(page), Strings{});
  other.light = Light::green;
  EXPECT_EQ(repairs(page).size(), 1U);
  other.light = Light::yellow;
  other.readings.front().confidence = 0.8;
  EXPECT_EQ(repairs(page).size(), 1U);
  Line noise = page.lines.back();
  noise.words = {other};
  page.lines.back().words.pop_back();
  noise.is_noise = true;
  page.lines.push_back(noise);
  EXPECT_EQ(repairs(page), Strings{}) << "noise";
}

TEST(TwoReaders, OneMorePictureAndTheAlternativesMakeUpForAReaderThatIsNotQuiteSure) {
  Page page = page_with("cash 3.20");
  Word& word = read_twice(page, "3.20", "8.20");
  word.readings.front().characters = slots_of("3.20", {{0, {{"8", 1}}}});
  word.other_readings.front().confidence = 0.6;
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.push_back({"8.20", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{"3.20 -> 8.20 (look+emend)"});
  word.other_readings.front().confidence = 0.59;
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.front().confidence = 0.79;
  word.readings.front().characters = slots_of("3.20");
  EXPECT_EQ(repairs(page), Strings{}) << "the recogniser never thought of it";
}

TEST(TwoReaders, CropsThatContradictEachOtherSayNothing) {
  Page page = page_with("cash 3.20");
  Word& word = read_twice(page, "3.20", "8.20");
  word.readings.front().characters = slots_of("3.20", {{0, {{"8", 1}}}});
  word.other_readings.push_back({"3.20", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{}) << "one for what stands";
  word.other_readings.push_back({"8.20", 0.6, {}, Reader::crop});
  EXPECT_EQ(repairs(page), Strings{"3.20 -> 8.20 (alternatives+emend)"});
  word.readings.front().characters = slots_of("3.20");
  EXPECT_EQ(repairs(page), Strings{}) << "nobody else is for it";
  word.readings.front().characters = slots_of("3.20", {{0, {{"8", 1}}}});
  word.other_readings.push_back({"3.20", 0.6, {}});
  EXPECT_EQ(repairs(page), Strings{}) << "a look at the page is for what stands";
}

TEST(TwoReaders, AnAtSignIsAZeroWithAStroke) {
  Page page = page_with("sold 6");
  Word& word = read_twice(page, "6", "0");
  EXPECT_EQ(repairs(page), Strings{});
  word.other_readings.push_back({"@", 0.5, {}});
  EXPECT_EQ(repairs(page), Strings{"6 -> 0 (look+emend)"});
  page = page_with("sold 0");
  read_twice(page, "0", "6").other_readings.push_back({"6", 0.5, {}});
  EXPECT_EQ(repairs(page), Strings{"0 -> 6 (look+emend)"});
  word_of(page, "0").other_readings.push_back({"@", 0.5, {}});
  EXPECT_EQ(repairs(page), Strings{}) << "it is for what stands";
}

TEST(TwoReaders, LettersThatBecomeTheirDigitsAreNoChanges) {
  Page page = page_with("no OOO203SE7584");
  read_twice(page, "OOO203SE7584", "000203587584").other_readings.push_back({"000203587584", 0.6});
  EXPECT_EQ(repairs(page), Strings{"OOO203SE7584 -> 000203587584 (look+emend)"});
  EXPECT_FALSE(is_reader_repair("OO1234", "OO5674", '.')) << "three digits";
  EXPECT_FALSE(is_reader_repair("SO1234", "855674", '.')) << "a letter's other digit";
}

TEST(TwoReaders, TheFormAloneForbids) {
  EXPECT_TRUE(is_reader_repair("FM1.00", "RM1.00", 0)) << "the sign stays";
  EXPECT_FALSE(is_reader_repair("FM1.00", "RM1.00", ',')) << "the page has another";
  EXPECT_TRUE(is_reader_repair("82:80", "82.80", '.'));
  EXPECT_FALSE(is_reader_repair("82,80", "82.80", '.')) << "for the column alone";
  EXPECT_TRUE(is_reader_repair("862.97", "2.97", '.'));
  EXPECT_FALSE(is_reader_repair("82.80", "82.80", '.'));
  EXPECT_FALSE(is_reader_repair("O.OO", "0.OO", '.')) << "a number from a word";
  EXPECT_FALSE(is_reader_repair("657", "GST", '.')) << "a number lost";
  EXPECT_FALSE(is_reader_repair("$413", "9413", '.')) << "a sign of currency";
  EXPECT_FALSE(is_reader_repair("250\u00B0C", "2509C", '.')) << "a sign of degrees";
  EXPECT_FALSE(is_reader_repair("1862.97", "2.97", '.')) << "three characters";
  EXPECT_FALSE(is_reader_repair("29.95", "2995", '.')) << "a sign that both may miss";
  EXPECT_FALSE(is_reader_repair("29.95", "2996", '.')) << "and a digit beside it";
  EXPECT_FALSE(is_reader_repair("2137", "2137)", '.')) << "a mark that is no digit";
  EXPECT_FALSE(is_reader_repair("82:80", "82,80", '.')) << "not the page's sign";
  EXPECT_FALSE(is_reader_repair("82:80", "82,80", 0)) << "a page without a sign";
  EXPECT_TRUE(is_reader_repair("81.80", "82.80", 0));
}

}  // namespace
}  // namespace emend
