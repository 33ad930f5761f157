// SPDX-License-Identifier: Apache-2.0
// The final verifier: looks at what came in and what would go out, as plain strings, and knows
// nothing of how the one became the other. It shares no code with the stages that it checks, so a
// mistake in their rules is caught by rules that were written a second time.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emend/document.h"

namespace emend {

// One line of words before and after, and the edits that claim to explain the difference.
struct LineChange {
  std::span<const std::string> before;  // a word that was joined from two holds a space
  std::span<const std::string> after;
  std::span<const Edit> applied;
  // What further looks read, for each word; empty when nobody looked again.
  std::span<const std::vector<std::string>> readings = {};
  bool numbers_stay = false;  // the user lets nothing become of them
};

// What is wrong with the line, in words for a notice; nothing when it may stand:
//   - as many words as before, each valid UTF-8 on one line, changed only where exactly one edit
//     says so, from and to exactly these texts;
//   - a token with a numeral, a currency or percent sign, or the form of a link is the same, or was
//     changed for a reason of the closed list in the form that the reason allows; other digits in
//     place of digits only as a further look read them, and with the check that this turned;
//   - no other token gains a numeral, a sign of currency or percent, or outer punctuation;
//   - the line as a whole changes by a few characters and hardly in length.
[[nodiscard]] std::optional<std::string> find_breach(const LineChange& change);

}  // namespace emend
