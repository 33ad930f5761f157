// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/read_numbers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/unicode.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

const std::filesystem::path kTiny = std::filesystem::path(EMEND_TEST_READER) / "tiny.gguf";

NumberReader tiny_reader() {
  auto reader = NumberReader::open(kTiny, "");
  EXPECT_TRUE(reader) << reader.error().message;
  return std::move(*reader);
}

const std::vector<char32_t>& alphabet() {
  static const std::vector<char32_t> letters = open_reader_file(kTiny, "")->alphabet;
  return letters;
}

// What the network would say of a crop that shows `text`, a blank after each sign.
CropReading reading_of(std::u32string_view text) {
  std::vector<float> scores;
  const std::size_t classes = alphabet().size() + 1;
  for (const char32_t c : text) {
    const auto found = std::find(alphabet().begin(), alphabet().end(), c);
    for (const std::size_t label :
         {static_cast<std::size_t>(found - alphabet().begin()) + 1, std::size_t{0}}) {
      for (std::size_t k = 0; k < classes; ++k) scores.push_back(k == label ? 8.0F : 0.0F);
    }
  }
  return {ln_softmax(2 * text.size(), classes, scores), alphabet()};
}

Word word_of(const std::string& text, double confidence, Light light = Light::yellow) {
  Word word{.box = {10, 10, 60, 20}};
  word.readings.push_back({.text = text, .confidence = confidence});
  word.light = light;
  return word;
}

Reading independent(const std::string& text, double confidence) {
  return {.text = text, .confidence = confidence, .characters = {}, .reader = Reader::emend};
}

Light light_with(Word word, const Reading& other) {
  word.other_readings.push_back(other);
  std::vector<Line> lines = {{.words = {word_of("Total", 0.9), std::move(word)}}};
  give_independent_lights(lines);
  return lines[0].words[1].light;
}

TEST(ReadNumbers, KnowsWhatLooksLikeANumber) {
  for (const char* text : {"1", "12.50", "$", "RM5", "l2.SO", "O.OO", "B/I", "A1", "@"}) {
    EXPECT_TRUE(looks_like_number(text)) << text;
  }
  for (const char* text :
       {"", "Total", "SO", "So.", "l", "I", "...", "Bill", "Oslo-Bodo", "a@b", "&"}) {
    EXPECT_FALSE(looks_like_number(text)) << text;
  }
}

TEST(ReadNumbers, ComparesAsFarAsTheReaderCanTell) {
  EXPECT_TRUE(reads_the_same("12.50", "12.50"));
  EXPECT_TRUE(reads_the_same("(12.50),", "12.50"));
  EXPECT_TRUE(reads_the_same("2X", "2x"));
  EXPECT_TRUE(
      reads_the_same("10\xE2\x80\x93"
                     "12",
                     "10-12"));
  EXPECT_FALSE(reads_the_same("12.50", "12,50"));
  EXPECT_FALSE(reads_the_same("12.50", "12.60"));
  EXPECT_FALSE(reads_the_same("12.50", "1250"));
  EXPECT_FALSE(reads_the_same("10", "IO"));
}

TEST(ReadNumbers, EvidenceIsTheTextAndItsAlternatives) {
  const NumberReader reader = tiny_reader();
  const auto evidence = as_evidence(reader, reading_of(U"12.50"), "12.60");
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->text, "12.50");
  EXPECT_EQ(evidence->reader, Reader::emend);
  EXPECT_GT(evidence->confidence, 0.5);
  ASSERT_EQ(evidence->characters.size(), 5U);
  EXPECT_EQ(evidence->characters[3].front(), (Alternative{"5", 0}));
}

TEST(ReadNumbers, LettersThatTheReaderCannotKnowAreThoseThatStand) {
  const NumberReader reader = tiny_reader();
  ASSERT_EQ(reader.as_known(U"5kW"), U"5\uFFFD\uFFFD");
  const auto evidence = as_evidence(reader, reading_of(U"5\uFFFD\uFFFD"), "5kW");
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->text, "5kW");
  ASSERT_EQ(evidence->characters.size(), 3U);
  EXPECT_EQ(evidence->characters[1].front().text, "k");
  EXPECT_FALSE(as_evidence(reader, reading_of(U"5\uFFFD"), "5kW"));   // another length
  EXPECT_FALSE(as_evidence(reader, reading_of(U"\uFFFD50"), "250"));  // a digit is no unknown sign
}

TEST(ReadNumbers, SpacesDoNotCount) {
  const NumberReader reader = tiny_reader();
  const auto evidence = as_evidence(reader, reading_of(U" 2 20"), "220");
  ASSERT_TRUE(evidence);
  EXPECT_EQ(evidence->text, "220");
  EXPECT_EQ(evidence->characters.size(), 3U);
  EXPECT_FALSE(as_evidence(reader, reading_of(U" "), "1"));
  EXPECT_FALSE(as_evidence(reader, reading_of(U""), "1"));
}

