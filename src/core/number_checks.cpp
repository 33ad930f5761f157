// SPDX-License-Identifier: Apache-2.0
#include "core/number_checks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/number_value.h"
#include "core/regions.h"
#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

struct Known {
  const NumberFact* fact = nullptr;
  std::int64_t worth = 0;  // in hundredths
};

bool is_amount(const Known& known) {
  return known.fact->kind == NumberKind::amount;
}

bool is_called(const Row& row, std::initializer_list<std::string_view> names) {
  for (const Cell& cell : row.cells) {
    for (const PlacedWord& placed : cell.words) {
      const std::string word = lowered(strip_outer(placed.word->text()).core);
      for (const std::string_view name : names) {
        if (word.find(name) != std::string::npos) return true;
      }
    }
  }
  return false;
}

// Half a hundredth may have been rounded away. Both in ten-thousandths.
bool is_rounded(std::int64_t exact, std::int64_t hundredths) {
  return std::abs(exact - hundredths * 100) <= 50;
}

// What the numbers of the page say of one another.
class Arithmetic {
 public:
  Arithmetic(const Page& page, const std::vector<NumberFact>& facts) : page_(page) {
    for (const NumberFact& fact : facts) {
      const auto worth = fact.value.empty() ? std::nullopt : hundredths(fact.value);
      if (worth) known_[{fact.place.line, fact.place.word}] = {&fact, *worth};
    }
  }

  [[nodiscard]] std::vector<PlacedCheck> checks() && {
    for (const Region& region : regions_of(page_)) {
      for (const Row& row : region.rows) {
        const std::vector<Known> numbers = numbers_of(row);
        check_line_total(numbers);
        check_tax(numbers);
        check_sum(row, numbers);
      }
    }
    return std::move(checks_);
  }

 private:
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

  void add(NumberRule rule, bool passed, bool is_told, std::span<const Known> members) {
    PlacedCheck check{members.back().fact->place, rule, passed, is_told, {}};
    for (const Known& member : members) check.members.push_back(member.fact->place);
    checks_.push_back(std::move(check));
  }

  // Quantity, price and amount, the last three numbers of a row. It is told to fail only where
  // nothing else can be meant: a quantity without decimals and two amounts.
  void check_line_total(const std::vector<Known>& numbers) {
    if (numbers.size() < 3) return;
    const std::span<const Known> row = std::span(numbers).last(3);
    const bool is_plain = row[0].fact->kind == NumberKind::quantity;
    const bool is_row = (is_plain || is_amount(row[0])) && is_amount(row[1]) && is_amount(row[2]);
    constexpr std::int64_t kMost = 1'000'000'000;
    if (!is_row || std::max(std::abs(row[0].worth), std::abs(row[1].worth)) > kMost) return;
    const bool passed = is_rounded(row[0].worth * row[1].worth, row[2].worth);
    add(NumberRule::line_total, passed, is_plain, row);
  }

  // A percentage, and the two amounts that follow it in its row: what is taxed and the tax.
  void check_tax(const std::vector<Known>& numbers) {
    for (std::size_t i = 0; i + 2 < numbers.size(); ++i) {
      const std::span<const Known> row = std::span(numbers).subspan(i, 3);
      const bool is_tax =
          row[0].fact->kind == NumberKind::percent && is_amount(row[1]) && is_amount(row[2]);
      constexpr std::int64_t kMost = 1'000'000'000;
      if (!is_tax || row[0].worth > kMost || std::abs(row[1].worth) > kMost) continue;
      // In millionths of the amount's unit: percent in hundredths of a hundredth.
      const std::int64_t exact = row[0].worth * row[1].worth / 100;
      const bool passed = is_rounded(exact, row[2].worth);
      add(NumberRule::tax, passed, passed, row);
    }
  }

  // A total is the sum of the amounts since the last total, or of these and that total, as after a
  // tax. That nothing adds up is not held against it: what is an item is a guess.
  void check_sum(const Row& row, const std::vector<Known>& numbers) {
    if (numbers.empty() || !is_amount(numbers.back())) return;
    const Known& last = numbers.back();
    if (is_called(row, {"change", "wechselgeld", "monnaie"})) return check_change(last);
    if (is_called(row, {"cash", "paid", "tender", "gegeben"})) {
      paid_ = last;
      return;
    }
    const bool is_total = is_called(
        row, {"total", "sum", "summe", "gesamt", "betrag", "montant", "net", "netto", "due"});
    if (!is_total) {
      items_.push_back(last);
      return;
    }
    add_sum(items_, last);
    if (total_) {
      std::vector<Known> further = items_;
      further.push_back(*total_);
      add_sum(further, last);
    }
    total_ = last;
    items_.clear();
  }

  void add_sum(std::vector<Known> items, const Known& total) {
    if (items.size() < 2) return;
    const std::int64_t sum =
        std::accumulate(items.begin(), items.end(), std::int64_t{0},
                        [](std::int64_t so_far, const Known& item) { return so_far + item.worth; });
    const bool passed = sum == total.worth;
    items.push_back(total);
    add(NumberRule::sum, passed, passed, items);
  }

  void check_change(const Known& change) {
    if (!paid_ || !total_) return;
    const bool passed = paid_->worth - total_->worth == change.worth;
    const std::array<Known, 3> members = {*paid_, *total_, change};
    add(NumberRule::change, passed, passed, members);
  }

  const Page& page_;
  std::map<std::pair<std::size_t, std::size_t>, Known> known_;
  std::vector<PlacedCheck> checks_;
  std::vector<Known> items_;  // amounts since the last total
  std::optional<Known> total_;
  std::optional<Known> paid_;
};

}  // namespace

std::vector<PlacedCheck> number_checks(const Page& page, const std::vector<NumberFact>& facts) {
  std::vector<PlacedCheck> checks;
  for (const NumberFact& fact : facts) {
    for (const NumberCheck& own : fact.checks) {
      PlacedCheck check{fact.place, own.rule, own.passed, true, {}};
      for (std::size_t i = 0; i < fact.words; ++i) {
        check.members.push_back({fact.place.line, fact.place.word + i});
      }
      checks.push_back(std::move(check));
    }
    if (fact.kind == NumberKind::date && fact.checks.empty()) {
      checks.push_back({fact.place, NumberRule::calendar, true, false, {fact.place}});
    }
  }
  for (PlacedCheck& check : Arithmetic(page, facts).checks()) checks.push_back(std::move(check));
  std::stable_sort(checks.begin(), checks.end(), [](const PlacedCheck& a, const PlacedCheck& b) {
    return std::pair(a.place.line, a.place.word) < std::pair(b.place.line, b.place.word);
  });
  return checks;
}

}  // namespace emend
