// SPDX-License-Identifier: Apache-2.0
#include "core/check_digits.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "core/ascii.h"

namespace emend {

namespace {

using ascii::is_digit;

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}
int digit_at(std::string_view text, std::size_t at) {
  return text[at] - '0';
}

// Letters as two digits: A is 10, Z is 35.
std::string with_letters_as_digits(std::string_view text) {
  std::string out;
  for (const char c : text) out += is_capital(c) ? std::to_string(c - 'A' + 10) : std::string(1, c);
  return out;
}

int remainder(std::string_view digits, int divisor) {
  int rest = 0;
  for (const char c : digits) rest = (rest * 10 + (c - '0')) % divisor;
  return rest;
}

// The registry of ISO 13616, for countries whose documents are likely here.
constexpr std::array<std::pair<std::string_view, std::size_t>, 38> kIbanLengths = {
    {{"AD", 24}, {"AE", 23}, {"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21}, {"CY", 28}, {"CZ", 24},
     {"DE", 22}, {"DK", 18}, {"EE", 20}, {"ES", 24}, {"FI", 18}, {"FR", 27}, {"GB", 22}, {"GR", 27},
     {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IS", 26}, {"IT", 27}, {"LI", 21}, {"LT", 20},
     {"LU", 20}, {"LV", 21}, {"MC", 27}, {"MT", 31}, {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25},
     {"RO", 24}, {"RS", 22}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"TR", 26}}};

// ISO 7064 MOD 11,10.
bool has_good_mod_11_10_digit(std::string_view digits) {
  int product = 10;
  for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
    int sum = (digit_at(digits, i) + product) % 10;
    if (sum == 0) sum = 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 == digit_at(digits, digits.size() - 1);
}

bool has_good_austrian_digit(std::string_view digits) {
  int sum = 4;
  for (std::size_t i = 0; i < 7; ++i) {
    const int doubled = digit_at(digits, i) * (i % 2 == 0 ? 1 : 2);
    sum += doubled / 10 + doubled % 10;
  }
  return (10 - sum % 10) % 10 == digit_at(digits, 7);
}

}  // namespace

std::size_t iban_length(std::string_view iban) {
  const auto* const found =
      std::find_if(kIbanLengths.begin(), kIbanLengths.end(),
                   [&](const auto& country) { return iban.substr(0, 2) == country.first; });
  return found == kIbanLengths.end() ? 0 : found->second;
}

bool has_good_iban_digits(std::string_view iban) {
  const std::size_t length = iban_length(iban);
  if (length == 0 || iban.size() != length) return false;
  const bool is_plain =
      std::all_of(iban.begin(), iban.end(), [](char c) { return is_digit(c) || is_capital(c); });
  const std::string turned = std::string(iban.substr(4)) + std::string(iban.substr(0, 4));
  return is_plain && remainder(with_letters_as_digits(turned), 97) == 1;
}

bool has_good_luhn_digit(std::string_view digits) {
  if (!is_all_digits(digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = digit_at(digits, digits.size() - 1 - i) * (i % 2 == 0 ? 1 : 2);
    sum += value / 10 + value % 10;
  }
  return sum % 10 == 0;
}

bool has_good_gtin_digit(std::string_view digits) {
  constexpr std::array<std::size_t, 4> kLengths = {8, 12, 13, 14};
  const bool is_one = std::find(kLengths.begin(), kLengths.end(), digits.size()) != kLengths.end();
  if (!is_one || !is_all_digits(digits)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    sum += digit_at(digits, digits.size() - 1 - i) * (i % 2 == 0 ? 1 : 3);
  }
  return sum % 10 == 0;
}

bool has_isin_form(std::string_view isin) {
  return isin.size() == 12 && is_capital(isin[0]) && is_capital(isin[1]) && is_digit(isin[11]) &&
         std::all_of(isin.begin(), isin.end(), [](char c) { return is_digit(c) || is_capital(c); });
}

bool has_good_isin_digit(std::string_view isin) {
  return has_isin_form(isin) && has_good_luhn_digit(with_letters_as_digits(isin));
}

bool has_vat_id_form(std::string_view id) {
  const std::string_view country = id.substr(0, 2);
  if (country == "AT") return id.size() == 11 && id[2] == 'U' && is_all_digits(id.substr(3));
  const std::size_t digits = country == "DE"                      ? 9
                             : country == "BE"                    ? 10
                             : country == "FR" || country == "IT" ? 11
                                                                  : 0;
  return digits > 0 && id.size() == digits + 2 && is_all_digits(id.substr(2));
}

bool has_good_vat_id_digit(std::string_view id) {
  if (!has_vat_id_form(id)) return false;
  const std::string_view country = id.substr(0, 2);
  const std::string_view digits = id.substr(2);
  if (country == "AT") return has_good_austrian_digit(digits.substr(1));
  if (country == "DE") return has_good_mod_11_10_digit(digits);
  if (country == "IT") return has_good_luhn_digit(digits);
  if (country == "BE") {
    return 97 - remainder(digits.substr(0, 8), 97) == remainder(digits.substr(8), 100);
  }
  // France: the key, then the company's number.
  return (12 + 3 * remainder(digits.substr(2), 97)) % 97 == remainder(digits.substr(0, 2), 100);
}

}  // namespace emend
