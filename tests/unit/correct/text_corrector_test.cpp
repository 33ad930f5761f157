// SPDX-License-Identifier: Apache-2.0
#include "correct/text_corrector.h"

#include <gtest/gtest.h>

#include "business_lines.h"
#include "correct/ngram_model.h"
#include "correct_fakes.h"
#include "process/locations.h"

namespace emend {
namespace {

LanguageModel& embedded() {
  static const std::unique_ptr<NgramModel> model = [] {
    const auto path = find_data("models/embedded.ngram");
    auto opened = NgramModel::open(path ? *path : std::filesystem::path());
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : nullptr;
  }();
  return *model;
}

CorrectedText corrected(const std::string& text, const CorrectOptions& options = {}) {
  auto result = proofread(text, options, {&english(), &embedded()});
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : CorrectedText{};
}

TEST(TextCorrector, CorrectsTheTutorialsExample) {
  const CorrectedText result = corrected("Invoic # 12345 \n Total: $1O0.00\n Date: 2023-07-15");
  EXPECT_EQ(result.text, "Invoice # 12345\nTotal: $100.00\nDate: 2023-07-15");
  ASSERT_EQ(result.edits.size(), 2U);
  EXPECT_EQ(result.edits[0].line, 0U);
  EXPECT_EQ(result.edits[0].before, "Invoic");
  EXPECT_EQ(result.edits[1].line, 1U);
  EXPECT_EQ(result.edits[1].words.first, 1U);
  EXPECT_EQ(result.edits[1].reason, EditReason::look_alike_repair);
  EXPECT_TRUE(result.notices.empty());
}

TEST(TextCorrector, LeavesCleanTextByteForByte) {
  const std::vector<std::string> clean = {
      "",
      "\n",
      "Invoice # 12345\nTotal: $100.00\nDate: 2023-07-15",
      "The quick brown fox jumps over the lazy dog.\n",
      "Two  spaces,\ta tab and a no-break\u00A0space.\r\nAnd a line end of another kind.\r\n",
      "First paragraph.\n\n\nSecond paragraph, no final newline",
      "\fPage two begins here.\n",
      "Order 25SQ# of S117, code A4, size B2B, room I.10, price 1O%\n",
      "me@example.com www.example.com /usr/lib C:\\temp http://a.b/c?d=e\n",
      "Tan Woon Yann bought Rimbunan Hijau at Jalan Sagu, Johor Bahru.\n",
      "Na\u00EFve caf\u00E9, \u20AC 5,00 \u2014 \u201Cquoted\u201D \u4E2D\u6587 "
      "\u0420\u0443\u0441\n",
      "don't won't O'Neil's self-made and/or Mr. J. R. Smith, Ph.D.\n",
  };
  for (const std::string& text : clean) EXPECT_EQ(corrected(text).text, text);
}

TEST(TextCorrector, TrimsTheEndsOfLinesUnlessTold) {
  const std::string text = "  one \t\r\n\n \t \nthe two\u00A0\n\f three ";
  EXPECT_EQ(corrected(text).text, "one\r\n\n\nthe two\n\fthree");
  EXPECT_EQ(corrected(text, {.keep_space = true}).text, text);
}

TEST(TextCorrector, KeepsTheSpaceBetweenWordsItCorrects) {
  EXPECT_EQ(corrected("The  rnodern\t cornpany\u00A0is here\r\n").text,
            "The  modern\t company\u00A0is here\r\n");
}

TEST(TextCorrector, CountsLinesThroughLongTexts) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "This is a line of the text.\n";
  text += "The rnodern world is here.\n";
  const CorrectedText result = corrected(text);
  ASSERT_EQ(result.edits.size(), 1U);
  EXPECT_EQ(result.edits[0].line, 1000U);
  EXPECT_EQ(result.edits[0].words.first, 1U);
}

TEST(TextCorrector, RefusesWhatIsNoText) {
  const auto result = proofread("a\xFF z", {}, {&english(), &embedded()});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::unreadable_input);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(proofread("a", {}, {&english(), &embedded()}, stop.get_token()).error().code,
            ErrorCode::cancelled);
  EXPECT_EQ(proofread("a", {.margin = -1}, {&english(), &embedded()}).error().code,
            ErrorCode::invalid_argument);
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

TEST(TextCorrector, WithoutAModelOnlySpaceAtTheEndsGoes) {
  const auto corrected = proofread("Invoic  1O0.00 \n", {}, {});
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->text, "Invoic  1O0.00\n");
  EXPECT_TRUE(corrected->edits.empty());
}

// Fifty lines with one or two misread words each: every word comes out as it was printed or as it
// was read, no right word and no number is made wrong, and more than half are put right.
TEST(TextCorrector, RestoresGeneratedLinesAndSpoilsNone) {
  for (const std::uint32_t seed : {1U, 2U, 3U, 4U}) {
    BusinessLines lines(seed);
    int misread = 0;
    int restored = 0;
    for (int i = 0; i < 50; ++i) {
      const BusinessLine line = lines.next();
      const std::string out = corrected(joined(line.read)).text;
      std::vector<std::string> words(1);
      for (const char c : out) c == ' ' ? words.emplace_back() : words.back() += c;
      ASSERT_EQ(words.size(), line.truth.size()) << out;
      for (std::size_t w = 0; w < words.size(); ++w) {
        const bool wrong = line.read[w] != line.truth[w];
        misread += wrong;
        restored += wrong && words[w] == line.truth[w];
        EXPECT_TRUE(words[w] == line.truth[w] || words[w] == line.read[w])
            << joined(line.read) << " -> " << out;
      }
    }
    EXPECT_GE(misread, 40) << "seed " << seed;
    EXPECT_GT(2 * restored, misread) << "seed " << seed << ": " << restored << " of " << misread;
  }
}

}  // namespace
}  // namespace emend
