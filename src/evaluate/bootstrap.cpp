// SPDX-License-Identifier: Apache-2.0
#include "evaluate/bootstrap.h"

#include <algorithm>

namespace emend {

namespace {

// SplitMix64 (Steele, Lea and Flood 2014): the same numbers with every standard library.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t count) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    mixed ^= mixed >> 31U;
    // The upper half times the count: uniform to within a millionth of a millionth.
    return static_cast<std::size_t>(((mixed >> 32U) * count) >> 32U);
  }

 private:
  std::uint64_t state_;
};

using Rates = std::array<double, kRates.size()>;

Rates rates_of(const TextScore& score) {
  Rates rates{};
  std::transform(kRates.begin(), kRates.end(), rates.begin(),
                 [&](Rate one) { return rate(score, one); });
  return rates;
}

// The values that a rate had in all samples.
using Samples = std::array<std::vector<double>, kRates.size()>;

void add(Samples& samples, const Rates& rates) {
  for (std::size_t i = 0; i < rates.size(); ++i) samples.at(i).push_back(rates.at(i));
}

Rates less(const Rates& a, const Rates& b) {
  Rates out{};
  for (std::size_t i = 0; i < out.size(); ++i) out.at(i) = a.at(i) - b.at(i);
  return out;
}

void settle(std::array<Estimate, kRates.size()>& estimates, const Rates& values, Samples& samples) {
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    std::vector<double>& drawn = samples.at(i);
    estimates.at(i) = {values.at(i), values.at(i), values.at(i)};
    if (drawn.empty()) continue;
    std::sort(drawn.begin(), drawn.end());
    constexpr double kTail = 0.025;
    const auto last = static_cast<double>(drawn.size() - 1);
    estimates.at(i).low = drawn[static_cast<std::size_t>(kTail * last)];
    estimates.at(i).high = drawn[static_cast<std::size_t>((1 - kTail) * last + 0.5)];
  }
}

}  // namespace

void estimate_rates(Evaluation& evaluation) {
  const std::vector<DocumentScore>& scores = evaluation.by_document;
  Draws draws(evaluation.options.seed);
  Samples before;
  Samples after;
  Samples difference;
  for (std::size_t n = 0; n < evaluation.options.resamples && !scores.empty(); ++n) {
    TextScore sum_before;
    TextScore sum_after;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const DocumentScore& drawn = scores[draws.below(scores.size())];
      sum_before += drawn.before;
      sum_after += drawn.after;
    }
    const Rates rates_before = rates_of(sum_before);
    const Rates rates_after = rates_of(sum_after);
    add(before, rates_before);
    add(after, rates_after);
    add(difference, less(rates_after, rates_before));
  }
  const Rates total_before = rates_of(evaluation.total.before);
  const Rates total_after = rates_of(evaluation.total.after);
  settle(evaluation.before, total_before, before);
  settle(evaluation.after, total_after, after);
  settle(evaluation.difference, less(total_after, total_before), difference);
}

}  // namespace emend
