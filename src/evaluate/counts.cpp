// SPDX-License-Identifier: Apache-2.0
// Sums, rates and names of the counts.
#include "emend/evaluate.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, kRates.size()> kRateNames = {
    "cer", "lenient_cer", "wer", "recall", "precision", "numbers_right"};
constexpr std::array<std::string_view, kTokenKinds> kKindNames = {
    "word", "amount", "percent", "quantity", "date", "time", "identifier", "currency"};
constexpr std::array<std::string_view, 4> kFateNames = {"fixed", "broken", "changed_wrong",
                                                        "invented"};

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

TextScore& TextScore::operator+=(const TextScore& other) {
  characters += other.characters;
  character_errors += other.character_errors;
  lenient_characters += other.lenient_characters;
  lenient_errors += other.lenient_errors;
  words += other.words;
  word_errors += other.word_errors;
  text_words += other.text_words;
  words_found += other.words_found;
  numbers += other.numbers;
  numbers_right += other.numbers_right;
  return *this;
}

FateCounts& FateCounts::operator+=(const FateCounts& other) {
  tokens += other.tokens;
  right_before += other.right_before;
  right_after += other.right_after;
  fixed += other.fixed;
  broken += other.broken;
  changed_wrong += other.changed_wrong;
  lost += other.lost;
  invented += other.invented;
  return *this;
}

double rate(const TextScore& score, Rate rate) {
  switch (rate) {
    case Rate::cer:
      return share(score.character_errors, score.characters);
    case Rate::lenient_cer:
      return share(score.lenient_errors, score.lenient_characters);
    case Rate::wer:
      return share(score.word_errors, score.words);
    case Rate::recall:
      return share(score.words_found, score.words);
    case Rate::precision:
      return share(score.words_found, score.text_words);
    case Rate::numbers_right:
      return share(score.numbers_right, score.numbers);
  }
  return 0;
}

std::optional<double> edit_precision(const FateCounts& counts) {
  const std::size_t changes = counts.fixed + counts.broken + counts.changed_wrong + counts.invented;
  if (changes == 0) return std::nullopt;
  return share(counts.fixed, changes);
}

std::optional<double> edit_recall(const FateCounts& counts) {
  const std::size_t wrong = counts.tokens - counts.right_before;
  if (wrong == 0) return std::nullopt;
  return share(counts.fixed, wrong);
}

FateCounts DocumentScore::words() const {
  return tokens.at(static_cast<std::size_t>(TokenKind::word));
}

FateCounts DocumentScore::numbers() const {
  FateCounts sum;
  for (std::size_t kind = 0; kind < kTokenKinds; ++kind) {
    const auto of = static_cast<TokenKind>(kind);
    if (of != TokenKind::word && of != TokenKind::currency) sum += tokens.at(kind);
  }
  return sum;
}

FateCounts DocumentScore::all() const {
  FateCounts sum;
  for (const FateCounts& kind : tokens) sum += kind;
  return sum;
}

std::size_t DocumentScore::harm() const {
  const FateCounts sums = numbers();
  const FateCounts& signs = tokens.at(static_cast<std::size_t>(TokenKind::currency));
  return sums.broken + sums.lost + sums.invented + signs.broken;
}

std::string_view name(Rate rate) {
  return kRateNames.at(static_cast<std::size_t>(rate));
}
std::string_view name(TokenKind kind) {
  return kKindNames.at(static_cast<std::size_t>(kind));
}
std::string_view name(TokenFate fate) {
  return kFateNames.at(static_cast<std::size_t>(fate));
}

}  // namespace emend
