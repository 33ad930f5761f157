// SPDX-License-Identifier: Apache-2.0
// Fourth stage of correction: may this candidate take the word's place?
//
// Rules first, evidence second. The rules hold for any candidate from any source and whatever a
// model says of it. The evidence is a sum (decision.h): what language gains by the candidate, less
// what the recogniser has against it and what the misreading costs (channel.h), against a margin.
#pragma once

#include <string_view>

#include "correct/known_words.h"
#include "correct/propose.h"
#include "correct/suspect.h"
#include "emend/document.h"

namespace emend {

// What each part of the sum counts.
struct Weights {
  double model = 0;       // of the model's gain
  double words = 0;       // of the word list's gain
  double evidence = 0.5;  // of the recogniser's nats, for a character and for a word
  double channel = 1;     // of the misreading's cost
  double margin = 1;      // share of the user's margin
};

// Fitted on recognised pages (bench/fit_correction.py) and, where there is no evidence of a
// recogniser, on plain text.
struct FittedWeights {
  Weights page = {.model = 0.8, .words = 0.95, .margin = 1};
  Weights text = {.model = 0.8, .words = 0.4, .margin = 2};

  [[nodiscard]] const Weights& of(const Suspect& suspect) const {
    return suspect.seen.slots.empty() ? text : page;
  }
};

// `model_gain` and the gain of the word list together, in nats.
[[nodiscard]] double language_gain(const Suspect& suspect, const Candidate& candidate,
                                   double model_gain, const KnownWords& known,
                                   const Weights& weights);

// Whether two words differ in nothing but what spellings of one language differ in, now and before
// its reforms: accents, which French leaves off capitals; doubled letters; Theil and Teil, seyn and
// sein, Classe and Klasse.
[[nodiscard]] bool is_same_spelled_otherwise(std::string_view word, std::string_view other);

// What the rules say: `applied` when none objects, else the verdict of the one that does.
[[nodiscard]] Verdict check_rules(const Suspect& suspect, const Candidate& candidate,
                                  const KnownWords& known);

}  // namespace emend
