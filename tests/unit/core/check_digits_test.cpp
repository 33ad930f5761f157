// SPDX-License-Identifier: Apache-2.0
#include "core/check_digits.h"

#include <gtest/gtest.h>

#include <string>

namespace emend {
namespace {

using Check = bool (*)(std::string_view);

// Good as it is; and with any one digit changed, not good any more.
void expect_every_digit_counts(Check is_good, const std::string& number) {
  EXPECT_TRUE(is_good(number)) << number;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] < '0' || number[i] > '9') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      if (digit == number[i]) continue;
      std::string other = number;
      other[i] = digit;
      EXPECT_FALSE(is_good(other)) << other << " for " << number;
    }
  }
}

TEST(CheckDigits, OfIbans) {
  // Examples of the ISO 13616 registry.
  for (const char* iban : {"DE89370400440532013000", "GB29NWBK60161331926819",
                           "FR1420041010050500013M02606", "BE68539007547034"}) {
    expect_every_digit_counts(&has_good_iban_digits, iban);
  }
  EXPECT_FALSE(has_good_iban_digits("DE8937040044053201300"));
  EXPECT_FALSE(has_good_iban_digits("XX89370400440532013000"));
  EXPECT_FALSE(has_good_iban_digits(""));
}

TEST(CheckDigits, OfCards) {
  expect_every_digit_counts(&has_good_luhn_digit, "4111111111111111");
  EXPECT_FALSE(has_good_luhn_digit("4111 1111"));
  EXPECT_FALSE(has_good_luhn_digit(""));
}

TEST(CheckDigits, OfArticles) {
  for (const char* number : {"4006381333931", "036000291452", "96385074"}) {
    expect_every_digit_counts(&has_good_gtin_digit, number);
  }
  EXPECT_FALSE(has_good_gtin_digit("40063813339"));
}

TEST(CheckDigits, OfSecurities) {
  EXPECT_TRUE(has_good_isin_digit("US0378331005"));
  EXPECT_TRUE(has_good_isin_digit("DE000BAY0017"));
  EXPECT_FALSE(has_good_isin_digit("US0378331006"));
  EXPECT_FALSE(has_isin_form("US037833100"));
}

TEST(CheckDigits, OfVatIds) {
  for (const char* id : {"DE136695976", "ATU13585627", "FR40303265045", "BE0411905847"}) {
    expect_every_digit_counts(&has_good_vat_id_digit, id);
  }
  EXPECT_TRUE(has_good_vat_id_digit("IT00743110157"));
  EXPECT_FALSE(has_good_vat_id_digit("IT00743110158"));
  EXPECT_FALSE(has_vat_id_form("GB123456789"));
}

}  // namespace
}  // namespace emend
