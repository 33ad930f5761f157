// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/number_crops.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/token.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using std::chrono::steady_clock;

class NumberCrops : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Recogniser::open({"eng"});
    ASSERT_TRUE(opened) << opened.error().message;
    recogniser_ = std::move(*opened);
    page_ = {.pixels = fixtures::text_page({"Green tea 3 12.50 37.50", "Copper 2 10.00 20.00"}),
             .dpi = 300,
             .segmentation = Segmentation::single_block};
    auto lines = recogniser_->recognise(page_, options_);
    ASSERT_TRUE(lines) << lines.error().message;
    lines_ = std::move(*lines);
    ASSERT_EQ(number("37.50").text(), "37.50");
  }

  Word& number(const std::string& text) {
    for (Line& line : lines_) {
      for (Word& word : line.words) {
        if (word.text() == text) return word;
      }
    }
    return lines_.front().words.front();
  }
  void read_again(const std::chrono::milliseconds& patience = std::chrono::minutes(1)) {
    read_numbers_alone(*recogniser_, page_, lines_, options_, steady_clock::now() + patience);
  }

  std::unique_ptr<Recogniser> recogniser_;
  PreparedPage page_;
  ReadOptions options_;
  std::vector<Line> lines_;
};

TEST_F(NumberCrops, LightPrintIsReadByTheFirstLookOnly) {
  pixInvert(page_.pixels.get(), page_.pixels.get());
  const auto names_copper = [this] {
    const auto lines = recogniser_->recognise(page_, options_);
    Page page;
    if (lines) page.lines = *lines;
    return text(page).find("Copper") != std::string::npos;
  };
  EXPECT_TRUE(names_copper());
  page_.may_be_light_print = false;
  EXPECT_FALSE(names_copper());
}

TEST_F(NumberCrops, ARedNumberIsReadAgainByItself) {
  Word& word = number("37.50");
  word.readings.front().text = "87.50";  // as a first look might have it
  word.light = Light::red;
  read_again();
  ASSERT_EQ(word.other_readings.size(), 2U);
  for (const Reading& reading : word.other_readings) {
    EXPECT_EQ(strip_outer(reading.text).core, "37.50");
    EXPECT_EQ(reading.reader, Reader::crop);
    EXPECT_GT(reading.confidence, 0.5);
  }
  EXPECT_EQ(word.text(), "87.50") << "what was read stays";
}

TEST_F(NumberCrops, SoIsEveryNumberOfACheckThatFails) {
  number("37.50").readings.front().text = "87.50";
  read_again();
  for (const char* text : {"3", "12.50", "87.50"}) {
    EXPECT_FALSE(number(text).other_readings.empty()) << text;
  }
  for (const char* text : {"2", "10.00", "20.00"}) {
    EXPECT_TRUE(number(text).other_readings.empty()) << text;
  }
}

TEST_F(NumberCrops, WhatNobodyDoubtsIsNotReadAgain) {
  number("10.00").light = Light::green;
  number("20.00").readings.front().text = "90.00";
  read_again();
  EXPECT_TRUE(number("10.00").other_readings.empty());
  EXPECT_TRUE(number("12.50").other_readings.empty());
  EXPECT_FALSE(number("90.00").other_readings.empty());
}

TEST_F(NumberCrops, ThereIsABoundForAPage) {
  Line& line = lines_.front();
  Word word = number("37.50");
  word.light = Light::red;
  for (int i = 0; i < 40; ++i) line.words.push_back(word);
  read_again();
  const auto count = std::count_if(line.words.begin(), line.words.end(),
                                   [](const Word& one) { return !one.other_readings.empty(); });
  EXPECT_GT(count, 0);
  EXPECT_LT(count, 30);
}

TEST_F(NumberCrops, NothingIsReadWhenTheTimeIsUp) {
  number("37.50").light = Light::red;
  read_again(std::chrono::milliseconds(-1));
  EXPECT_TRUE(number("37.50").other_readings.empty());
}

}  // namespace
}  // namespace emend
