// SPDX-License-Identifier: Apache-2.0
#include "training/ngram/kneser_ney.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace emend::training {

namespace {

constexpr double kLeastMass = 1e-6;  // of a context, for what was never seen in it
constexpr std::size_t kBytes = 256;

// What is taken from a count of 1, 2, and 3 or more.
struct Discounts {
  std::array<double, 3> values{};
  [[nodiscard]] double of(std::uint32_t count) const {
    return values[std::min<std::uint32_t>(count, 3) - 1];
  }
};

Discounts discounts(const Grams& level) {
  std::array<double, 5> n{};  // how many n-grams have this count
  for (const auto count : level.adjusted) {
    if (count < n.size()) ++n[count];
  }
  Discounts result;
  // Small texts may lack some counts; then the classic 0.75 serves.
  const bool enough = n[1] > 0 && n[2] > 0 && n[3] > 0;
  const double y = enough ? n[1] / (n[1] + 2 * n[2]) : 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double count = static_cast<double>(i) + 1;
    const double value = enough ? count - (count + 1) * y * n[i + 2] / n[i + 1] : 0.75;
    result.values[i] = std::clamp(value, 0.1, count - 0.1);
  }
  return result;
}

// The estimates of one length.
struct Estimates {
  std::vector<double> probability;  // per n-gram
  std::vector<double> left_over;    // per context, one length below: the weight of its suffix
};

template <typename Visit>
void for_each_context(const Grams& contexts, Visit visit) {
  for (std::uint32_t h = 0; h < contexts.size(); ++h) {
    visit(h, contexts.first_children[h], contexts.first_children[h + 1]);
  }
}

Estimates estimate_bytes(const Grams& bytes) {
  const auto discount = discounts(bytes);
  double total = 0;
  double taken = 0;
  for (const auto count : bytes.adjusted) {
    total += count;
    taken += discount.of(count);
  }
  Estimates result;
  result.left_over = {taken / total};
  for (const auto count : bytes.adjusted) {
    result.probability.push_back((count - discount.of(count) + taken / kBytes) / total);
  }
  return result;
}

Estimates estimate(const Grams& level, const Grams& contexts, const Estimates& shorter) {
  const auto discount = discounts(level);
  Estimates result;
  result.probability.resize(level.size());
  result.left_over.resize(contexts.size());
  for_each_context(contexts, [&](std::uint32_t h, std::uint32_t from, std::uint32_t to) {
    double total = 0;
    double taken = 0;
    for (auto i = from; i < to; ++i) {
      total += level.adjusted[i];
      taken += discount.of(level.adjusted[i]);
    }
    if (from == to) return;
    result.left_over[h] = taken / total;
    for (auto i = from; i < to; ++i) {
      const double own = level.adjusted[i] - discount.of(level.adjusted[i]);
      result.probability[i] = (own + taken * shorter.probability[level.suffixes[i]]) / total;
    }
  });
  return result;
}

using Kept = std::vector<std::vector<bool>>;  // per length, per n-gram

// Longest first. What a kept n-gram needs stays: its own beginning and, so that the search for the
// longest match may stop at the first miss, its end.
Kept prune(const std::vector<Grams>& grams, const std::vector<Estimates>& estimates,
           const PruningOptions& pruning) {
  Kept kept(grams.size());
  for (std::size_t k = 0; k < grams.size(); ++k) kept[k].assign(grams[k].size(), k == 0);
  for (std::size_t k = grams.size() - 1; k > 0; --k) {
    const Grams& level = grams[k];
    for_each_context(grams[k - 1], [&](std::uint32_t h, std::uint32_t from, std::uint32_t to) {
      for (auto i = from; i < to; ++i) {
        const double backed_off =
            estimates[k].left_over[h] * estimates[k - 1].probability[level.suffixes[i]];
        const double gain = std::log(estimates[k].probability[i] / backed_off);
        if (!kept[k][i] && level.counts[i] * gain < pruning.min_gain) continue;
        kept[k][i] = true;
        kept[k - 1][h] = true;
        kept[k - 1][level.suffixes[i]] = true;
      }
    });
  }
  return kept;
}

// The weight that makes a context's probabilities sum to 1 with the n-grams that it kept.
double back_off(const Grams& level, const Estimates& own, const Estimates& shorter,
                const std::vector<std::uint32_t>& kept) {
  double seen = 0;
  double seen_shorter = 0;
  for (const auto i : kept) {
    seen += own.probability[i];
    seen_shorter += shorter.probability[level.suffixes[i]];
  }
  return std::max(1 - seen, kLeastMass) / std::max(1 - seen_shorter, kLeastMass);
}

void add_children(ModelLevel& result, const std::vector<Grams>& grams,
                  const std::vector<Estimates>& estimates, const Kept& kept, std::size_t k) {
  for_each_context(grams[k], [&](std::uint32_t h, std::uint32_t from, std::uint32_t to) {
    if (!kept[k][h]) return;
    std::vector<std::uint32_t> children;
    for (auto i = from; i < to; ++i) {
      if (kept[k + 1][i]) children.push_back(i);
    }
    // A byte can be followed by all 256 only in binary data; text has no such bytes.
    result.children.push_back(
        static_cast<std::uint8_t>(std::min<std::size_t>(children.size(), 255)));
    result.log_back_off.push_back(
        std::log(back_off(grams[k + 1], estimates[k + 1], estimates[k], children)));
  });
}

ModelLevel model_level(const std::vector<Grams>& grams, const std::vector<Estimates>& estimates,
                       const Kept& kept, std::size_t k) {
  ModelLevel result;
  for (std::size_t i = 0; i < grams[k].size(); ++i) {
    if (!kept[k][i]) continue;
    result.labels.push_back(static_cast<std::uint8_t>(grams[k].keys[i] >> (56 - 8 * k)));
    result.log_probability.push_back(std::log(estimates[k].probability[i]));
  }
  if (k + 1 < grams.size()) add_children(result, grams, estimates, kept, k);
  return result;
}

// Bytes that the text does not have share what the others left over.
ModelLevel with_all_bytes(const ModelLevel& seen, double left_over) {
  ModelLevel all;
  all.log_probability.assign(kBytes, std::log(left_over / kBytes));
  all.log_back_off.assign(kBytes, 0);
  all.children.assign(kBytes, 0);
  for (std::size_t b = 0; b < kBytes; ++b) all.labels.push_back(static_cast<std::uint8_t>(b));
  for (std::size_t i = 0; i < seen.labels.size(); ++i) {
    all.log_probability[seen.labels[i]] = seen.log_probability[i];
    all.log_back_off[seen.labels[i]] = seen.log_back_off[i];
    all.children[seen.labels[i]] = seen.children[i];
  }
  return all;
}

}  // namespace

std::vector<ModelLevel> train(std::string_view text, std::size_t order,
                              const PruningOptions& pruning) {
  const auto grams = count_grams(text, order);
  std::vector<Estimates> estimates = {estimate_bytes(grams[0])};
  for (std::size_t k = 1; k < order; ++k) {
    estimates.push_back(estimate(grams[k], grams[k - 1], estimates[k - 1]));
  }
  const auto kept = prune(grams, estimates, pruning);
  std::vector<ModelLevel> levels;
  for (std::size_t k = 0; k < order; ++k) {
    levels.push_back(model_level(grams, estimates, kept, k));
  }
  levels[0] = with_all_bytes(levels[0], estimates[0].left_over[0]);
  return levels;
}

}  // namespace emend::training
