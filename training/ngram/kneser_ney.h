// SPDX-License-Identifier: Apache-2.0
// From counts to a pruned back-off model.
//
// Interpolated Kneser-Ney with three discounts per length (Chen and Goodman 1999). Then n-grams
// that the model hardly misses are dropped, longest first: those whose back-off estimate costs the
// training text less than `min_gain` nats in all (Seymore and Rosenfeld 1996).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "training/ngram/counts.h"

namespace emend::training {

// The n-grams of one length that the model keeps, in order.
struct ModelLevel {
  std::vector<std::uint8_t> labels;     // last bytes
  std::vector<double> log_probability;  // of the last byte after the others
  std::vector<double> log_back_off;     // empty for the longest
  std::vector<std::uint8_t> children;   // how many; empty for the longest
};

struct PruningOptions {
  double min_gain = 0;  // nats over the whole training text; 0 keeps everything
};

// Level 1 of the result has all 256 bytes. `text` is the training text, at least 8 bytes.
[[nodiscard]] std::vector<ModelLevel> train(std::string_view text, std::size_t order,
                                            const PruningOptions& pruning);

}  // namespace emend::training
