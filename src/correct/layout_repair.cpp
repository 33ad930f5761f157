// SPDX-License-Identifier: Apache-2.0
#include "correct/layout_repair.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/number_form.h"
#include "core/token.h"

namespace emend {

namespace {

using ascii::is_digit;

constexpr std::size_t kDecimals = 2;
constexpr std::size_t kMostWholeDigits = 4;  // of an amount that was cut in two

bool is_separator(char c) {
  return c == '.' || c == ',';
}

std::size_t digit_count(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

// The sign before the last two digits of an amount that ends with them; 0 when it is none.
char decimal_sign_of(std::string_view core) {
  if (number_form(core) != NumberForm::money || core.size() < kDecimals + 2) return 0;
  const std::string_view end = core.substr(core.size() - kDecimals - 2);
  const bool is_one =
      is_digit(end[0]) && is_separator(end[1]) && is_digit(end[2]) && is_digit(end[3]);
  return is_one ? end[1] : char{0};
}

// `text` with its decimal sign set, whatever was there: nothing but a digit stands between.
std::optional<std::string> with_decimal_sign(std::string_view text, char sign) {
  if (digit_count(text) <= kDecimals) return std::nullopt;
  std::string out(text.substr(0, text.size() - kDecimals));
  while (!out.empty() && (is_separator(out.back()) || out.back() == ' ')) out.pop_back();
  if (out.empty() || !is_digit(out.back())) return std::nullopt;
  return out + sign + std::string(text.substr(text.size() - kDecimals));
}

int right_of(const Box& box) {
  return box.x + box.width;
}

struct Amount {
  Box box;
  char sign = 0;
  std::string digits;
};

// The two words are an amount that was cut behind its sign: 55. 00.
char sign_of_cut(const Word& word, const Word& next) {
  const std::string_view whole = word.text();
  const std::string_view decimals = strip_outer(next.text()).core;
  const bool is_cut = whole.size() > 1 && is_separator(whole.back()) &&
                      is_digit(whole[whole.size() - 2]) && decimals.size() == kDecimals &&
                      digit_count(decimals) == kDecimals &&
                      next.box.x - right_of(word.box) <= std::min(word.box.height, next.box.height);
  return is_cut ? whole.back() : char{0};
}

class LayoutRepairs {
 public:
  explicit LayoutRepairs(const Page& page) : page_(page) {
    for (const Line& line : page.lines) {
      if (line.is_noise) continue;
      for (std::size_t w = 0; w < line.words.size(); ++w) {
        const Word& word = line.words[w];
        const char sign = decimal_sign_of(strip_outer(word.text()).core);
        if (sign != 0) add(word.box, sign, digits_of(word.text()));
        const Word* next = w + 1 < line.words.size() ? &line.words[w + 1] : nullptr;
        const char cut = next != nullptr ? sign_of_cut(word, *next) : char{0};
        if (cut != 0) add(next->box, cut, digits_of(word.text() + next->text()));
      }
    }
    sign_ = sign_of_page();
  }

  [[nodiscard]] std::vector<LayoutRepair> find() const {
    std::vector<LayoutRepair> found;
    if (sign_ == 0) return found;
    for (std::size_t l = 0; l < page_.lines.size(); ++l) {
      const Line& line = page_.lines[l];
      if (line.is_noise) continue;
      for (std::size_t w = 0; w < line.words.size(); ++w) {
        auto repair = repair_at(l, w);
        if (!repair) continue;
        w += repair->words.count - 1;
        found.push_back(std::move(*repair));
      }
    }
    return found;
  }

 private:
  void add(const Box& box, char sign, std::string digits) {
    if (box.width > 0) amounts_.push_back({box, sign, std::move(digits)});
  }

  // One way to write decimals, and hardly another: what was misread is a minority.
  [[nodiscard]] char sign_of_page() const {
    constexpr std::ptrdiff_t kFewest = 3;
    constexpr std::ptrdiff_t kTimes = 2;
    const auto count = [&](char sign) {
      return std::count_if(amounts_.begin(), amounts_.end(),
                           [&](const Amount& amount) { return amount.sign == sign; });
    };
    const std::ptrdiff_t points = count('.');
    const std::ptrdiff_t commas = count(',');
    if (points >= kFewest && points >= kTimes * commas) return '.';
    if (commas >= kFewest && commas >= kTimes * points) return ',';
    return 0;
  }

  // The same amount, if `digits` has any, stands elsewhere with the page's sign, or at least two
  // others end where this one ends, most of them with that sign. Two words of which another place
  // has the digits are no amount yet: 2 20 may be two numbers.
  [[nodiscard]] bool is_in_column(const Box& box, const std::string& digits) const {
    constexpr int kFewest = 2;
    const int slack = std::max(3, box.height / 2);
    int same = 0;
    int other = 0;
    for (const Amount& amount : amounts_) {
      if (amount.box == box) continue;
      if (amount.sign == sign_ && amount.digits == digits) return true;
      if (std::abs(right_of(amount.box) - right_of(box)) > slack) continue;
      ++(amount.sign == sign_ ? same : other);
    }
    return same >= kFewest && same > other;
  }

  // A number close by, to the left: both may be one, with its thousands parted by a space.
  [[nodiscard]] bool has_number_before(std::size_t line, std::size_t word, int gap) const {
    if (word == 0) return false;
    const Word& before = page_.lines[line].words[word - 1];
    const int distance = page_.lines[line].words[word].box.x - right_of(before.box);
    return has_numeral(before.text()) && distance <= gap;
  }

  // Two looks agree and are sure, or one at the word alone reads what stands.
  [[nodiscard]] static bool is_borne_out(const Word& word) {
    const std::string_view core = strip_outer(word.text()).core;
    return word.light == Light::green ||
           std::any_of(
               word.other_readings.begin(), word.other_readings.end(), [&](const Reading& reading) {
                 return reading.reader != Reader::look && strip_outer(reading.text).core == core;
               });
  }

  [[nodiscard]] std::optional<LayoutRepair> repair_at(std::size_t line, std::size_t word) const {
    if (auto joined = joined_at(line, word)) return joined;
    const Word& one = page_.lines[line].words[word];
    const TokenParts parts = strip_outer(one.text());
    const auto after = with_decimal_sign(parts.core, sign_);
    if (!after || !is_layout_repair(parts.core, *after, sign_)) return std::nullopt;
    if (!is_in_column(one.box, digits_of(one.text()))) return std::nullopt;  // guard: column
    if (is_borne_out(one)) return std::nullopt;                              // guard: sure as read
    if (has_number_before(line, word, one.box.height)) return std::nullopt;  // guard: thousands
    return LayoutRepair{
        line, {word, 1}, std::string(parts.lead) + *after + std::string(parts.trail)};
  }

  // Two words that are one amount: nothing but a narrow gap, where the sign is too faint, is
  // between them, and no further number is so near.
  [[nodiscard]] std::optional<LayoutRepair> joined_at(std::size_t line, std::size_t word) const {
    const std::vector<Word>& words = page_.lines[line].words;
    if (word + 1 >= words.size()) return std::nullopt;
    const Box& box = words[word].box;
    const Box& next = words[word + 1].box;
    const int gap = next.x - right_of(box);
    if (next.width <= 0 || box.width <= 0 || gap > std::min(box.height, next.height)) {
      return std::nullopt;
    }
    if (has_number_before(line, word, 2 * std::max(gap, 1))) return std::nullopt;  // guard: row
    const std::string both = words[word].text() + ' ' + words[word + 1].text();
    const TokenParts parts = strip_outer(both);
    const auto after = with_decimal_sign(parts.core, sign_);
    if (!after || !is_layout_repair(parts.core, *after, sign_)) return std::nullopt;
    if (!is_in_column(next, {})) return std::nullopt;  // guard: column of the second
    return LayoutRepair{
        line, {word, 2}, std::string(parts.lead) + *after + std::string(parts.trail)};
  }

  const Page& page_;
  std::vector<Amount> amounts_;
  char sign_ = 0;
};

}  // namespace

bool is_layout_repair(std::string_view before, std::string_view after, char decimal_sign) {
  if (before == after) return false;  // guard: a change at all
  if (digit_count(before) <= kDecimals) return false;
  const auto is_gap = [](char c) { return is_separator(c) || c == ' '; };
  if (!is_gap(before[before.size() - kDecimals - 1])) return false;    // guard: a sign or a gap
  if (with_decimal_sign(before, decimal_sign) != after) return false;  // guard: only the sign
  if (number_form(after) != NumberForm::money) return false;           // guard: an amount
  if (after.find(' ') != std::string_view::npos) return false;         // guard: no gap left
  // 12345 60 are two numbers.
  const std::string_view whole = before.substr(0, before.find(' '));
  if (whole != before && digit_count(whole) > kMostWholeDigits) return false;  // guard: short whole
  return true;
}

std::vector<LayoutRepair> find_layout_repairs(const Page& page) {
  return LayoutRepairs(page).find();
}

}  // namespace emend
