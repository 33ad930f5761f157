// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/ctc.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace emend {

namespace {

// ln(e^a + e^b)
double ln_sum(double a, double b) {
  if (a < b) std::swap(a, b);
  if (b == kImpossible) return a;
  return a + std::log1p(std::exp(b - a));
}

}  // namespace

LogProbabilities ln_softmax(std::size_t steps, std::size_t classes, std::span<const float> scores) {
  assert(scores.size() == steps * classes);
  LogProbabilities result{steps, classes, {scores.begin(), scores.end()}};
  for (std::size_t step = 0; step < steps; ++step) {
    const auto row = std::span(result.values).subspan(step * classes, classes);
    const float highest = *std::max_element(row.begin(), row.end());
    double sum = 0;
    for (const float score : row) sum += std::exp(static_cast<double>(score - highest));
    const auto shift = static_cast<float>(static_cast<double>(highest) + std::log(sum));
    for (float& score : row) score -= shift;
  }
  return result;
}

std::vector<Emission> best_path(const LogProbabilities& probabilities) {
  std::vector<Emission> path;
  std::size_t before = 0;
  for (std::size_t step = 0; step < probabilities.steps; ++step) {
    const auto row = probabilities.at(step);
    const auto label =
        static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    if (label != 0 && label == before) {
      path.back().last = step;
    } else if (label != 0) {
      path.push_back({label, step, step});
    }
    before = label;
  }
  return path;
}

// The forward algorithm over blank, label, blank, label, ..., blank.
double ln_likelihood(const LogProbabilities& probabilities, std::span<const std::size_t> labels) {
  if (probabilities.steps == 0) return labels.empty() ? 0 : kImpossible;
  const std::size_t count = 2 * labels.size() + 1;
  const auto label_at = [&](std::size_t s) { return s % 2 == 0 ? 0 : labels[s / 2]; };
  std::vector<double> now(count, kImpossible);
  std::vector<double> next(count);
  now[0] = static_cast<double>(probabilities.at(0)[0]);
  if (count > 1) now[1] = static_cast<double>(probabilities.at(0)[label_at(1)]);
  for (std::size_t step = 1; step < probabilities.steps; ++step) {
    const auto row = probabilities.at(step);
    for (std::size_t s = 0; s < count; ++s) {
      double sum = now[s];
      if (s > 0) sum = ln_sum(sum, now[s - 1]);
      // Past a blank, unless both labels are the same: then the blank is what parts them.
      if (s > 1 && s % 2 == 1 && label_at(s) != label_at(s - 2)) sum = ln_sum(sum, now[s - 2]);
      next[s] = sum == kImpossible ? sum : sum + static_cast<double>(row[label_at(s)]);
    }
    std::swap(now, next);
  }
  return count > 1 ? ln_sum(now[count - 1], now[count - 2]) : now[0];
}

}  // namespace emend
