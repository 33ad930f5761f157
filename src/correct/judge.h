// SPDX-License-Identifier: Apache-2.0
// Fourth stage of correction: may this candidate take the word's place?
//
// Rules first, evidence second. The rules hold for any candidate from any source and whatever a
// model says of it; the margin grows as the evidence gets weaker, because words changed on nearness
// to a dictionary word alone were wrong almost as often as right.
#pragma once

#include <string_view>

#include "correct/known_words.h"
#include "correct/propose.h"
#include "correct/suspect.h"
#include "emend/document.h"

namespace emend {

// Nats that language gain less channel cost must reach, by what the candidate rests on.
struct Margins {
  double alternatives = 0;
  double look_alike = 0;
  double document = 0;
  double dictionary = 0;
  double split = 0;
  double name_like = 0;  // added for a capital where no sentence starts
  double word_repair = 0;

  // In proportion to the margin of evidence that the user may set.
  [[nodiscard]] static Margins from(double margin);

  [[nodiscard]] double of(const Suspect& suspect, const Candidate& candidate) const;
};

// What the rules say: `applied` when none objects, else the verdict of the one that does.
[[nodiscard]] Verdict check_rules(const Suspect& suspect, const Candidate& candidate,
                                  const KnownWords& known);

}  // namespace emend
