// SPDX-License-Identifier: Apache-2.0
#include "correct/verify.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

using Words = std::vector<std::string>;

Edit edit(std::size_t word, const std::string& before, const std::string& after,
          EditReason reason = EditReason::language) {
  return {.words = {word, 1}, .before = before, .after = after, .reason = reason};
}

// The breach of a line of one word that changed for a reason; empty when there is none.
std::string breach(const std::string& before, const std::string& after,
                   EditReason reason = EditReason::language) {
  const Words old_words = {before};
  const Words new_words = {after};
  const std::vector<Edit> edits = {edit(0, before, after, reason)};
  return find_breach({old_words, new_words, edits}).value_or("");
}

TEST(Verify, PassesALineThatStayedOrChangedAsItSays) {
  const Words before = {"Invoic", "#", "12345"};
  const Words after = {"Invoice", "#", "12345"};
  const std::vector<Edit> edits = {edit(0, "Invoic", "Invoice")};
  EXPECT_EQ(find_breach({before, before, {}}), std::nullopt);
  EXPECT_EQ(find_breach({before, after, edits}), std::nullopt);
  EXPECT_EQ(find_breach({{}, {}, {}}), std::nullopt);
}

TEST(Verify, CatchesWhatNoEditExplains) {
  const Words before = {"Total", "5.00"};
  const Words after = {"Total", "6.00"};
  const Words longer = {"Total", "5.00", "x"};
  EXPECT_TRUE(find_breach({before, after, {}}));
  EXPECT_TRUE(find_breach({before, longer, {}}));
  EXPECT_TRUE(find_breach({longer, before, {}}));
}

TEST(Verify, CatchesEditsThatDoNotMatchTheLine) {
  const Words before = {"tbe", "end"};
  const Words after = {"the", "end"};
  const auto check = [&](const std::vector<Edit>& edits) {
    return find_breach({before, after, edits}).has_value();
  };
  EXPECT_FALSE(check({edit(0, "tbe", "the")}));
  EXPECT_TRUE(check({edit(0, "tbe", "thee")}));
  EXPECT_TRUE(check({edit(0, "tke", "the")}));
  EXPECT_TRUE(check({edit(1, "tbe", "the")}));
  EXPECT_TRUE(check({edit(1, "end", "end")})) << "an edit elsewhere explains nothing";
  EXPECT_TRUE(check({edit(0, "tbe", "the"), edit(0, "tbe", "the")}));
  EXPECT_TRUE(check({edit(0, "tbe", "the"), edit(7, "x", "y")}));
  Edit two = edit(0, "tbe", "the");
  two.words.count = 2;
  EXPECT_TRUE(check({two}));
  Edit rejected = edit(0, "tbe", "the");
  rejected.verdict = Verdict::locked;
  EXPECT_TRUE(check({rejected}));
}

TEST(Verify, HoldsNumbersSignsAndLinksAgainstLanguage) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"12", "13"},
                                                        {"A4", "AA"},
                                                        {"$5", "5"},
                                                        {"19%", "19"},
                                                        {"\u20ACx", "Ex"},
                                                        {"five", "5"},
                                                        {"x", "x\u00B2"},
                                                        {"Euro", "\u20AC"},
                                                        {"me@x.de", "me"},
                                                        {"www.exampel.com", "www.example.com"},
                                                        {"and/or/if", "and/or/of"},
                                                        {"5.00", "5.00 "}}) {
    EXPECT_NE(breach(before, after), "") << before << " -> " << after;
  }
}

TEST(Verify, HoldsOuterPunctuationAndForm) {
  EXPECT_EQ(breach("(tbe,", "(the,"), "");
  for (const std::string after : {"the", "(the.", "(the", "the,", "(the,)", "(the, ", "(the,\n",
                                  "(t\the,", "(t\x01he,", "(th\xFF,", "", "(the cat sat,"}) {
    EXPECT_NE(breach("(tbe,", after), "") << after;
  }
  EXPECT_EQ(breach("GSTSUMMARY", "GST SUMMARY"), "");
  EXPECT_EQ(breach("|", "I"), "");
  EXPECT_NE(breach("|", "l"), "");
  EXPECT_NE(breach("TAXINVOICE", "TAX IN VOICE"), "");
  EXPECT_NE(breach("", "the"), "");
  EXPECT_NE(breach("thee",
                   "th\xFF"
                   "e"),
            "");
}

