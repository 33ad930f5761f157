// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/second_look.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/token.h"

namespace emend {
namespace {

Word word(const std::string& text, Box box, double confidence = 0.9) {
  Word made;
  made.box = box;
  made.readings = {{text, confidence, {}}};
  made.kind = classify(text);
  if (has_numeral(text)) made.light = Light::yellow;
  return made;
}

Line line(std::vector<Word> words) {
  Line made;
  made.box = words.front().box;
  made.words = std::move(words);
  return made;
}

std::string text_of(const std::vector<Line>& lines) {
  Page page;
  page.lines = lines;
  return text(page);
}

constexpr Box kLeft{10, 10, 60, 20};
constexpr Box kMiddle{80, 10, 60, 20};
constexpr Box kRight{150, 10, 60, 20};
constexpr Box kBelow{10, 50, 60, 20};
constexpr Box kFurtherBelow{10, 90, 60, 20};

TEST(SecondLook, AddsAWordBetweenThoseOfItsLine) {
  const auto seen = with_second_look(
      {line({word("Total", kLeft), word("EUR", kRight)})},
      {line({word("Total", kLeft), word("12.50", kMiddle), word("EUR", kRight)})}, {});
  EXPECT_EQ(text_of(seen), "Total 12.50 EUR\n");
}

TEST(SecondLook, ALineFromRightToLeftStaysInItsOrder) {
  const std::vector<Line> first = {line({word("אחד", kRight), word("שלוש", kLeft)})};
  const std::vector<Line> second = {line({word("שתיים", kMiddle)})};
  EXPECT_EQ(text_of(with_second_look(first, second, {})), "אחד שתיים שלוש\n");
}

TEST(SecondLook, AddsALineWhereItIsPrinted) {
  const auto seen =
      with_second_look({line({word("first", kLeft)}), line({word("third", kFurtherBelow)})},
                       {line({word("second", kBelow)})}, {});
  EXPECT_EQ(text_of(seen), "first\nsecond\nthird\n");
}

TEST(SecondLook, FindsAllOfAPageOfWhichTheFirstLookSawNothing) {
  const auto seen =
      with_second_look({}, {line({word("first", kLeft)}), line({word("second", kBelow)})}, {});
  EXPECT_EQ(text_of(seen), "first\nsecond\n");
}

TEST(SecondLook, AddsNothingThatIsDoubtfulOrNoWordOrThereAlready) {
  const std::vector<Line> first = {line({word("Total", kLeft)})};
  const std::vector<Line> second = {line({word("Tofal", kLeft, 0.3), word("smear", kMiddle, 0.4)}),
                                    line({word("|", kBelow)})};
  EXPECT_EQ(text_of(with_second_look(first, second, {})), "Total\n");
}

TEST(SecondLook, AddsNothingWhenItMayNot) {
  const auto seen =
      with_second_look({line({word("a", kLeft)})}, {line({word("b", kBelow)})}, {.adds = false});
  EXPECT_EQ(text_of(seen), "a\n");
}

TEST(SecondLook, AFarWordAtTheSameHeightIsOfTheLineOnlyInOneBlock) {
  const std::vector<Line> first = {line({word("left", kLeft)})};
  const std::vector<Line> second = {line({word("column", {400, 10, 60, 20})})};
  EXPECT_EQ(text_of(with_second_look(first, second, {.is_one_block = true})), "left column\n");
  EXPECT_EQ(with_second_look(first, second, {}).size(), 2U);
}

TEST(SecondLook, APoorWordGivesWayToAClearlySurerOneAndIsKeptBesideIt) {
  const auto seen = with_second_look({line({word("Tofal", kLeft, 0.4)})},
                                     {line({word("Total", kLeft, 0.9)})}, {});
  const Word& chosen = seen.front().words.front();
  EXPECT_EQ(chosen.text(), "Total");
  ASSERT_EQ(chosen.other_readings.size(), 1U);
  EXPECT_EQ(chosen.other_readings.front().text, "Tofal");
}

TEST(SecondLook, AWordThatIsAboutAsSureStays) {
  const auto seen = with_second_look({line({word("Tofal", kLeft, 0.85)})},
                                     {line({word("Total", kLeft, 0.9)})}, {});
  EXPECT_EQ(text_of(seen), "Tofal\n");
}

TEST(SecondLook, WordsThatWereCutApartInAnotherWayChangeTogether) {
  const auto seen =
      with_second_look({line({word("to", kLeft), word("GSTSUMMARY", {80, 10, 130, 20}, 0.3)})},
                       {line({word("GST", kMiddle), word("SUMMARY", kRight)})}, {});
  EXPECT_EQ(text_of(seen), "to GST SUMMARY\n");
}

TEST(SecondLook, ANumberIsNeverReplacedHoweverSureTheOtherIs) {
  const auto seen = with_second_look({line({word("40600", kLeft, 0.1)})},
                                     {line({word("40000", kLeft, 0.99)})}, {});
  const Word& number = seen.front().words.front();
  EXPECT_EQ(number.text(), "40600");
  EXPECT_EQ(number.light, Light::red);
  ASSERT_EQ(number.other_readings.size(), 1U);
  EXPECT_EQ(number.other_readings.front().text, "40000");
}

TEST(SecondLook, ANumberIsNotJoinedSplitOrTakenForAWord) {
  const std::vector<Line> first = {line({word("12", kLeft, 0.2), word("50", kMiddle, 0.2)})};
  const auto joined = with_second_look(first, {line({word("1250", {10, 10, 130, 20}, 0.99)})}, {});
  EXPECT_EQ(text_of(joined), "12 50\n");
  const auto named = with_second_look(first, {line({word("twelve", kLeft, 0.99)})}, {});
  EXPECT_EQ(text_of(named), "12 50\n");
}

TEST(SecondLook, GreenNeedsTwoLooksThatAgreeAndAreSure) {
  const auto light = [](double own, const std::string& other, double sure) {
    return with_second_look({line({word("12.50", kLeft, own)})}, {line({word(other, kLeft, sure)})},
                            {})
        .front()
        .words.front()
        .light;
  };
  EXPECT_EQ(light(0.9, "12.50", 0.9), Light::green);
  EXPECT_EQ(light(0.9, "12.50.", 0.9), Light::green);  // the mark after it is not of the number
  EXPECT_EQ(light(0.6, "12.50", 0.9), Light::yellow);
  EXPECT_EQ(light(0.9, "12.50", 0.6), Light::yellow);
  EXPECT_EQ(light(0.9, "12.80", 0.9), Light::red);
}

TEST(SecondLook, AThirdLookThatDiffersTakesTheGreenAway) {
  const std::vector<Line> first = {line({word("12.50", kLeft)})};
  const auto twice = with_second_look(first, first, {});
  EXPECT_EQ(twice.front().words.front().light, Light::green);
  const auto thrice = with_second_look(twice, {line({word("12.80", kLeft)})}, {});
  EXPECT_EQ(thrice.front().words.front().light, Light::red);
}

TEST(SecondLook, PartsOfAnAmountAndAFewDigitsAloneAreNotGreen) {
  const auto lights = [](std::vector<Word> words) {
    const std::vector<Line> look = {line(std::move(words))};
    std::vector<Light> seen;
    for (const Word& word : with_second_look(look, look, {}).front().words) {
      seen.push_back(word.light);
    }
    return seen;
  };
  using enum Light;
  EXPECT_EQ(lights({word("100.", kLeft), word("00", kMiddle)}), (std::vector{yellow, yellow}));
  EXPECT_EQ(lights({word("RMO.", kLeft), word("40", kMiddle)}).back(), yellow);
  EXPECT_EQ(lights({word("100.00", kLeft), word("40", kMiddle)}), (std::vector{green, green}));
  EXPECT_EQ(lights({word("27", kLeft)}), (std::vector{yellow}));
  EXPECT_EQ(lights({word("270", kLeft)}), (std::vector{green}));
}

TEST(SecondLook, ANumberThatOnlyOneLookSawIsNotGreen) {
  const auto seen = with_second_look({line({word("12.50", kLeft)})}, {}, {});
  EXPECT_EQ(seen.front().words.front().light, Light::yellow);
}

TEST(SecondLook, WhatNothingSpeaksForIsSetAsideButNoNumberIs) {
  const std::vector<Line> first = {
      line({word("Total", kLeft, 0.9), word("5", kMiddle, 0.1), word("ae", kRight, 0.4)})};
  const auto seen = with_second_look(first, {line({word("Total", kLeft)})}, {.sets_aside = true});
  EXPECT_EQ(text_of(seen), "Total 5\n");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen.back().is_noise);
  EXPECT_EQ(seen.back().words.front().text(), "ae");
  EXPECT_EQ(text_of(with_second_look(first, {line({word("Total", kLeft)})}, {})), "Total 5 ae\n");
}

TEST(SettledWords, AreThoseOfLinesThatAnotherLookCouldOnlyReadAlike) {
  const Line sure = line({word("Kedai", kLeft), word("Buku", kMiddle)});
  const auto boxes = settled_words({sure, line({word("12.50", kBelow)})});
  ASSERT_EQ(boxes.size(), 2U);
  EXPECT_EQ(boxes[0], kLeft);
  EXPECT_EQ(boxes[1], kMiddle);
}

TEST(SettledWords, AreNoneOfALineWithANumberADoubtOrASign) {
  for (const Word& other : {word("12.50", kMiddle), word("O.OO", kMiddle), word("$", kMiddle),
                            word("Buku", kMiddle, 0.79), word("*", kMiddle)}) {
    EXPECT_TRUE(settled_words({line({word("Kedai", kLeft), other})}).empty()) << other.text();
  }
}

TEST(SettledWords, TouchNoWordOfAnotherLine) {
  const Line sure = line({word("Kedai", kLeft), word("Buku", kMiddle)});
  const Line over = line({word("12.50", {100, 28, 60, 20})});  // two pixels of its top
  EXPECT_TRUE(settled_words({sure, over}).empty());
}

}  // namespace
}  // namespace emend
