// SPDX-License-Identifier: Apache-2.0
#include "correct/apply_edits.h"

#include <algorithm>
#include <utility>

#include "core/token.h"

namespace emend {

namespace {

constexpr double kCorrectedConfidence = 0.9;  // of a word that was changed; measured precision

}  // namespace

Page with_edits(Page page, const std::vector<Edit>& edits) {
  for (const Edit& edit : edits) {
    if (edit.verdict != Verdict::applied) continue;
    Word& word = page.lines[edit.line].words[edit.words.first];
    const bool number =
        edit.reason != EditReason::language && edit.reason != EditReason::word_repair;
    Reading reading{edit.after, number ? word.confidence() : kCorrectedConfidence, {}};
    word.readings.insert(word.readings.begin(), std::move(reading));
    word.kind = classify(word.text());
    if (!has_numeral(word.text())) word.light = Light::none;
  }
  page.edits.insert(page.edits.end(), edits.begin(), edits.end());
  std::stable_sort(page.edits.begin(), page.edits.end(), [](const Edit& a, const Edit& b) {
    return std::pair(a.line, a.words.first) < std::pair(b.line, b.words.first);
  });
  return page;
}

Page with_readings(Page page, const std::vector<Edit>& edits) {
  for (const Edit& edit : edits) {
    if (edit.verdict != Verdict::applied) continue;
    Word& word = page.lines[edit.line].words[edit.words.first];
    word.readings.insert(word.readings.begin(), Reading{edit.after, word.confidence(), {}});
  }
  return page;
}

}  // namespace emend
