// SPDX-License-Identifier: Apache-2.0
#include "emend/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/ascii.h"
#include "core/check_digits.h"
#include "core/names.h"
#include "core/number_checks.h"
#include "core/number_form.h"
#include "core/number_value.h"
#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

NumberKind kind_of(std::string_view core) {
  switch (number_form(core)) {
    case NumberForm::money:
      return NumberKind::amount;
    case NumberForm::percent:
      return NumberKind::percent;
    case NumberForm::date:
      return NumberKind::date;
    case NumberForm::time:
      return NumberKind::time;
    case NumberForm::quantity:
      return NumberKind::quantity;
    case NumberForm::none:
      break;
  }
  return NumberKind::identifier;
}

bool has_value(NumberKind kind) {
  return kind == NumberKind::amount || kind == NumberKind::percent || kind == NumberKind::quantity;
}

// Capital letters and digits; what parts groups is left out. Empty when there is anything else.
std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = ascii::is_digit(c) || (c >= 'A' && c <= 'Z');
    if (is_plain) out += c;
    if (!is_plain && c != ' ' && c != '-' && c != '.') return {};
  }
  return out;
}

std::string_view core_of(const Word& word) {
  return strip_outer(word.text()).core;
}

// How many words from `first` are an IBAN by their form, that of its country's length; 0 = none.
std::size_t words_of_iban(const Line& line, std::size_t first) {
  std::string joined;
  for (std::size_t i = first; i < line.words.size(); ++i) {
    const std::string part = compact(core_of(line.words[i]));
    if (part.empty()) return 0;
    joined += part;
    const std::size_t length = iban_length(joined);
    if (length == 0 || joined.size() < 4 || joined[2] > '9' || joined[3] > '9') return 0;
    if (joined.size() == length) return i - first + 1;
    if (joined.size() > length) return 0;
  }
  return 0;
}

bool mentions(const Line& line, std::size_t before, std::initializer_list<std::string_view> words) {
  for (std::size_t i = 0; i < before && i < line.words.size(); ++i) {
    const std::string word = lowered(core_of(line.words[i]));
    for (const std::string_view wanted : words) {
      if (word.find(wanted) != std::string::npos) return true;
    }
  }
  return false;
}

// Three short runs of digits, parted by one sign: a date, if such a day existed.
bool looks_like_a_date(std::string_view core) {
  std::array<int, 3> parts{};
  const char* at = core.data();
  const char* const end = core.data() + core.size();
  char sign = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto [rest, problem] = std::from_chars(at, end, parts.at(i));
    const auto digits = rest - at;
    if (problem != std::errc{} || *at == '-' || digits > (i == 2 ? 4 : 2)) return false;
    if (i == 2)
      return rest == end && (digits == 2 || digits == 4) && parts[0] <= 39 && parts[1] <= 19;
    if (rest == end || (*rest != '/' && *rest != '.') || (i == 1 && *rest != sign)) return false;
    sign = *rest;
    at = rest + 1;
  }
  return false;
}

// What its own characters say; `line` tells what it is called.
std::vector<NumberCheck> own_checks(const NumberFact& fact, const Line& line) {
  const std::string plain = compact(fact.text);
  const std::size_t at = fact.place.word;
  if (fact.kind == NumberKind::amount) return {};
  if (fact.words > 1 || (iban_length(plain) != 0 && plain.size() == iban_length(plain))) {
    return {{NumberRule::iban, has_good_iban_digits(plain)}};
  }
  if (has_isin_form(plain) && mentions(line, at, {"isin"})) {
    return {{NumberRule::isin, has_good_isin_digit(plain)}};
  }
  if (has_vat_id_form(plain)) return {{NumberRule::vat_id, has_good_vat_id_digit(plain)}};
  if (plain.size() >= 8 && mentions(line, at, {"ean", "gtin", "upc", "barcode"})) {
    return {{NumberRule::gtin, has_good_gtin_digit(plain)}};
  }
  if (plain.size() >= 13 && mentions(line, at, {"card", "visa", "mastercard", "karte", "carte"})) {
    return {{NumberRule::card, has_good_luhn_digit(plain)}};
  }
  if (fact.kind == NumberKind::identifier && looks_like_a_date(fact.text)) {
    return {{NumberRule::calendar, false}};
  }
  return {};
}

