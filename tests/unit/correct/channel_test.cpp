// SPDX-License-Identifier: Apache-2.0
#include "correct/channel.h"

#include <gtest/gtest.h>

#include "correct/look_alike.h"
#include "correct_fakes.h"

namespace emend {
namespace {

Misreading explained(const std::string& seen, const std::string& meant, const Listed& listed = {}) {
  const auto slots = slots_of(seen, listed);
  return explain({to_code_points(seen), slots}, to_code_points(meant), channel_costs(true, false));
}

TEST(Explain, CostsNothingWhenNothingDiffers) {
  EXPECT_EQ(explained("word", "word"), Misreading{});
  EXPECT_EQ(explained("", ""), Misreading{});
}

TEST(Explain, PrefersWhatTheRecogniserLists) {
  const Misreading way = explained("Totol", "Total", {{3, {{"a", 0.7}}}});
  EXPECT_DOUBLE_EQ(way.against, 0.7);
  EXPECT_LT(way.cost, explained("Totol", "Total").cost);
  EXPECT_LT(way.total(), explained("Totol", "Total", {{3, {{"a", 2.7}}}}).total());
  EXPECT_EQ(way.alternatives, 1U);
  EXPECT_EQ(way.guesses + way.look_alikes + way.spaces, 0U);
}

TEST(Explain, BelievesTheRecogniserLessInAShortWordOrOneWithADigit) {
  const double word = explained("Totol", "Total", {{3, {{"a", 0.7}}}}).cost;
  EXPECT_LT(word, explained("ot", "of", {{1, {{"f", 0.7}}}}).cost);
  EXPECT_LT(word, explained("aae", "age", {{1, {{"g", 0.7}}}}).cost);
  EXPECT_LT(word, explained("Tota1", "Total", {{4, {{"l", 0.7}}}}).cost);
}

TEST(Explain, KnowsGroupsOfLookAlikes) {
  const Misreading way = explained("rnodern", "modern");
  EXPECT_EQ(way.look_alikes, 1U);
  EXPECT_EQ(way.guesses, 0U);
  EXPECT_EQ(explained("vvord", "word").look_alikes, 1U);
  EXPECT_EQ(explained("lnvoice", "Invoice").look_alikes, 1U);
}

TEST(Explain, CountsGuessesAndLostSpaces) {
  EXPECT_EQ(explained("Invoic", "Invoice").guesses, 1U);
  EXPECT_EQ(explained("xxxx", "yyyy").guesses, 4U);
  const Misreading split = explained("GSTSUMMARY", "GST SUMMARY");
  EXPECT_EQ(split.spaces, 1U);
  EXPECT_EQ(split.guesses, 0U);
}

TEST(Explain, IgnoresCostsThatAreNone) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(explained("cat", "cut", {{1, {{"u", none}}}}).alternatives, 0U);
  EXPECT_EQ(explained("cat", "cut", {{1, {{"u", -50}}}}).alternatives, 0U);
  EXPECT_GT(explained("cat", "cut", {{1, {{"", 0.1}}}}).cost, 1);
}

TEST(SpellAlternatives, GivesEveryStringOnceCheapestFirst) {
  const auto slots = slots_of("ab", {{0, {{"x", 1.0}, {"y", 3.0}}}, {1, {{"z", 1.5}}}});
  std::vector<std::string> texts;
  double last = 0;
  for (const LatticeString& found : spell_alternatives(slots, 10, 100)) {
    texts.push_back(found.text);
    EXPECT_GE(found.cost, last);
    last = found.cost;
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"xb", "az", "xz", "yb", "yz"}));
}

TEST(SpellAlternatives, KeepsItsBounds) {
  const auto slots = slots_of("aaaa", {{0, {{"b", 1}}}, {1, {{"b", 1}}}, {2, {{"b", 11}}}});
  EXPECT_EQ(spell_alternatives(slots, 1.5, 100).size(), 2U);
  EXPECT_EQ(spell_alternatives(slots, 10, 1).size(), 1U);
  EXPECT_TRUE(spell_alternatives({}, 10, 10).empty());
  const std::vector<std::vector<Alternative>> hole = {{{"a", 0}, {"b", 1}}, {}};
  EXPECT_TRUE(spell_alternatives(hole, 10, 10).empty());
}

TEST(LookAlikes, NeverMeanADigit) {
  for (const LookAlike& pair : look_alikes()) {
    EXPECT_GT(pair.cost, 0);
    for (const char32_t c : pair.meant) EXPECT_FALSE(is_numeral(c)) << to_utf8(pair.meant);
  }
}

TEST(LookAlikes, AreFoundByTheirFirstCharacter) {
  std::size_t found = 0;
  for (char32_t c = 0; c < 0xFFFF; ++c) {
    for (const LookAlike& pair : look_alikes_of(c)) {
      EXPECT_EQ(pair.seen.front(), c);
      ++found;
    }
  }
  EXPECT_EQ(found, look_alikes().size());
}

TEST(LookAlikes, OneLetterOneDigit) {
  EXPECT_EQ(digit_like(U'O'), U'0');
  EXPECT_EQ(digit_like(U'l'), U'1');
  EXPECT_EQ(digit_like(U'S'), U'5');
  EXPECT_EQ(digit_like(U'x'), std::nullopt);
  EXPECT_TRUE(is_certain_digit(U'O'));
  EXPECT_FALSE(is_certain_digit(U'S'));
  EXPECT_TRUE(is_letter_like(U'1', U'i'));
  EXPECT_FALSE(is_letter_like(U'7', U'i'));
}

}  // namespace
}  // namespace emend
