// SPDX-License-Identifier: Apache-2.0
// Second stage of correction: what a suspect word may be instead.
//
// Readings come from the recogniser's own alternatives, from letters that look alike, from other
// words of the document, from the word list, and from two words that ran together. Each carries
// how unlikely the misreading is and what bears it out; no model is asked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correct/channel.h"
#include "correct/known_words.h"
#include "correct/suspect.h"
#include "emend/document.h"

namespace emend {

// The weakest thing that a candidate rests on.
enum class Support : std::uint8_t {
  alternatives,  // the recogniser lists every changed character
  look_alike,    // known confusions
  split,         // a lost space
  document,      // a guess, but the word stands elsewhere in the document
  dictionary,    // a guess: only near a word of the language
};

[[nodiscard]] std::string_view name(Support support);

struct Candidate {
  std::string core;  // in place of the suspect's core
  EditReason reason = EditReason::language;
  Support support = Support::dictionary;
  Misreading misreading;
};

struct ProposeOptions {
  std::size_t max_candidates = 8;
  double max_cost = 45;          // nats; a misreading less likely than that is not considered
  double max_lattice_cost = 10;  // of readings spelled from the recogniser's alternatives
};

// Known words other than the suspect's own, the most promising first.
[[nodiscard]] std::vector<Candidate> propose(const Suspect& suspect, const KnownWords& known,
                                             const ProposeOptions& options);

// A reading that somebody else proposes, founded as propose() founds its own. Nothing when it is no
// other reading, the misreading is too unlikely, or a word like this one may only change on the
// recogniser's own word, which says something else. The reading need not be known.
[[nodiscard]] std::optional<Candidate> founded(const Suspect& suspect, const std::string& core,
                                               const KnownWords& known,
                                               const ProposeOptions& options);

// Where candidates come from: propose() above, or in tests and other ways of proofreading a source
// that need not be trusted; whatever it says passes the same rules.
class Proposer {
 public:
  Proposer() = default;
  Proposer(const Proposer&) = delete;
  Proposer& operator=(const Proposer&) = delete;
  virtual ~Proposer() = default;
  [[nodiscard]] virtual std::vector<Candidate> propose(const Suspect& suspect,
                                                       const KnownWords& known) = 0;
};

}  // namespace emend
