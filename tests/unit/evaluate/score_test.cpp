// SPDX-License-Identifier: Apache-2.0
// Scores on cases that were counted by hand.
#include <gtest/gtest.h>

#include "emend/evaluate.h"

namespace emend {
namespace {

DocumentScore scored(const std::string& truth, const std::string& before, const std::string& after,
                     const EvaluationOptions& options = {}) {
  const auto result = score({"x", truth, before, after}, options);
  EXPECT_TRUE(result) << result.error().message;
  return result.value_or(DocumentScore{});
}

const FateCounts& of(const DocumentScore& score, TokenKind kind) {
  return score.tokens.at(static_cast<std::size_t>(kind));
}

TEST(Score, CountsCharactersAndWords) {
  const DocumentScore score = scored("one two three", "one tvo  three\n", "one two three");
  EXPECT_EQ(score.before.characters, 13U);
  EXPECT_EQ(score.before.character_errors, 1U);
  EXPECT_EQ(score.before.words, 3U);
  EXPECT_EQ(score.before.word_errors, 1U);
  EXPECT_EQ(score.before.words_found, 2U);
  EXPECT_EQ(score.after.character_errors, 0U);
  EXPECT_DOUBLE_EQ(rate(score.before, Rate::wer), 1.0 / 3);
}

TEST(Score, LenientForgivesCaseQuotesAndDashesAndNoSeparator) {
  const DocumentScore score =
      scored("\u201CTotal\u201D \u2013 1,234.50", "\"TOTAL\" - 1,234.50", "\"TOTAL\" - 1.234,50");
  EXPECT_EQ(score.before.lenient_errors, 0U);
  EXPECT_GT(score.before.character_errors, 0U);
  EXPECT_EQ(score.after.lenient_errors, 2U);
}

TEST(Score, WordsAreFoundInAnyOrder) {
  const DocumentScore score = scored("left right", "right left", "right left left");
  EXPECT_EQ(score.before.words_found, 2U);
  EXPECT_GT(score.before.word_errors, 0U);
  EXPECT_DOUBLE_EQ(rate(score.after, Rate::precision), 2.0 / 3);
}

TEST(Score, IgnoresCaseWhenAsked) {
  EXPECT_GT(scored("TOTAL", "Total", "Total").before.character_errors, 0U);
  EXPECT_EQ(scored("TOTAL", "Total", "Total", {.ignore_case = true}).before.character_errors, 0U);
}

TEST(Score, TellsWhatBecameOfNumbersByKind) {
  const DocumentScore score = scored("Sum 12.50 on 31/12/2019 tax 6% no. A123 EUR",
                                     "Sum 12.5O on 31/12/2019 tax 6% no. A723 EUR",
                                     "Sum 12.50 on 31/12/2018 tax 6% no. A723 EUR");
  EXPECT_EQ(of(score, TokenKind::amount).fixed, 1U);
  EXPECT_EQ(of(score, TokenKind::date).broken, 1U);
  EXPECT_EQ(of(score, TokenKind::percent).right_after, 1U);
  EXPECT_EQ(of(score, TokenKind::identifier).right_after, 0U);
  EXPECT_EQ(score.numbers().tokens, 4U);
  EXPECT_EQ(score.numbers().right_before, 2U);
  EXPECT_EQ(score.numbers().right_after, 2U);
  EXPECT_EQ(score.harm(), 1U);
  const TokenChange broken{TokenFate::broken, TokenKind::date, "31/12/2019", "31/12/2019",
                           "31/12/2018"};
  EXPECT_EQ(score.changes.at(1), broken);
}

TEST(Score, ALetterPutInAtAnEndBelongsToTheWord) {
  const DocumentScore score = scored("Invoice paid 100", "Invoic aid 100", "Invoice paid 1001");
  EXPECT_EQ(score.words().fixed, 2U);
  EXPECT_EQ(score.words().right_after, 2U);
  EXPECT_EQ(score.numbers().broken, 1U);
  EXPECT_EQ(scored("the bank", "the bank", "the banks").words().broken, 1U);
}

TEST(Score, ADigitBesideTheNumberMakesItWrong) {
  EXPECT_EQ(scored("pay 100 now", "pay 1100 now", "pay 100 now").numbers().fixed, 1U);
  EXPECT_EQ(scored("pay 100 now", "pay (100), now", "pay 100 now").numbers().right_before, 1U);
}

TEST(Score, AWrongNumberMadeWrongAgainIsNeitherFixedNorBroken) {
  const FateCounts numbers = scored("pay 100 now", "pay 700 now", "pay 1OO now").numbers();
  EXPECT_EQ(numbers.changed_wrong, 1U);
  EXPECT_EQ(numbers.fixed + numbers.broken + numbers.lost, 0U);
}

TEST(Score, ALostNumberIsLost) {
  const DocumentScore score = scored("page 7 of 9", "page 7 of 9", "page of 9");
  EXPECT_EQ(score.numbers().lost, 1U);
  EXPECT_EQ(score.numbers().broken, 1U);
}

TEST(Score, AnInventedNumberIsInvented) {
  const DocumentScore score = scored("paid in full", "paid in full", "paid 450.00 in full");
  EXPECT_EQ(score.numbers().invented, 1U);
  EXPECT_EQ(score.harm(), 1U);
  // One that is printed elsewhere, or was read in that place, is not.
  EXPECT_EQ(scored("sum 450.00 x", "sum x", "sum 450.00 x").numbers().invented, 0U);
  EXPECT_EQ(scored("sum x", "sum 450.00 x", "sum 450.00 x").numbers().invented, 0U);
}

TEST(Score, ACurrencySignIsNoNumberAndCounts) {
  const DocumentScore score = scored("sum \u00A3 12", "sum \u00A3 12", "sum E 12");
  EXPECT_EQ(of(score, TokenKind::currency).broken, 1U);
  EXPECT_EQ(score.numbers().tokens, 1U);
  EXPECT_EQ(score.harm(), 1U);
}

TEST(Score, PrecisionAndRecallOfEdits) {
  const DocumentScore score =
      scored("alpha beta gamma delta", "aIpha beto gamma de1ta", "alpha beti gamna de1ta");
  const FateCounts all = score.all();
  EXPECT_EQ(all.fixed, 1U);
  EXPECT_EQ(all.broken, 1U);
  EXPECT_EQ(all.changed_wrong, 1U);
  EXPECT_DOUBLE_EQ(*edit_precision(all), 1.0 / 3);
  EXPECT_DOUBLE_EQ(*edit_recall(all), 1.0 / 3);
  EXPECT_FALSE(edit_precision(scored("a b", "a b", "a b").all()));
  EXPECT_FALSE(edit_recall(scored("a b", "a b", "a b").all()));
}

TEST(Score, OfAnEmptyTextAndAnEmptyTruth) {
  EXPECT_EQ(scored("a 1", "", "").before.character_errors, 3U);
  EXPECT_EQ(scored("", "a 1", "a 1").before.character_errors, 3U);
  EXPECT_EQ(rate(scored("", "", "").before, Rate::cer), 0);
}

TEST(Score, RefusesWhatIsNotUtf8) {
  const auto bad = score({"page 7", "truth", "\xFF", "text"});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(bad.error().message.find("page 7"), std::string::npos);
}

}  // namespace
}  // namespace emend
