// SPDX-License-Identifier: Apache-2.0
// The numbers of a page: what each is, what it is worth, and what the page or its own check digits
// say of it. Nothing is changed by it.
//
//   #include <emend/run.h>
//   const auto document = emend::read_document("invoice.png");
//   if (!document) return;
//   for (const emend::NumberFact& number : emend::numbers(document->pages.front())) {
//     for (const emend::NumberCheck& check : number.checks) {
//       if (!check.passed) std::cerr << number.text << ": " << name(check.rule) << " fails\n";
//     }
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"

namespace emend {

enum class NumberKind : std::uint8_t { amount, percent, quantity, date, time, identifier };

// What an identifier is the number of, as far as its form, its check digits or the words before it
// tell.
enum class IdentifierKind : std::uint8_t {
  none,   // it is no identifier
  other,  // letters and digits, or digits of no number's form
  iban,
  vat_id,
  isin,
  gtin,
  card,
  phone,
  document,  // an order, invoice, receipt or customer number
};

enum class NumberRule : std::uint8_t {
  iban,        // ISO 13616
  isin,        // ISO 6166
  vat_id,      // of AT, BE, DE, FR, IT
  gtin,        // EAN, UPC and GTIN
  card,        // ISO/IEC 7812-1
  calendar,    // a date whose day does not exist; such a check never passes
  line_total,  // the amount at the end of a row is its quantity times its price
  sum,         // a total is the sum of the amounts above it; such a check always passes
  tax,         // a tax is its percentage of the amount beside it; such a check always passes
  change,      // what was paid less the total; such a check always passes
};

struct NumberCheck {
  NumberRule rule = NumberRule::iban;
  bool passed = false;

  friend bool operator==(const NumberCheck&, const NumberCheck&) = default;
};

struct NumberFact {
  WordPlace place;        // of its first word
  std::size_t words = 1;  // more for an IBAN in groups and for thousands parted by spaces
  std::string text;       // as it stands, without punctuation around it
  NumberKind kind = NumberKind::quantity;
  IdentifierKind identifier = IdentifierKind::none;
  // Amounts, percentages and quantities with a point for the decimals and nothing else: "1234.50".
  // Empty where that would be a guess, as in 1.234, which is a thousand or a little more than one.
  std::string value;
  double confidence = 0;  // the least of its words'
  Light light = Light::none;
  std::vector<NumberCheck> checks;  // those that apply; most numbers have none
  std::vector<std::size_t> edits;   // what was proposed for it, applied or not: into Page::edits
};

// In reading order. Noise has none.
[[nodiscard]] std::vector<NumberFact> numbers(const Page& page);

[[nodiscard]] std::string_view name(NumberKind kind);
[[nodiscard]] std::string_view name(NumberRule rule);
[[nodiscard]] std::string_view name(IdentifierKind kind);

}  // namespace emend