// How many words from `first` are one amount whose thousands are parted by narrow spaces, as in
// 1 234 567,50; 0 = it is none. Words without boxes may stand apart.
std::size_t words_of_amount(const Line& line, std::size_t first) {
  constexpr std::size_t kGroup = 3;
  std::string joined;
  for (std::size_t i = first; i < line.words.size(); ++i) {
    const std::string core(core_of(line.words[i]));
    const auto digits =
        static_cast<std::size_t>(std::count_if(core.begin(), core.end(), ascii::is_digit));
    if (i == first) {
      if (digits == 0 || digits > kGroup || !ascii::is_digit(core.back())) return 0;
      joined = core;
      continue;
    }
    const Box& box = line.words[i].box;
    const Box& before = line.words[i - 1].box;
    const bool is_near = box.width > 0 && 5 * (box.x - before.x - before.width) <= 3 * box.height;
    if (!is_near || core.size() < kGroup || !ascii::is_digit(core.front())) return 0;
    joined += ' ' + core;
    if (digits == kGroup && core.size() == kGroup) continue;
    const bool is_end = digits == kGroup + 2 && (core[kGroup] == ',' || core[kGroup] == '.');
    return is_end && kind_of(joined) == NumberKind::amount ? i - first + 1 : 0;
  }
  return 0;
}

IdentifierKind identifier_of(const NumberFact& fact, const Line& line) {
  for (const NumberCheck& check : fact.checks) {
    if (check.rule == NumberRule::iban) return IdentifierKind::iban;
    if (check.rule == NumberRule::vat_id) return IdentifierKind::vat_id;
    if (check.rule == NumberRule::isin) return IdentifierKind::isin;
    if (check.rule == NumberRule::gtin) return IdentifierKind::gtin;
    if (check.rule == NumberRule::card) return IdentifierKind::card;
  }
  constexpr std::ptrdiff_t kShortestPhone = 6;
  const std::size_t at = fact.place.word;
  const bool is_digits = fact.text.find_first_not_of("0123456789+-()/.") == std::string::npos;
  const auto digits = std::count_if(fact.text.begin(), fact.text.end(), ascii::is_digit);
  const bool may_be_phone =
      is_digits && digits >= kShortestPhone &&
      (fact.kind == NumberKind::identifier || fact.kind == NumberKind::quantity);
  if (may_be_phone && mentions(line, at, {"tel", "fax", "phone", "mobil", "handy"})) {
    return IdentifierKind::phone;
  }
  if (fact.kind != NumberKind::identifier) return IdentifierKind::none;
  if (mentions(line, at,
               {"order", "invoice", "receipt", "customer", "bestell", "rechnung", "kunden",
                "facture", "commande", "client"})) {
    return IdentifierKind::document;
  }
  return IdentifierKind::other;
}

NumberFact fact_of(const Line& line, WordPlace place) {
  NumberFact fact{.place = place};
  const std::size_t iban = words_of_iban(line, place.word);
  fact.words = std::max({iban, words_of_amount(line, place.word), std::size_t{1}});
  fact.confidence = 1;
  for (std::size_t i = 0; i < fact.words; ++i) {
    const Word& word = line.words[place.word + i];
    fact.text += (i > 0 ? " " : "") + std::string(core_of(word));
    fact.confidence = std::min(fact.confidence, word.confidence());
    fact.light = std::max(fact.light, word.light);
  }
  fact.kind = iban > 0 ? NumberKind::identifier : kind_of(fact.text);
  if (has_value(fact.kind)) fact.value = number_value(fact.text).value_or("");
  fact.checks = own_checks(fact, line);
  for (const NumberCheck& check : fact.checks) {
    if (check.rule == NumberRule::calendar) fact.kind = NumberKind::date;
  }
  fact.identifier = identifier_of(fact, line);
  if (fact.identifier != IdentifierKind::none && fact.kind != NumberKind::identifier) {
    fact.kind = NumberKind::identifier;
    fact.value.clear();
  }
  return fact;
}

}  // namespace

std::vector<NumberFact> number_facts(const Page& page) {
  std::vector<NumberFact> facts;
  for (std::size_t l = 0; l < page.lines.size(); ++l) {
    const Line& line = page.lines[l];
    if (line.is_noise) continue;
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      const bool may_be_iban = words_of_iban(line, w) > 0;
      if (!may_be_iban && !has_numeral(line.words[w].text())) continue;
      facts.push_back(fact_of(line, {l, w}));
      w += facts.back().words - 1;
    }
  }
  return facts;
}

std::vector<NumberFact> numbers(const Page& page) {
  std::vector<NumberFact> facts = number_facts(page);
  const std::vector<PlacedCheck> checks = number_checks(page, facts);
  for (NumberFact& fact : facts) {
    fact.checks.clear();
    for (const PlacedCheck& check : checks) {
      if (check.place == fact.place && check.is_told) {
        fact.checks.push_back({check.rule, check.passed});
      }
    }
    for (std::size_t e = 0; e < page.edits.size(); ++e) {
      const Edit& edit = page.edits[e];
      const bool is_of_it = edit.line == fact.place.line &&
                            edit.words.first < fact.place.word + fact.words &&
                            fact.place.word < edit.words.first + edit.words.count;
      if (is_of_it) fact.edits.push_back(e);
    }
  }
  return facts;
}

std::string_view name(NumberKind kind) {
  return kNumberKindNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(IdentifierKind kind) {
  return kIdentifierKindNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(NumberRule rule) {
  return kNumberRuleNames.at(static_cast<std::size_t>(rule));
}

}  // namespace emend
