// SPDX-License-Identifier: Apache-2.0
#include "emend/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/check_digits.h"
#include "core/names.h"
#include "core/number_form.h"
#include "core/number_value.h"
#include "core/regions.h"
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

NumberFact fact_of(const Line& line, WordPlace place) {
  NumberFact fact{.place = place};
  const std::size_t iban = words_of_iban(line, place.word);
  fact.words = std::max<std::size_t>(iban, 1);
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
  return fact;
}

std::vector<NumberFact> facts_of(const Page& page) {
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

// What the numbers of the page say of one another.
class Arithmetic {
 public:
  Arithmetic(const Page& page, std::vector<NumberFact>& facts) : page_(page) {
    for (NumberFact& fact : facts) {
      const auto worth = fact.value.empty() ? std::nullopt : hundredths(fact.value);
      if (worth) known_[{fact.place.line, fact.place.word}] = {&fact, *worth};
    }
  }

  void check() {
    for (const Region& region : regions_of(page_)) {
      for (const Row& row : region.rows) {
        const std::vector<Known> numbers = numbers_of(row);
        check_line_total(numbers);
        check_sum(row, numbers);
      }
    }
  }

 private:
  struct Known {
    NumberFact* fact = nullptr;
    std::int64_t worth = 0;  // in hundredths
  };

  [[nodiscard]] std::vector<Known> numbers_of(const Row& row) const {
    std::vector<Known> found;
    for (const Cell& cell : row.cells) {
      for (const PlacedWord& placed : cell.words) {
        const auto at = known_.find({placed.place.line, placed.place.word});
        if (at != known_.end()) found.push_back(at->second);
      }
    }
    return found;
  }

  // Quantity, price and amount, the last three numbers of a row. It fails only where nothing else
  // can be meant: a quantity without decimals and two amounts.
  static void check_line_total(const std::vector<Known>& numbers) {
    if (numbers.size() < 3) return;
    const Known& quantity = numbers[numbers.size() - 3];
    const Known& price = numbers[numbers.size() - 2];
    const Known& total = numbers.back();
    const bool is_row = quantity.fact->kind == NumberKind::quantity &&
                        price.fact->kind == NumberKind::amount &&
                        total.fact->kind == NumberKind::amount;
    constexpr std::int64_t kMost = 1'000'000'000;
    if (!is_row || std::max(std::abs(quantity.worth), std::abs(price.worth)) > kMost) return;
    // In ten-thousandths; half a hundredth may have been rounded away.
    const std::int64_t off = quantity.worth * price.worth - total.worth * 100;
    total.fact->checks.push_back({NumberRule::line_total, std::abs(off) <= 50});
  }

  // A total is the sum of the amounts since the last total, or of these and that total, as after a
  // tax. That nothing adds up is not held against it: what is an item is a guess.
  void check_sum(const Row& row, const std::vector<Known>& numbers) {
    if (numbers.empty() || numbers.back().fact->kind != NumberKind::amount) return;
    const Known& last = numbers.back();
    if (!is_called_total(row)) {
      items_.push_back(last.worth);
      return;
    }
    const std::int64_t sum = std::accumulate(items_.begin(), items_.end(), std::int64_t{0});
    const bool is_sum_of_items = items_.size() > 1 && sum == last.worth;
    const bool is_further_sum = !items_.empty() && total_ && *total_ + sum == last.worth;
    if (is_sum_of_items || is_further_sum) {
      last.fact->checks.push_back({NumberRule::sum, true});
    }
    total_ = last.worth;
    items_.clear();
  }

  static bool is_called_total(const Row& row) {
    constexpr std::array<std::string_view, 9> kNames = {
        "total", "sum", "summe", "gesamt", "betrag", "montant", "net", "netto", "due"};
    for (const Cell& cell : row.cells) {
      for (const PlacedWord& placed : cell.words) {
        const std::string word = lowered(core_of(*placed.word));
        for (const std::string_view name : kNames) {
          if (word.find(name) != std::string::npos) return true;
        }
      }
    }
    return false;
  }

  const Page& page_;
  std::map<std::pair<std::size_t, std::size_t>, Known> known_;
  std::vector<std::int64_t> items_;  // amounts since the last total
  std::optional<std::int64_t> total_;
};

}  // namespace

std::vector<NumberFact> numbers(const Page& page) {
  std::vector<NumberFact> facts = facts_of(page);
  Arithmetic(page, facts).check();
  return facts;
}

std::string_view name(NumberKind kind) {
  return kNumberKindNames.at(static_cast<std::size_t>(kind));
}

std::string_view name(NumberRule rule) {
  return kNumberRuleNames.at(static_cast<std::size_t>(rule));
}

}  // namespace emend
