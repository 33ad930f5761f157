// SPDX-License-Identifier: Apache-2.0
// What a word of a page is, judged by its text alone.
//
// A token is a run of characters without white space, as a recogniser or a text file gives it.
#pragma once

#include <string>
#include <string_view>

#include "emend/document.h"

namespace emend {

// A token without its outer punctuation. The three parts joined are the token.
struct TokenParts {
  std::string_view lead;
  std::string_view core;  // empty when the token is punctuation throughout
  std::string_view trail;
};

// Brackets, quotation marks, stops, dashes and rules are outer punctuation. Signs that belong to
// what they stand by are not: # @ & / % and currency. A point or comma before a digit stays (.50).
// Ill-formed UTF-8 is all core.
[[nodiscard]] TokenParts strip_outer(std::string_view token);

// The characters of a token without its outer punctuation.
[[nodiscard]] std::u32string core_characters(std::string_view token);

// An empty token is a symbol. A token that mixes letters with a currency sign is an identifier.
[[nodiscard]] WordKind classify(std::string_view token);

[[nodiscard]] bool has_numeral(std::string_view token);  // a digit of any script, a superscript ...
[[nodiscard]] bool has_currency(std::string_view token);  // a currency sign

// E-mail addresses, URLs, host names and file paths, also when a recogniser damaged them a little.
[[nodiscard]] bool is_link(std::string_view token);

// Tokens that a sense of language must not touch: those with a numeral, a currency or percent
// sign, a currency code, links and symbols. What is left are words.
[[nodiscard]] bool is_locked(std::string_view token);

}  // namespace emend
