// SPDX-License-Identifier: Apache-2.0
// Fourth stage of correction: may this candidate take the word's place?
//
// Rules first, evidence second. The rules hold for any candidate from any source and whatever a
// model says of it. The evidence is a sum: what language gains by the candidate, less what the
// misreading costs (channel.h), against a margin.
#pragma once

#include <string_view>

#include "correct/known_words.h"
#include "correct/propose.h"
#include "correct/suspect.h"
#include "emend/document.h"

namespace emend {

// How much of the language speaks for a candidate: the weights of the model's gain and of the word
// list's, fitted on recognised pages and, where there is no evidence of a recogniser, on plain
// text.
struct Weights {
  double model = 0.8;
  double words = 0.95;
  double margin = 1;  // share of the user's margin
};
[[nodiscard]] Weights weights_for(const Suspect& suspect);

// `model_gain` and the gain of the word list together, in nats.
[[nodiscard]] double language_gain(const Suspect& suspect, const Candidate& candidate,
                                   double model_gain, const KnownWords& known);

// What the rules say: `applied` when none objects, else the verdict of the one that does.
[[nodiscard]] Verdict check_rules(const Suspect& suspect, const Candidate& candidate,
                                  const KnownWords& known);

}  // namespace emend