TEST(Verify, AllowsLookAlikeRepairsInAFormOnly) {
  const auto reason = EditReason::look_alike_repair;
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"$1O0.00", "$100.00"},
                                                        {"RMO.55", "RM0.55"},
                                                        {"2O23-07-15", "2023-07-15"},
                                                        {"1O:30", "10:30"},
                                                        {"(1O.00)", "(10.00)"},
                                                        {"3O-OCT-18", "30-OCT-18"},
                                                        {"1234O678", "12340678"},
                                                        {"1O.00EUR", "10.00EUR"},
                                                        {"1,O00.00", "1,000.00"}}) {
    EXPECT_EQ(breach(before, after, reason), "") << before;
  }
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"25SQ#", "2550#"},
                                                        {"25SQ#", "255Q#"},
                                                        {"S117", "5117"},
                                                        {"$1O0.00", "$1000.00"},
                                                        {"$1O0.00", "$180.00"},
                                                        {"$1O0.00", "$100,00"},
                                                        {"100.00", "100.00"},
                                                        {"100.00", "101.00"},
                                                        {"O.OO", "0.00"},
                                                        {"12A45O78", "12A45078"},
                                                        {"1O", "10"},
                                                        {"O12345", "012345"},
                                                        {"1O%", "10%"},
                                                        {"1O.00", "10.00EUR"},
                                                        {"12O4", "1204"}}) {
    EXPECT_NE(breach(before, after, reason), "") << before << " -> " << after;
  }
}

TEST(Verify, AllowsWordRepairsOfDigitsOnly) {
  const auto reason = EditReason::word_repair;
  EXPECT_EQ(breach("lnvo1ce", "Invoice", reason), "");
  EXPECT_EQ(breach("T0TAL:", "TOTAL:", reason), "");
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"12", "IZ"},
                                                        {"lnvo1ce", "Invo1ce"},
                                                        {"lnvo1ce", "Invoce"},
                                                        {"pr1ce", "prime"},
                                                        {"pr7ce", "price"},
                                                        {"100O", "lOOO"},
                                                        {"$0NE", "SONE"},
                                                        {"word", "word"},
                                                        {"lnvo1ce", "Invoices"},
                                                        {"1n5t1tute", "institute"}}) {
    EXPECT_NE(breach(before, after, reason), "") << before << " -> " << after;
  }
}

TEST(Verify, ALayoutRepairKeepsAllButSeparatorsAndOneGap) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"4,00", "4.00"},
                                                        {"2 20", "2.20"},
                                                        {"(RM4,00)", "(RM4.00)"},
                                                        {"1.234.50", "1.234,50"}}) {
    EXPECT_EQ(breach(before, after, EditReason::layout_repair), "") << before << " -> " << after;
  }
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"4,00", "5.00"},
                                                        {"4,00", "4.01"},
                                                        {"$4,00", "$400"},
                                                        {"4A5B6,00", "4A5B6.00"},
                                                        {"1 234,50", "1 234.50"},
                                                        {"4,00", "40.0"},
                                                        {"4,000", "4.000"},
                                                        {"4,00", "4 .00"},
                                                        {"1 2 20", "12.20"},
                                                        {"$4,00", "\u20AC4.00"},
                                                        {"-4,00", "4.00"},
                                                        {"4,00", "4.00.00"},
                                                        {"A4,00", "B4.00"},
                                                        {"4,00-", "4.00"},
                                                        {"1,234,50", "1.234.50"},
                                                        {"tea,00", "tea.00"}}) {
    EXPECT_NE(breach(before, after, EditReason::layout_repair), "") << before << " -> " << after;
  }
}

// The breach of a word whose digits changed, given what further looks read.
std::string reading_breach(const std::string& before, const std::string& after, Words readings,
                           const std::string& check, const std::string& source = "crop") {
  const Words old_words = {before};
  const Words new_words = {after};
  std::vector<Edit> edits = {edit(0, before, after, EditReason::second_reading)};
  edits[0].evidence.check = check;
  edits[0].evidence.source = source;
  const std::vector<Words> all = {std::move(readings)};
  return find_breach({old_words, new_words, edits, all}).value_or("");
}