TEST(ReadNumbers, StandingReadingsAreNeverTouched) {
  NumberReader reader = tiny_reader();
  const PixPtr page = fixtures::text_page({"Total 12.50", "mail@example.com 7"});
  std::vector<Line> lines(3);
  lines[0].words = {word_of("Total", 0.9), word_of("12.50", 0.4)};
  lines[1].words = {word_of("a1@example.com", 0.9), word_of("7", 0.2)};
  lines[2].words = {word_of("3", 0.1)};
  lines[2].is_noise = true;
  std::vector<Line> read = lines;
  read_numbers(reader, page.get(), read);
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t w = 0; w < lines[l].words.size(); ++w) {
      EXPECT_EQ(read[l].words[w].readings, lines[l].words[w].readings);
      EXPECT_EQ(read[l].words[w].box, lines[l].words[w].box);
      const bool is_number = !lines[l].is_noise && w == 1;
      EXPECT_TRUE(is_number || read[l].words[w].other_readings.empty());
    }
  }
}

// Pictures of the words side by side, and where each stands, as its first reader would have it.
PixPtr page_of(const std::vector<std::string>& words, Line& line) {
  constexpr int kWidth = 400;
  constexpr int kHeight = 120;
  constexpr int kMargin = 60;  // of fixtures::text_page()
  PixPtr page(pixCreate(kWidth * static_cast<int>(words.size()), kHeight, 8));
  pixSetAll(page.get());
  for (const std::string& text : words) {
    const PixPtr picture = fixtures::text_page({text});
    const int x = kWidth * static_cast<int>(line.words.size());
    pixRasterop(page.get(), x, 0, kWidth, kHeight, PIX_SRC, picture.get(), 0, 0);
    Word word = word_of(text, 0.4, Light::none);
    word.box = {x + kMargin, kMargin - 4, pixGetWidth(picture.get()) - 2 * kMargin, 40};
    line.words.push_back(std::move(word));
  }
  return page;
}

TEST(ReadNumbers, EveryWordIsReadWhereThatIsAskedForAndOnlyNumbersElse) {
  auto reader = NumberReader::open(EMEND_READER_FILE, "");
  ASSERT_TRUE(reader);
  std::vector<Line> lines(1);
  const PixPtr page = page_of({"TOTAL", "10", "12.50", "quickly"}, lines[0]);
  lines[0].words[1].readings[0].text = "IO";
  const std::vector<Line> before = lines;
  const auto readings = [&](std::size_t w) { return lines[0].words[w].other_readings; };
  read_numbers(*reader, page.get(), lines);
  ASSERT_EQ(readings(2).size(), 1U);
  EXPECT_TRUE(readings(0).empty());
  EXPECT_TRUE(readings(1).empty());
  read_other_words(*reader, page.get(), lines);
  ASSERT_EQ(readings(0).size(), 1U);
  EXPECT_EQ(readings(0)[0].text, "TOTAL");
  ASSERT_EQ(readings(1).size(), 1U);
  EXPECT_EQ(readings(1)[0].text, "10");
  EXPECT_EQ(readings(1)[0].reader, Reader::emend);
  EXPECT_EQ(readings(2).size(), 1U);  // not once more
  EXPECT_TRUE(readings(3).empty());   // letters that the reader does not know
  for (std::size_t w = 0; w < before[0].words.size(); ++w) {
    EXPECT_EQ(lines[0].words[w].readings, before[0].words[w].readings);
    EXPECT_EQ(lines[0].words[w].light, Light::none);
  }
}

TEST(ReadNumbers, NoiseAndLinksAreLeftAloneByEveryReading) {
  NumberReader reader = tiny_reader();
  const PixPtr page = fixtures::text_page({"Total 12.50"});
  std::vector<Line> lines(2);
  lines[0].words = {word_of("www.example.com", 0.9)};
  lines[1].words = {word_of("IO", 0.1)};
  lines[1].is_noise = true;
  const std::vector<Line> before = lines;
  read_numbers(reader, page.get(), lines);
  read_other_words(reader, page.get(), lines);
  EXPECT_EQ(lines, before);
}

TEST(ReadNumbers, GreenTakesTwoReadersThatAreSure) {
  EXPECT_EQ(light_with(word_of("12.50", 0.95), independent("12.50", 0.99)), Light::green);
  EXPECT_EQ(light_with(word_of("12.50", 0.95), independent("12.60", 0.2)), Light::yellow);
  EXPECT_EQ(light_with(word_of("12.50", 0.1), independent("12.50", 0.99)), Light::yellow);
  EXPECT_EQ(light_with(word_of("12.50", 0.95), independent("12.50", 0.1)), Light::yellow);
  // Another look of the recogniser is no independent reader.
  Reading look = independent("12.50", 0.99);
  look.reader = Reader::crop;
  EXPECT_EQ(light_with(word_of("12.50", 0.95), look), Light::yellow);
}

