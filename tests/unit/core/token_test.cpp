// SPDX-License-Identifier: Apache-2.0
#include "core/token.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace emend {
namespace {

void expect_kind(WordKind kind, const std::vector<std::string>& tokens) {
  for (const std::string& token : tokens) EXPECT_EQ(classify(token), kind) << token;
}

TEST(StripOuter, PartsJoinedAreTheToken) {
  for (const std::string token : {"(Total:)", "\u201EHallo\u201C,", "...", "", "$5.00.", "don't",
                                  "#12", "\u2014x\u2014", "a\xFFz", "\xC3", "...5", "-.50"}) {
    const TokenParts parts = strip_outer(token);
    std::string joined(parts.lead);
    joined += parts.core;
    joined += parts.trail;
    EXPECT_EQ(joined, token);
  }
}

TEST(StripOuter, KeepsWhatBelongsToTheWord) {
  EXPECT_EQ(strip_outer("(Total:)").core, "Total");
  EXPECT_EQ(strip_outer("\u201EHallo\u201C,").core, "Hallo");
  EXPECT_EQ(strip_outer("don't").core, "don't");
  EXPECT_EQ(strip_outer("U.S.A.").core, "U.S.A");
  EXPECT_EQ(strip_outer(".50").core, ".50");
  EXPECT_EQ(strip_outer("...").core, "");
  EXPECT_EQ(strip_outer("19%,").core, "19%");
  EXPECT_EQ(strip_outer("#12;").core, "#12");
  EXPECT_EQ(strip_outer("infor-").core, "infor");
  EXPECT_EQ(strip_outer("infor-").trail, "-");
}

TEST(Classify, TellsTheKindsApart) {
  expect_kind(WordKind::word, {"Total", "Total:", "don't", "self-made", "\u00C9t\u00E9", "and/or",
                               "Ltd.", "Co.Ltd", "(the", "No.in", "e.g."});
  expect_kind(WordKind::number, {"12", "$100.00", "(12.50)", "2023-07-15,", "14:05", "19%", "2x",
                                 "RM5.00", "-3,00", "*12.50", "12.-"});
  expect_kind(WordKind::identifier, {"INV-001", "A4", "S117", "$1O0.00", "#12345", "lnvo1ce",
                                     "7029F711/F714", "INV/2018/001", "$lO.OO", "x\u00B2y"});
  expect_kind(WordKind::currency, {"$", "EUR", "RM", "(\u20AC)", "US$"});
  expect_kind(WordKind::link, {"info@example.com", "www.example.com", "www,example,com",
                               "http://x.org/a1", "example.com", "EXAMPLE.COM", "/usr/lib",
                               "C:\\temp", "a/b/c", "<me@mail,com>", "3com.com"});
  expect_kind(WordKind::symbol, {"", "...", "-", "#", "&", "%", "|", "@", "\u2022"});
}

TEST(HasNumeral, SeesDigitsOfEveryScript) {
  for (const char* token : {"a1", "\u0663", "m\u00B2", "\u00BD", "\u2167", "\u0967"}) {
    EXPECT_TRUE(has_numeral(token)) << token;
  }
  for (const char* token : {"", "IV", "one", "\u00B0"}) EXPECT_FALSE(has_numeral(token)) << token;
}

TEST(IsLocked, HoldsEverythingButWords) {
  for (const char* token : {"12", "A4", "$", "$x", "a\u20ACb", "EUR", "19%", "x%", "5\u2030",
                            "\u2030a", "info@example.com", "www.a.b", "-", "", "m\u00B2", "RM"}) {
    EXPECT_TRUE(is_locked(token)) << token;
  }
  for (const char* token : {"Total", "(Total)", "Invoic", "and/or", "R&D", "O'Neil"}) {
    EXPECT_FALSE(is_locked(token)) << token;
  }
}

}  // namespace
}  // namespace emend
