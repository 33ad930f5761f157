// SPDX-License-Identifier: Apache-2.0
#include "correct/number_guard.h"

#include <gtest/gtest.h>

#include "correct_fakes.h"

namespace emend {
namespace {

// The repair of `core`, with what the recogniser lists; the text itself when there is none.
std::string repaired(const std::string& core, const Listed& listed = {}) {
  const auto slots = slots_of(core, listed);
  const auto found = find_look_alike_repair({to_code_points(core), slots});
  return found ? to_utf8(*found) : core;
}

bool allows(const std::string& before, const std::string& after, const Listed& listed = {}) {
  const auto slots = slots_of(before, listed);
  return is_look_alike_repair({to_code_points(before), slots}, to_code_points(after));
}

TEST(LookAlikeRepair, TurnsLettersIntoTheDigitsOfAForm) {
  EXPECT_EQ(repaired("$1O0.00"), "$100.00");
  EXPECT_EQ(repaired("$10O.OO"), "$100.00");
  EXPECT_EQ(repaired("RMO.55"), "RM0.55");
  EXPECT_EQ(repaired("1l.50"), "11.50");
  EXPECT_EQ(repaired("O.50"), "0.50");
  EXPECT_EQ(repaired("2O23-07-15"), "2023-07-15");
  EXPECT_EQ(repaired("I5/07/2O23"), "15/07/2023");
  EXPECT_EQ(repaired("3O-OCT-2018"), "30-OCT-2018");
  EXPECT_EQ(repaired("1O:3O"), "10:30");
  EXPECT_EQ(repaired("USD1O.00"), "USD10.00");
  EXPECT_EQ(repaired("1O.OOEUR"), "10.00EUR");
  EXPECT_EQ(repaired("1,O00.00"), "1,000.00");
}

TEST(LookAlikeRepair, WorksWithoutSlots) {
  const auto found = find_look_alike_repair({U"$1O0.00", {}});
  ASSERT_TRUE(found);
  EXPECT_EQ(to_utf8(*found), "$100.00");
}

TEST(LookAlikeRepair, LeavesWhatTheLooseRuleBroke) {
  for (const char* core :
       {"25SQ#", "S117",  "T0446",  "A4",     "7029F711",   "INV-1O", "1O%", "12.5S",
        "S5.00", "B2B",   "I.10",   "l:30",   "O.OO",       "$O.OO",  "1st", "5l",
        "2x",    "460ML", "12345B", "B12345", "DE8937O400", "B:30",   "1O",  "O1"}) {
    EXPECT_EQ(repaired(core), core);
  }
}

TEST(LookAlikeRepair, TakesAnAmbiguousLetterOnTheRecognisersWordOnly) {
  EXPECT_EQ(repaired("1S.00"), "1S.00");
  EXPECT_EQ(repaired("1S.00", {{1, {{"5", 2.0}}}}), "15.00");
  EXPECT_EQ(repaired("1S.00", {{1, {{"8", 1.0}, {"5", 2.0}}}}), "1S.00");
  EXPECT_EQ(repaired("1S.00", {{1, {{"5", 8.0}}}}), "1S.00");
  EXPECT_EQ(repaired("1O.00", {{1, {{"9", 1.0}}}}), "1O.00") << "another digit is likelier";
}

TEST(LookAlikeRepair, TakesALetterAmongManyDigitsWhenItIsListed) {
  EXPECT_EQ(repaired("1234O678"), "1234O678");
  EXPECT_EQ(repaired("1234O678", {{4, {{"0", 1.5}}}}), "12340678");
  EXPECT_EQ(repaired("B1234678", {{0, {{"8", 1.5}}}}), "B1234678") << "codes begin with letters";
  EXPECT_EQ(repaired("12O4", {{2, {{"0", 1.5}}}}), "12O4") << "too few digits";
  EXPECT_EQ(repaired("12O45O78", {{2, {{"0", 1}}}, {5, {{"0", 1}}}}), "12O45O78") << "two letters";
}

TEST(LookAlikeRepair, ForbidsEverythingElse) {
  EXPECT_FALSE(allows("$1O0.00", "$1O0.00"));
  EXPECT_FALSE(allows("$1O0.00", "$1000.00")) << "a digit more";
  EXPECT_FALSE(allows("$1O0.00", "$10.00")) << "a digit less";
  EXPECT_FALSE(allows("$1O0.00", "$200.00")) << "another digit";
  EXPECT_FALSE(allows("$1O0.00", "$180.00")) << "not the letter's digit";
  EXPECT_FALSE(allows("$1O0.00", "\u20AC100.00")) << "another currency";
  EXPECT_FALSE(allows("$1O0.00", "$100,00")) << "another separator";
  EXPECT_FALSE(allows("100.00", "l00.00")) << "a digit lost to a letter";
  EXPECT_FALSE(allows("lO.OO", "10.00")) << "a number from a word";
  EXPECT_FALSE(allows("1O.00", "10.00EUR")) << "more characters";
  EXPECT_FALSE(allows("2.5l", "2.51", {{3, {{"1", 0.5}}}})) << "litres are a quantity already";
}

class WordRepair : public ::testing::Test {
 protected:
  bool allows(const std::string& before, const std::string& after, const Listed& listed = {}) {
    const auto slots = slots_of(before, listed);
    return is_word_repair({to_code_points(before), slots}, to_code_points(after), known_);
  }
  std::vector<std::string> found(const std::string& before, const Listed& listed = {}) {
    const auto slots = slots_of(before, listed);
    std::vector<std::string> texts;
    for (const auto& word : find_word_repairs({to_code_points(before), slots}, known_)) {
      texts.push_back(to_utf8(word));
    }
    return texts;
  }

