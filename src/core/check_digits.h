// SPDX-License-Identifier: Apache-2.0
// Numbers that carry their own proof: check digits by the rules of those who give them out.
//
// Each takes capital letters and digits without separators, and is false for anything else.
#pragma once

#include <string_view>

namespace emend {

// ISO 13616, by ISO 7064 MOD 97-10.
[[nodiscard]] bool has_good_iban_digits(std::string_view iban);
// How long an IBAN of that country is, which its first two letters name; 0 when it is not known.
[[nodiscard]] std::size_t iban_length(std::string_view iban);

// ISO/IEC 7812-1, annex B: payment cards and others. Digits only.
[[nodiscard]] bool has_good_luhn_digit(std::string_view digits);

// GS1 General Specifications: GTIN-8, -12, -13 and -14, so EAN and UPC.
[[nodiscard]] bool has_good_gtin_digit(std::string_view digits);

// ISO 6166: two letters, nine letters or digits, and a check digit.
[[nodiscard]] bool has_isin_form(std::string_view isin);
[[nodiscard]] bool has_good_isin_digit(std::string_view isin);

// Of Austria, Belgium, France (those with a numeric key), Germany and Italy, with their prefix of
// two letters; other countries have no form here.
[[nodiscard]] bool has_vat_id_form(std::string_view id);
[[nodiscard]] bool has_good_vat_id_digit(std::string_view id);

}  // namespace emend
