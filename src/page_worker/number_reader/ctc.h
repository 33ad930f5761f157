// SPDX-License-Identifier: Apache-2.0
// What a row of class probabilities says about a text (connectionist temporal classification,
// Graves et al. 2006).
//
// The network gives one distribution over classes for every few columns of pixels. A path names a
// class for each of them; it spells the text that is left when repeats are joined and blanks
// (class 0) dropped. The probability of a text is the sum over all paths that spell it.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace emend {

inline constexpr double kImpossible = -std::numeric_limits<double>::infinity();

// Natural logarithms of probabilities: `steps` rows of `classes`.
struct LogProbabilities {
  std::size_t steps = 0;
  std::size_t classes = 0;
  std::vector<float> values;

  [[nodiscard]] std::span<const float> at(std::size_t step) const {
    return {values.data() + step * classes, classes};
  }
};

using Labels = std::vector<std::size_t>;  // classes without the blank

// The network's raw scores to logarithms of their softmax, row by row.
[[nodiscard]] LogProbabilities ln_softmax(std::size_t steps, std::size_t classes,
                                          std::span<const float> scores);

// One emitted label of the best path and the steps [first, last] that name it.
struct Emission {
  std::size_t label = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

// The likeliest class of each step (the lowest of equals), joined and without blanks.
[[nodiscard]] std::vector<Emission> best_path(const LogProbabilities& probabilities);

// ln of the probability that the text is `labels`, exactly; kImpossible when it does not fit into
// the steps. Labels must be below the number of classes and not 0.
[[nodiscard]] double ln_likelihood(const LogProbabilities& probabilities,
                                   std::span<const std::size_t> labels);

}  // namespace emend
