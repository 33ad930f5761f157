// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/alternatives.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

using Slots = std::vector<SymbolSlot>;

const SymbolSlot kBlank{{" ", 1.0}};

TEST(Alternatives, CostNatsBelowThePrintedCharacter) {
  const auto characters =
      fitting_alternatives({"6", "1"}, Slots{{{"6", 1.67}, {"0", 6.62}}, {{"1", 0.96}}});
  ASSERT_EQ(characters.size(), 2U);
  ASSERT_EQ(characters[0].size(), 2U);
  EXPECT_EQ(characters[0][0], (Alternative{"6", 0}));
  EXPECT_EQ(characters[0][1].text, "0");
  EXPECT_NEAR(characters[0][1].cost, 2.2, 1e-9);
  EXPECT_EQ(characters[1].size(), 1U);
}

TEST(Alternatives, BlankSlotsAreNotPartOfTheWord) {
  EXPECT_EQ(fitting_alternatives({"a", "b"}, Slots{kBlank, {{"a", 1}}, {}, {{"b", 1}}}).size(), 2U);
}

TEST(Alternatives, OneSlotTooManyAtEitherEndIsCutOff) {
  EXPECT_EQ(fitting_alternatives({"a", "b"}, Slots{{{"x", 1}}, {{"a", 1}}, {{"b", 1}}})[0][0].text,
            "a");
  EXPECT_EQ(fitting_alternatives({"a", "b"}, Slots{{{"a", 1}}, {{"b", 1}}, {{"x", 1}}}).size(), 2U);
}

TEST(Alternatives, AMissingSlotDropsAll) {
  EXPECT_TRUE(fitting_alternatives({"2", "5", "/"}, Slots{kBlank, {{"5", 1}}, {{"/", 1}}}).empty());
  EXPECT_TRUE(fitting_alternatives({"a"}, {}).empty());
}

TEST(Alternatives, ASlotThatDoesNotBeginWithThePrintedCharacterDropsAll) {
  EXPECT_TRUE(
      fitting_alternatives({"l", "e", "x"}, Slots{{{"L", 1}, {"l", 2}}, {{"e", 1}}, {{"x", 1}}})
          .empty());
  EXPECT_TRUE(fitting_alternatives({"a", "b"}, Slots{{{"b", 1}}, {{"a", 1}}}).empty());
}

TEST(Alternatives, TooManySlotsDropAll) {
  EXPECT_TRUE(fitting_alternatives({"a"}, Slots{{{"a", 1}}, {{"a", 1}}, {{"a", 1}}}).empty());
}

TEST(Alternatives, AreSortedUniqueAndNeverNegative) {
  const auto characters = fitting_alternatives(
      {"a"}, Slots{{{"a", 3.0}, {"o", 9.0}, {"e", 2.0}, {"o", 4.0}, {" ", 3.5}, {"", 3.1}}});
  ASSERT_EQ(characters.size(), 1U);
  ASSERT_EQ(characters[0].size(), 3U);
  EXPECT_EQ(characters[0][0], (Alternative{"a", 0}));
  EXPECT_EQ(characters[0][1], (Alternative{"e", 0}));
  EXPECT_EQ(characters[0][2].text, "o");
}

TEST(Alternatives, TheHopelessAreLeftOut) {
  EXPECT_EQ(fitting_alternatives({"a"}, Slots{{{"a", 1}, {"z", 40}}})[0].size(), 1U);
}

TEST(Alternatives, InvalidTextIsLeftOut) {
  EXPECT_EQ(fitting_alternatives({"a"}, Slots{{{"a", 1}, {"\xff", 2}}})[0].size(), 1U);
}

TEST(Alternatives, ACharacterThatNormalisationChangesDropsAll) {
  const std::string apart = "e\xcc\x81";  // e and a combining accent
  EXPECT_TRUE(fitting_alternatives({apart}, Slots{{{apart, 1}}}).empty());
}

}  // namespace
}  // namespace emend
