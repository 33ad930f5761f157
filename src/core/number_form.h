// SPDX-License-Identifier: Apache-2.0
// The forms in which people write numbers: amounts, dates, times, percentages and quantities, in
// the variants of the countries whose scripts have capital and small letters.
//
// The form is a statement about characters only: 31/02/2020 has no date's form because no calendar
// has that day, but whether 4.00 is a price is for others to know.
#pragma once

#include <cstdint>
#include <string_view>

namespace emend {

enum class NumberForm : std::uint8_t {
  none,      // no digit, or a digit and no form that is known here
  quantity,  // 12  1,234  0.5  1.5kg  2x  3rd  1/2  10-12  10x20
  money,     // 12.50  1.234,50  $100  RM5.00  -3,00EUR  12.50CR
  percent,   // 19%  6.00%
  date,      // 31/12/2018  2018-12-31  31-DEC-18  31.12.
  time,      // 14:05  2:05:30PM  14h30
};

// `core` is a token without its outer punctuation (token.h); a sign in front is allowed.
[[nodiscard]] NumberForm number_form(std::string_view core);

// A currency sign such as $ or US$, or a code such as EUR, RM or Rs, and nothing else.
[[nodiscard]] bool is_currency_name(std::string_view core);

}  // namespace emend
