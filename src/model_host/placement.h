// SPDX-License-Identifier: Apache-2.0
// Which layers of a model go onto GPUs, and what to try when memory does not suffice.
//
// Layers are counted as llama.cpp does: the last ones first, and the output counts as one. Pure
// arithmetic over what the file and the devices say, so it is tested without either.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/model_messages.h"
#include "emend/doctor.h"  // Device

namespace emend {

// What a model takes, in bytes.
struct ModelNeeds {
  std::vector<std::uint64_t> layers;            // weights of each repeating layer
  std::uint64_t output = 0;                     // weights after the last layer
  std::uint64_t input = 0;                      // weights before the first; they stay on the CPU
  std::uint64_t cache_per_token_and_layer = 0;  // keys and values
  std::uint64_t working_per_batch_token = 0;    // results in between, while computing
  int trained_context = 0;                      // tokens; 0 = unknown

  [[nodiscard]] std::uint64_t weights() const;
};

struct Placement {
  int gpu_layers = 0;
  int context = 0;  // tokens of the longest text
  int batch = 0;    // tokens computed together

  friend bool operator==(const Placement&, const Placement&) = default;
};

// Tokens that the cache holds for texts of at most `context` tokens.
[[nodiscard]] int cache_tokens(int context);

// How many layers fit into what is free on `gpus`, leaving a margin: on a GPU that is really full
// not only this process fails.
[[nodiscard]] int layers_that_fit(const ModelNeeds& needs, int context, int batch,
                                  std::span<const Device> gpus);

// What to try, best first: what was asked for, what fits, fewer layers, the CPU, the CPU with less.
// Never empty, and its last ones are on the CPU.
[[nodiscard]] std::vector<Placement> placements(const ModelNeeds& needs, const LoadRequest& request,
                                                std::span<const Device> gpus);

}  // namespace emend