  Vocabulary document_;
  KnownWords known_{english(), document_};
};

TEST_F(WordRepair, TurnsDigitsInsideWordsIntoLetters) {
  EXPECT_EQ(found("lnvo1ce"), std::vector<std::string>{"Invoice"});
  EXPECT_EQ(found("T0TAL"), std::vector<std::string>{"TOTAL"});
  EXPECT_EQ(found("Serv1ce"), std::vector<std::string>{"Service"});
  EXPECT_EQ(found("5ervice"), (std::vector<std::string>{"Service", "service"}));
  EXPECT_EQ(found("amo0nt"), std::vector<std::string>{});
}

TEST_F(WordRepair, KeepsNumberFormsAndDigitsBesideWords) {
  EXPECT_TRUE(found("60").empty()) << "GO";
  EXPECT_TRUE(found("5EA").empty()) << "five each, not SEA";
  EXPECT_TRUE(found("ROOM5").empty()) << "ROOM 5, not ROOMS";
  EXPECT_TRUE(found("5LOTS").empty()) << "5 LOTS, not SLOTS";
  EXPECT_TRUE(found("1st").empty());
  EXPECT_TRUE(found("4FT", {{0, {{"A", 1}}}}).empty()) << "four feet, not AFT";
  EXPECT_TRUE(found("MP3").empty());
  EXPECT_TRUE(found("www.g00gle.com").empty());
}

TEST_F(WordRepair, WantsSupportForShortWords) {
  EXPECT_TRUE(found("B0X").empty());
  EXPECT_EQ(found("B0X", {{1, {{"O", 1}}}}), std::vector<std::string>{"BOX"});
  const Listed both = {{1, {{"O", 1}}}, {2, {{"O", 1}}}};
  EXPECT_TRUE(found("B00K", both).empty()) << "as many digits as letters may be a code";
}

TEST_F(WordRepair, ForbidsEverythingElse) {
  EXPECT_TRUE(allows("lnvo1ce", "Invoice"));
  EXPECT_FALSE(allows("lnvo1ce", "Involce")) << "not a word";
  EXPECT_FALSE(allows("lnvo1ce", "Invo1ce")) << "a digit stays";
  EXPECT_FALSE(allows("lnvo1ce", "Invoices")) << "longer";
  EXPECT_FALSE(allows("pr1ce", "prices")) << "longer";
  EXPECT_FALSE(allows("pr1ce", "prime")) << "other letters change";
  EXPECT_FALSE(allows("pr7ce", "price")) << "7 does not look like i";
  EXPECT_FALSE(allows("T0TAL", "ToTAL")) << "mixed case";
  EXPECT_FALSE(allows("price", "price")) << "no digit";
  EXPECT_FALSE(allows("1n5t1tute", "institute")) << "three digits";
}

TEST(DoubtfulNumber, IsADigitBesideALookAlikeWithoutForm) {
  for (const std::u32string text : {U"1O%", U"S117", U"25SQ#", U"12.5S"}) {
    EXPECT_TRUE(is_doubtful_number(text)) << to_utf8(text);
  }
  for (const std::u32string text : {U"12.50", U"A4", U"INV-001", U"7up", U"word"}) {
    EXPECT_FALSE(is_doubtful_number(text)) << to_utf8(text);
  }
}

}  // namespace
}  // namespace emend