TEST(ReadNumbers, ADashBeforeANumberIsItsSign) {
  EXPECT_EQ(light_with(word_of("-1.68", 0.95), independent("-1.68", 0.93)), Light::green);
  EXPECT_EQ(light_with(word_of("\u22121.68", 0.95), independent("-1.68", 0.93)), Light::green);
  EXPECT_EQ(light_with(word_of("(1.68),", 0.95), independent("1.68", 0.93)), Light::green);
  EXPECT_EQ(light_with(word_of("1.68-", 0.95), independent("1.68", 0.93)), Light::green);
  EXPECT_EQ(light_with(word_of("~1.68", 0.95), independent("-1.68", 0.93)), Light::yellow);
  EXPECT_EQ(light_with(word_of("-1.68", 0.95), independent("1.68", 0.93)), Light::yellow);
  EXPECT_EQ(light_with(word_of("1.68", 0.95, Light::green), independent("-1.68", 0.5)),
            Light::yellow);
}

TEST(ReadNumbers, RedIsWhatTheIndependentReaderSurelyReadsOtherwise) {
  EXPECT_EQ(light_with(word_of("12.50", 0.95), independent("12.60", 0.99)), Light::red);
  EXPECT_EQ(light_with(word_of("12.50", 0.95, Light::green), independent("12.60", 0.99)),
            Light::red);
  EXPECT_EQ(light_with(word_of("12.50", 0.95), independent("12.60", 0.2)), Light::yellow);
}

TEST(ReadNumbers, TwoLooksAloneAreNotGreenOnAPageThatTheReaderRead) {
  const Word twice = word_of("12.50", 0.95, Light::green);
  std::vector<Line> lines = {{.words = {word_of("Total", 0.9), twice}}};
  give_independent_lights(lines);
  EXPECT_EQ(lines[0].words[1].light, Light::yellow) << "the reader says nothing";
  EXPECT_EQ(light_with(twice, independent("12.60", 0.25)), Light::yellow);
  EXPECT_EQ(light_with(twice, independent("12,50", 0.25)), Light::yellow);
}

TEST(ReadNumbers, TwoLooksAndAReaderThatAgreesAreGreenHoweverSureItIs) {
  const Word twice = word_of("12.50", 0.95, Light::green);
  EXPECT_EQ(light_with(twice, independent("12.50", 0.25)), Light::green);
  EXPECT_EQ(light_with(word_of("-1.68", 0.95, Light::green), independent("-1.68", 0.25)),
            Light::green);
  EXPECT_EQ(light_with(word_of("~1.68", 0.95, Light::green), independent("-1.68", 0.25)),
            Light::yellow);
  // Red where looks differ stays red for a reader that is not sure.
  EXPECT_EQ(light_with(word_of("12.50", 0.95, Light::red), independent("12.50", 0.25)), Light::red);
}

TEST(ReadNumbers, WhatMayBeAPieceOrNoNumberIsNotGreen) {
  const Reading both = independent("58", 0.99);
  std::vector<Line> lines = {{.words = {word_of("58", 0.95), word_of("30", 0.95)}}};
  lines[0].words[1].box.x = 80;  // half its height behind the first
  lines[0].words[0].other_readings = {both};
  give_independent_lights(lines);
  EXPECT_EQ(lines[0].words[0].light, Light::yellow);
  lines[0].words[1].box.x = 400;
  give_independent_lights(lines);
  EXPECT_EQ(lines[0].words[0].light, Light::green);
  EXPECT_EQ(light_with(word_of("0.C", 0.95), independent("0.C", 0.99)), Light::yellow);
  EXPECT_EQ(light_with(word_of("RM6.00", 0.95), independent("RM6.00", 0.99)), Light::green);
}

TEST(ReadNumbers, ConfidenceIsCalibrated) {
  const NumberReader reader = tiny_reader();
  const CropReading sure = reading_of(U"12.50");
  const auto evidence = as_evidence(reader, sure, "12.50");
  ASSERT_TRUE(evidence);
  EXPECT_GT(evidence->confidence, 0.5);
  EXPECT_LT(evidence->confidence, std::exp(sure.ln_likelihood()));
}

TEST(ReadNumbers, AWordWithoutADigitHasNoLight) {
  EXPECT_EQ(light_with(word_of("O.OO", 0.95, Light::none), independent("O.OO", 0.99)), Light::none);
}

class InstalledReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_.path() / "models");
    setenv("EMEND_DATA_DIR", folder_.path().c_str(), 1);
  }
  void TearDown() override { unsetenv("EMEND_DATA_DIR"); }

  fixtures::TemporaryFolder folder_;
};

TEST_F(InstalledReaderTest, WithoutItsFileThereIsNothingToSay) {
  InstalledReader reader;
  EXPECT_EQ(reader.get(), nullptr);
  EXPECT_EQ(reader.trouble(), "");
}

TEST_F(InstalledReaderTest, AFileThatIsAnotherOneTurnsItOffAndIsTold) {
  for (const std::string& bytes :
       {fixtures::read_file(kTiny), std::string("GGUF"), std::string()}) {
    const auto path = folder_.write("models/reader.gguf", bytes);
    ASSERT_EQ(fixtures::read_file(path), bytes);
    InstalledReader reader;
    EXPECT_EQ(reader.get(), nullptr);
    EXPECT_NE(reader.trouble().find("number reader"), std::string::npos) << reader.trouble();
  }
}

}  // namespace
}  // namespace emend
