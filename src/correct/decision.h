// SPDX-License-Identifier: Apache-2.0
// One suspect word between its candidates, and the choice by totals. A candidate is accepted when
//
//   language gain - evidence weight * what the recogniser has against it
//                 - channel weight * what the misreading costs  >=  margin
//
// in nats. The weights are those of judge.h.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "correct/page_pass.h"

namespace emend {

// What is known of one suspect word while it is decided.
struct Decision {
  Suspect suspect;
  std::vector<Candidate> candidates;  // only those that the rules allow, unless none is
  std::vector<double> gains;          // one per candidate; empty until a model answered
  std::size_t best = 0;
  double slack = 0;  // by how much the best one's total beats its margin
  // The candidate that a model which follows a prompt would write.
  std::optional<std::size_t> rewritten;
  Verdict verdict = Verdict::model_failed;
};

// Nats that a total has to reach.
[[nodiscard]] double margin_of(const Suspect& suspect, const PassSettings& settings);

// What the model and the word list together gain by a candidate, weighed.
[[nodiscard]] double gain_of(const Decision& decision, std::size_t candidate,
                             const KnownWords& known, const PassSettings& settings);

// What speaks against a candidate, weighed: the recogniser, which has more against changing a word
// that it read surely, and the rareness of the misreading.
[[nodiscard]] double cost_of(const Decision& decision, std::size_t candidate,
                             const PassSettings& settings);

// Sets `best`, `slack` and `verdict` by the gains that are there, one per candidate.
void choose(Decision& decision, const KnownWords& known, const PassSettings& settings);

// Those within PassSettings::close_call of their margin, closest first, and no more of them than
// PassSettings::most_close_calls.
[[nodiscard]] std::vector<Decision*> close_calls(std::vector<Decision>& decisions,
                                                 const PassSettings& settings);

}  // namespace emend
