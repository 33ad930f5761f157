// SPDX-License-Identifier: Apache-2.0
// The closed list: the only ways in which correction may change a token that holds a digit or a
// currency sign. Everything else numeric is locked.
//
//   look-alike repair  $1O0.00 -> $100.00   a letter becomes the digit that it looks like
//   word repair        lnvo1ce -> Invoice   a digit inside a known word becomes a letter
//
// No digit becomes another digit, none is added or dropped, and no separator changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "correct/channel.h"
#include "correct/known_words.h"

namespace emend {

// `before` and `after` are tokens without outer punctuation.

// The strict rule. `before` has a digit and no number's form, only letters that look like a digit
// change, and either
//   - `after` has the form of money, a date or a time, and for each letter the recogniser lists the
//     digit, or the letter can be no other digit and touches one; or
//   - `before` is five or more digits with exactly one letter among them, the letter stands between
//     digits, and the recogniser lists the digit.
// The loose rule without forms once turned 25SQ# into 2550#.
[[nodiscard]] bool is_look_alike_repair(const SeenWord& before, std::u32string_view after);

// `before` has no number's form, one or two digits and at least twice as many letters; each digit
// becomes a letter that it looks like and the result is a word of the language; one of the user's
// own is not enough. Digits at an end of `before` stay when the rest is a word by itself: ROOM5 may
// be room 5.
[[nodiscard]] bool is_word_repair(const SeenWord& before, std::u32string_view after,
                                  const KnownWords& known);

// The repair that the strict rule allows, if there is one.
[[nodiscard]] std::optional<std::u32string> find_look_alike_repair(const SeenWord& before);

// The readings that the word rule allows.
[[nodiscard]] std::vector<std::u32string> find_word_repairs(const SeenWord& before,
                                                            const KnownWords& known);

// Whether a token looks like a number that was read badly, so that a person should look at it.
[[nodiscard]] bool is_doubtful_number(std::u32string_view core);

// Everything that has a numeral gets a light; what is doubtful, or was read less surely than
// `doubtful_confidence`, a red one. `core` is the word without its outer punctuation.
[[nodiscard]] Light light_of(const Word& word, std::string_view core, double doubtful_confidence);

}  // namespace emend
