// SPDX-License-Identifier: Apache-2.0
#include "evaluate/figures.h"

#include <cmath>

namespace emend::figures {

namespace {

constexpr std::array<const char*, kRates.size()> kTitles = {
    "CER %", "lenient CER %", "WER %", "words found %", "words right %", "numbers right %"};

Row row(std::string title, bool is_part, const FateCounts& counts) {
  return {std::move(title),
          is_part,
          {counts.tokens, counts.right_before, counts.right_after, counts.fixed, counts.broken,
           counts.changed_wrong, counts.lost, counts.invented}};
}

bool is_empty(const FateCounts& counts) {
  return counts == FateCounts{};
}

}  // namespace

// Without a locale's decimal comma.
std::string percent(double share, int digits) {
  long long unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  constexpr double kPercent = 100;
  const long long rounded = std::llround(share * kPercent * static_cast<double>(unit));
  const long long size = std::abs(rounded);
  const std::string part = std::to_string(size % unit);
  return (rounded < 0 ? "-" : "") + std::to_string(size / unit) + '.' +
         std::string(static_cast<std::size_t>(digits) - part.size(), '0') + part;
}

std::string title(Rate rate) {
  return kTitles.at(static_cast<std::size_t>(rate));
}

std::string written(const Estimate& estimate) {
  return percent(estimate.value) + " (" + percent(estimate.low) + " to " + percent(estimate.high) +
         ')';
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::vector<Row> rows(const DocumentScore& score) {
  std::vector<Row> rows{row("words", false, score.words()), row("numbers", false, score.numbers())};
  for (std::size_t i = 0; i < kTokenKinds; ++i) {
    const auto kind = static_cast<TokenKind>(i);
    const FateCounts& counts = score.tokens.at(i);
    if (kind == TokenKind::word || is_empty(counts)) continue;
    const bool is_sign = kind == TokenKind::currency;
    rows.push_back(row(is_sign ? "currency signs" : std::string(name(kind)), !is_sign, counts));
  }
  return rows;
}

std::string documents(const Evaluation& evaluation) {
  return "By characters, " + counted(evaluation.better, "document") + " better, " +
         std::to_string(evaluation.same) + " the same, " + std::to_string(evaluation.worse) +
         " worse; worse by more than one word: " + std::to_string(evaluation.worse_by_words) + ".";
}

std::string edits(const FateCounts& counts) {
  const std::size_t changes = counts.fixed + counts.broken + counts.changed_wrong + counts.invented;
  if (changes == 0) return "Nothing was changed.";
  std::string text = "Of " + counted(changes, "change") + ", " + std::to_string(counts.fixed) +
                     " made something right (" + percent(*edit_precision(counts), 1) + " %) and " +
                     std::to_string(counts.broken) + " made something wrong";
  if (const auto recall = edit_recall(counts)) {
    text += "; of what was wrong, " + percent(*recall, 1) + " % is right now";
  }
  return text + '.';
}

}  // namespace emend::figures
