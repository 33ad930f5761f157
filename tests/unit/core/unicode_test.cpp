// SPDX-License-Identifier: Apache-2.0
#include "core/unicode.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

TEST(Unicode, KnowsIllFormedUtf8) {
  EXPECT_TRUE(is_valid_utf8("Total: 100,00 \u20AC"));
  EXPECT_FALSE(is_valid_utf8("caf\xE9"));
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));      // a surrogate
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));          // overlong
}

TEST(Unicode, RepairsEachIllFormedPartOnce) {
  EXPECT_EQ(repaired_utf8("caf\xE9!"), "caf\uFFFD!");
  EXPECT_EQ(repaired_utf8("\xE2\x82"), "\uFFFD");  // a euro sign cut short is one part
  EXPECT_EQ(repaired_utf8("5 \u20AC"), "5 \u20AC");
}

TEST(Unicode, ComposesAndRefusesIllFormedText) {
  EXPECT_EQ(to_nfc("e\u0301").value(), "\u00E9");
  const auto bad = to_nfc("ab\xFF");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(bad.error().message.find("byte 2"), std::string::npos);
}

TEST(Unicode, CodePointsRoundTrip) {
  const std::string text = "a\u00E9\u20AC\U0001F600";
  EXPECT_EQ(to_code_points(text), U"a\u00E9\u20AC\U0001F600");
  EXPECT_EQ(to_utf8(to_code_points(text)), text);
  EXPECT_EQ(to_utf8(char32_t{0xD800}), "\uFFFD");
}

TEST(Unicode, TextFromTheRightIsTurnedRoundAndItsNumbersAreNot) {
  EXPECT_EQ(in_visual_order(U"total 12"), U"total 12");
  EXPECT_EQ(in_visual_order(U"שלום"), U"םולש");
  EXPECT_EQ(in_visual_order(U"סך1250"), U"1250ךס");
  EXPECT_EQ(in_visual_order(U""), U"");
}

TEST(Unicode, KnowsScriptsWithoutSpaces) {
  for (const char32_t c : std::u32string_view(U"合計ひカ、：ไ")) {
    EXPECT_TRUE(is_unspaced(c)) << to_utf8(c);
  }
  for (const char32_t c : std::u32string_view(U"aя1ש")) EXPECT_FALSE(is_unspaced(c)) << to_utf8(c);
}

TEST(Unicode, ClassifiesCharacters) {
  EXPECT_TRUE(is_letter(U'\u00DF') && is_digit(U'7') && is_currency(U'\u20AC'));
  EXPECT_FALSE(is_letter(U'7') || is_digit(U'O') || is_currency(U'%'));
  EXPECT_TRUE(is_space(U'\u00A0'));
  EXPECT_EQ(lowered("\u00C4RGER"), "\u00E4rger");
}

TEST(Characters, NumeralsAreMoreThanDigits) {
  EXPECT_EQ(digit_value(U'7'), 7);
  EXPECT_EQ(digit_value(U'\u0663'), 3);  // Arabic-Indic three
  EXPECT_EQ(digit_value(U'\u00B2'), -1);
  EXPECT_EQ(digit_value(U'x'), -1);
  EXPECT_TRUE(is_numeral(U'7'));
  EXPECT_TRUE(is_numeral(U'\u00B2'));  // superscript two
  EXPECT_TRUE(is_numeral(U'\u00BD'));  // one half
  EXPECT_FALSE(is_numeral(U'I'));
}

}  // namespace
}  // namespace emend