TEST(Verify, OtherDigitsWereReadAndAreWanted) {
  EXPECT_EQ(reading_breach("87.50", "37.50", {"37.50"}, "line_total"), "");
  EXPECT_EQ(reading_breach("(87.50)", "(37.60)", {"37.50", "37.60."}, "sum"), "");
  EXPECT_EQ(reading_breach("87.50", "37.50", {"37.50"}, "", "crop+emend"), "");
  EXPECT_NE(reading_breach("87.50", "37.50", {}, "line_total"), "") << "nobody read it";
  EXPECT_NE(reading_breach("87.50", "37.50", {"37.60"}, "line_total"), "") << "nobody read it";
  EXPECT_NE(reading_breach("87.50", "37.50", {"37.50"}, ""), "") << "nothing wants it";
  EXPECT_NE(reading_breach("87.50", "37.50", {"37.50"}, "", "emend"), "") << "one reader";
  EXPECT_NE(reading_breach("87.50", "3750", {"3750"}, "sum"), "");
  EXPECT_NE(reading_breach("87.50", "87.501", {"87.501"}, "sum"), "") << "a digit more";
  EXPECT_NE(reading_breach("87.50", "37,50", {"37,50"}, "sum"), "");
  EXPECT_NE(reading_breach("8O.50", "80.50", {"80.50"}, "sum"), "");
  EXPECT_NE(reading_breach("87.50", "31.60", {"31.60"}, "sum"), "") << "three digits";
  EXPECT_NE(breach("40.00", "90.00", EditReason::second_reading), "");
}

// The breach of a word in whose place emend's reader, with somebody, reads something else.
std::string two_readers_breach(const std::string& before, const std::string& after, Words readings,
                               const std::string& source = "column+emend", double gain = 9,
                               double cost = 4, double margin = 4) {
  const Words old_words = {before};
  const Words new_words = {after};
  std::vector<Edit> edits = {edit(0, before, after, EditReason::second_reading)};
  edits[0].evidence = {source, gain, cost, margin, ""};
  const std::vector<Words> all = {std::move(readings)};
  return find_breach({old_words, new_words, edits, all}).value_or("");
}

TEST(Verify, TwoReadersMayRepairMoreThanDigits) {
  EXPECT_EQ(two_readers_breach("470", "4.70", {"4.70"}), "");
  EXPECT_EQ(two_readers_breach("@.72", "0.72", {"0.72"}, "form+emend"), "");
  EXPECT_EQ(two_readers_breach("O12", "012", {"012"}, "alternatives+emend"), "");
  EXPECT_EQ(two_readers_breach("862.97", "2.97", {"2.97", "2.97"}, "look+emend"), "");
  EXPECT_EQ(two_readers_breach("ZJB6", "ZJ86", {"ZJ86", "zj86"}, "crop+emend"), "");
  EXPECT_EQ(two_readers_breach("C638", "C38", {"C38", "C38"}, "look+emend"), "");
  EXPECT_EQ(two_readers_breach("14.00", "17.00", {"17.00"}, "page+emend"), "");
  EXPECT_EQ(two_readers_breach("80", "0", {"0", "@"}, "look+emend"), "") << "a zero with a stroke";
  EXPECT_NE(two_readers_breach("80", "8", {"8", "@"}, "look+emend"), "");
  EXPECT_EQ(two_readers_breach("OOO2SE7584", "0002587584", {"0002587584"}, "page+emend"), "");
}

TEST(Verify, TwoReadersNeedEachOtherAndTheEvidence) {
  EXPECT_NE(two_readers_breach("470", "4.70", {"4.70"}, "column"), "") << "without emend's reader";
  EXPECT_NE(two_readers_breach("470", "4.70", {"4.70"}, "emend"), "") << "nobody else";
  EXPECT_NE(two_readers_breach("470", "4.70", {"4.70"}, "column+emend", 5, 4), "") << "too little";
  EXPECT_NE(two_readers_breach("470", "4.70", {"4.70"}, "column+emend", 9, 4, 1), "")
      << "no margin";
  EXPECT_NE(two_readers_breach("470", "4.70", {}), "") << "nobody read it";
  EXPECT_NE(two_readers_breach("862.97", "2.97", {"2.97"}, "look+emend"), "") << "one reading";
}

