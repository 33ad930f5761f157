// SPDX-License-Identifier: Apache-2.0
// How many tokens of a draft to verify at once.
//
// A batch costs something for itself and something for each token, and what comes after a
// disagreement is computed in vain: half a batch on the average. So the best size grows with the
// square root of the tokens between two disagreements, which is estimated as they come.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "model_host/token_stream.h"

namespace emend {

class BatchSize {
 public:
  // `asked` is fixed; 0 = as suits the stream.
  BatchSize(const TokenStream& stream, int asked)
      : hard_limit_(stream.most_at_once() - 1),
        fixed_(static_cast<std::size_t>(std::max(0, asked))),
        good_(static_cast<double>(stream.good_batch())) {}

  [[nodiscard]] std::size_t now() const {
    if (fixed_ > 0) return std::min(fixed_, hard_limit_);
    const double gap = std::max(mean_gap_, gap_);
    // With the token before the draft's, at most a number that matrices like.
    const double size = std::clamp(good_ * std::sqrt(gap / kUsualGap), kLeast, 4 * good_ - 1);
    return std::min(static_cast<std::size_t>(size), hard_limit_);
  }
  // What a round may have at all, should the end of a word want it.
  [[nodiscard]] std::size_t hard_limit() const { return hard_limit_; }

  void stood(std::size_t tokens) { gap_ += static_cast<double>(tokens); }
  void disagreed() {
    mean_gap_ = (mean_gap_ + gap_) / 2;
    gap_ = 0;
  }

 private:
  static constexpr double kUsualGap = 50;  // tokens, where good_batch() is measured to be good
  static constexpr double kLeast = 6;

  std::size_t hard_limit_;
  std::size_t fixed_;
  double good_;
  double mean_gap_ = 2 * kUsualGap;  // a page of which two words in a hundred were misread
  double gap_ = 0;                   // since the last disagreement
};

}  // namespace emend
