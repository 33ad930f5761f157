// SPDX-License-Identifier: Apache-2.0
// The noisy channel between what is printed and what was read: how unlikely is it that `meant` was
// read as this, and what speaks for it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"

namespace emend {

// The characters of a word as they were read, with what else they may be.
struct SeenWord {
  std::u32string text;
  // One slot for each character of `text`; empty when the recogniser gave nothing to go by.
  std::span<const std::vector<Alternative>> slots;
};

// The cheapest way from `meant` to what was seen, in two parts that a decision may weigh otherwise.
// The counts say by what each difference is borne out; a word with guesses has nothing but its
// likeness to speak for it.
struct Misreading {
  double cost = 0;               // nats: how rare such errors are
  double against = 0;            // nats by which the recogniser prefers what it printed
  std::size_t alternatives = 0;  // characters that the recogniser listed itself
  std::size_t look_alikes = 0;   // known confusions
  std::size_t spaces = 0;        // lost between two words
  std::size_t guesses = 0;       // characters changed, lost or added for no known reason

  // Both, as ways and candidates are compared before any model is asked.
  [[nodiscard]] double total() const { return cost + kOfEvidence * against; }

  friend bool operator==(const Misreading&, const Misreading&) = default;

 private:
  static constexpr double kOfEvidence = 0.5;
};

// What the steps of a misreading cost, in nats. Fitted on recognised receipts, letters and reports.
struct ChannelCosts {
  double changed = 0;            // for every character or group that is not as it was read
  double listed = 0;             // instead, where the recogniser lists it, in no short word
  double look_alike = 0;         // on top, when the recogniser does not list it
  double look_alike_weight = 0;  // of the confusion's own nats
  double guess = 0;              // on top, for what nothing explains
  double lost_space = 0;         // on top
};

// Where the recogniser lists alternatives, a character that is not among them is very unlikely; in
// plain text nothing speaks against it. A word that stands elsewhere in the document is less of a
// guess.
[[nodiscard]] ChannelCosts channel_costs(bool has_slots, bool is_of_document);

[[nodiscard]] Misreading explain(const SeenWord& seen, std::u32string_view meant,
                                 const ChannelCosts& costs);

// A string that the recogniser's alternatives spell, and its cost in nats over what it printed.
struct LatticeString {
  std::string text;
  double cost = 0;
};

// All such strings below `max_cost` nats, cheapest first, without what was printed itself; at most
// `max_count`. The order is that of the slots among equals.
[[nodiscard]] std::vector<LatticeString> spell_alternatives(
    std::span<const std::vector<Alternative>> slots, double max_cost, std::size_t max_count);

}  // namespace emend
