// SPDX-License-Identifier: Apache-2.0
#include "correct/expected_gain.h"

#include <cmath>
#include <cstddef>

namespace emend {

bool is_word_edit(const Edit& edit) {
  return edit.reason == EditReason::language || edit.reason == EditReason::word_repair;
}

bool is_clear_gain(std::span<const Edit> edits, double deviations, const EditOdds& odds) {
  double gain = 0;
  double variance = 0;
  std::size_t count = 0;
  for (const Edit& edit : edits) {
    if (edit.verdict != Verdict::applied || !is_word_edit(edit)) continue;
    const double nats = edit.evidence.language_gain - edit.evidence.channel_cost;
    const double right = 1 / (1 + std::exp(-(odds.offset + odds.slope * nats)));
    gain += right - (1 - right);
    variance += 4 * right * (1 - right);
    ++count;
  }
  return count == 0 || gain > deviations * std::sqrt(variance);
}

}  // namespace emend
