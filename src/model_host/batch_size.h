// SPDX-License-Identifier: Apache-2.0
// How many tokens of a draft to verify at once: more while all of them stand, fewer where the model
// disagrees, since what comes after a disagreement is computed in vain.
#pragma once

#include <algorithm>
#include <cstddef>

#include "model_host/token_stream.h"

namespace emend {

class BatchSize {
 public:
  // `asked` is fixed; 0 = as suits the stream.
  BatchSize(const TokenStream& stream, int asked)
      : hard_limit_(stream.most_at_once() - 1), is_fixed_(asked > 0) {
    // With the token before the draft's, a number that matrices like.
    most_ = std::min(is_fixed_ ? static_cast<std::size_t>(asked) : 4 * stream.good_batch() - 1,
                     hard_limit_);
    now_ = is_fixed_ ? most_ : std::min(stream.good_batch(), hard_limit_);
  }

  [[nodiscard]] std::size_t now() const { return now_; }
  // What a round may have at all, should the end of a word want it.
  [[nodiscard]] std::size_t hard_limit() const { return hard_limit_; }

  void all_stood() {
    if (!is_fixed_) now_ = std::min(2 * now_, most_);
  }
  void ended_early() {
    constexpr std::size_t kLeast = 8;
    if (!is_fixed_) now_ = std::max(now_ / 2, std::min(kLeast, most_));
  }

 private:
  std::size_t hard_limit_;
  bool is_fixed_;
  std::size_t most_ = 1;
  std::size_t now_ = 1;
};

}  // namespace emend