TEST(Verify, TwoReadersKeepToTheForm) {
  EXPECT_NE(two_readers_breach("O.OO", "O.00", {"O.00"}), "") << "a number from a word";
  EXPECT_NE(two_readers_breach("6S7", "GST", {"GST", "GST"}, "look+emend"), "") << "a number lost";
  EXPECT_NE(two_readers_breach("$4.13", "94.13", {"94.13"}), "") << "a sign of currency";
  EXPECT_NE(two_readers_breach("250\u00B0C", "2509C", {"2509C", "2509C"}, "look+emend"), "");
  EXPECT_NE(two_readers_breach("1862.97", "2.97", {"2.97", "2.97"}, "look+emend"), "") << "far";
  EXPECT_NE(two_readers_breach("29.95", "2995", {"2995", "2995"}, "look+emend"), "") << "faint";
  EXPECT_NE(two_readers_breach("47O", "470", {"470"}), "") << "no amount";
  EXPECT_NE(two_readers_breach("AO12", "A012", {"A012"}, "alternatives+emend"), "") << "a code";
  EXPECT_NE(two_readers_breach("(470)", "4.70)", {"4.70"}), "") << "punctuation around it";
}

TEST(Verify, AnAtSignMayBeAZero) {
  const std::string source = "alternatives+emend";
  EXPECT_EQ(two_readers_breach("@", "0", {"0"}, source), "");
  EXPECT_NE(two_readers_breach("@", "8", {"8"}, source), "") << "another digit";
  EXPECT_NE(two_readers_breach("O", "0", {"0"}, source), "") << "another sign";
  EXPECT_NE(two_readers_breach("@", "0", {"0"}, "emend"), "") << "nobody else";
  EXPECT_NE(two_readers_breach("@", "0", {"0"}, "alternatives"), "") << "without emend's reader";
  EXPECT_NE(two_readers_breach("@", "0", {"0"}, source, 5, 4), "") << "too little";
  EXPECT_NE(two_readers_breach("@", "0", {"@"}, source), "") << "nobody read it";
  EXPECT_EQ(two_readers_breach("@", "0", {"0"}, "alternatives+page+emend", 5, 6, 1), "");
  EXPECT_NE(two_readers_breach("@", "0", {"0"}, "alternatives+page+emend", 5, 9, 1), "");
  EXPECT_NE(two_readers_breach("@", "0", {"0"}, source, 9, 4, 1), "") << "no other one";
}

TEST(Verify, NumbersStayWhenTheUserSaysSo) {
  const auto strict_breach = [](const std::string& before, const std::string& after,
                                EditReason reason) {
    const Words old_words = {before};
    const Words new_words = {after};
    const std::vector<Edit> edits = {edit(0, before, after, reason)};
    return find_breach({.before = old_words,
                        .after = new_words,
                        .applied = edits,
                        .readings = {},
                        .numbers_stay = true})
        .value_or("");
  };
  EXPECT_NE(strict_breach("$1O0.00", "$100.00", EditReason::look_alike_repair), "");
  EXPECT_NE(strict_breach("4,00", "4.00", EditReason::layout_repair), "");
  EXPECT_NE(strict_breach("lnvo1ce", "Invoice", EditReason::word_repair), "");
  EXPECT_EQ(strict_breach("Invoic", "Invoice", EditReason::language), "");
}

TEST(Verify, BoundsTheChangeOfALine) {
  const Words before = {"abcdefgh", "abcdefgh"};
  const Words after = {"vwxyzfgh", "vwxyzfgh"};
  const std::vector<Edit> edits = {edit(0, before[0], after[0]), edit(1, before[1], after[1])};
  EXPECT_EQ(breach("abcdefghij", "vwxyefghij"), "");
  EXPECT_TRUE(find_breach({before, after, edits}));
}

}  // namespace
}  // namespace emend
