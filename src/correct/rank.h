// SPDX-License-Identifier: Apache-2.0
// Third stage of correction: by how much a model of language prefers each candidate.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emend/language_model.h"

namespace emend {

// One suspect word between its neighbours. candidates[0] is the word as it was read.
using Place = ScoreRequest;

// The gain of every candidate over candidates[0], in nats; nothing where the model gave no usable
// answer for the place (not a number, or not as many numbers as candidates).
using Gains = std::optional<std::vector<double>>;

// One answer per place. Fails as the model fails, or with engine_failed when it answers for another
// number of places than it was asked about.
[[nodiscard]] Result<std::vector<Gains>> rank(LanguageModel& model, std::span<const Place> places);

// Log-probabilities mixed by weight: the gains of a model that is slow and good with those of the
// fast one.
[[nodiscard]] std::vector<double> mixed(const std::vector<double>& slow,
                                        const std::vector<double>& fast, double slow_weight);

// The last `bytes` bytes of `text` or a little less, and the first: never cut inside a character.
[[nodiscard]] std::string_view last_part(std::string_view text, std::size_t bytes);
[[nodiscard]] std::string_view first_part(std::string_view text, std::size_t bytes);

}  // namespace emend
