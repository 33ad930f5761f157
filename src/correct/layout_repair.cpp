// SPDX-License-Identifier: Apache-2.0
#include "correct/layout_repair.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/box.h"
#include "core/number_form.h"
#include "core/readings.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/independent_reading.h"
#include "correct/page_amounts.h"

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

// `text` with its decimal sign set, whatever was there: nothing but a digit stands between.
std::optional<std::string> with_decimal_sign(std::string_view text, char sign) {
  if (digit_count(text) <= kDecimals) return std::nullopt;
  std::string out(text.substr(0, text.size() - kDecimals));
  while (!out.empty() && (is_separator(out.back()) || out.back() == ' ')) out.pop_back();
  if (out.empty() || !is_digit(out.back())) return std::nullopt;
  return out + sign + std::string(text.substr(text.size() - kDecimals));
}

class LayoutRepairs {
 public:
  explicit LayoutRepairs(const Page& page) : page_(page), amounts_(page) {}

  [[nodiscard]] std::vector<LayoutRepair> find() const {
    std::vector<LayoutRepair> found;
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
  // One look at the word alone reads what stands, or emend's reader reads that sign in its place,
  // whatever it makes of the digits.
  [[nodiscard]] static bool is_borne_out(const Word& word) {
    const std::string_view core = strip_outer(word.text()).core;
    const std::size_t at = core.size() - kDecimals - 1;
    const auto bears_out = [&](const Reading& reading) {
      const std::string_view other = strip_outer(reading.text).core;
      const bool has_sign = other.size() == core.size() && other[at] == core[at];
      return reading.reader != Reader::look &&
             (other == core || (reading.reader == Reader::emend && has_sign));
    };
    return std::any_of(word.other_readings.begin(), word.other_readings.end(), bears_out);
  }

  [[nodiscard]] std::optional<LayoutRepair> repair_at(std::size_t line, std::size_t word) const {
    if (auto whole = read_across_at(line, word)) return whole;
    if (amounts_.decimal_sign() == 0) return std::nullopt;
    if (auto joined = joined_at(line, word)) return joined;
    const Word& one = page_.lines[line].words[word];
    const TokenParts parts = strip_outer(one.text());
    const auto after = with_decimal_sign(parts.core, amounts_.decimal_sign());
    if (!after || !is_layout_repair(parts.core, *after, amounts_.decimal_sign()))
      return std::nullopt;
    const bool is_of_column = amounts_.are_in_column(one.box, digits_in(one.text()));
    const bool is_read = surely_reads(one, *after, kSureOfSign);
    if (!is_of_column && !is_read) return std::nullopt;      // guard: column
    if (!is_read && is_borne_out(one)) return std::nullopt;  // guard: sure as read
    if (one.light == Light::green) return std::nullopt;      // guard: two looks agree on the sign
    const bool has_gap = parts.core.find(' ') != std::string_view::npos;
    if (!has_gap && !amounts_.may_replace_signs()) return std::nullopt;  // guard: lost tails
    if (amounts_.has_number_before(line, word, one.box.height))
      return std::nullopt;  // guard: thousands
    return LayoutRepair{line,
                        {word, 1},
                        std::string(parts.lead) + *after + std::string(parts.trail),
                        is_of_column ? "column" : "emend"};
  }

  [[nodiscard]] static bool surely_reads(const Word& word, std::string_view core, double sure) {
    const Reading* own = other_reading_by(Reader::emend, word);
    return own != nullptr && own->confidence >= sure &&
           lowered(strip_outer(own->text).core) == lowered(core);
  }

  // Nothing is amiss but the gap: the recogniser saw the sign too.
  [[nodiscard]] static bool has_own_sign(std::string_view core, std::string_view after) {
    std::string closed(core);
    std::erase(closed, ' ');
    return closed == after;
  }

  // One word with a gap, which emend's reader was given as a whole.
  [[nodiscard]] std::optional<LayoutRepair> read_across_at(std::size_t line,
                                                           std::size_t word) const {
    const Word& one = page_.lines[line].words[word];
    const Reading* own = other_reading_by(Reader::emend, one);
    const TokenParts parts = strip_outer(one.text());
    if (own == nullptr || parts.core.find(' ') == std::string_view::npos) return std::nullopt;
    const char sign = decimal_sign_of(strip_outer(own->text).core);
    const char expected = amounts_.decimal_sign();
    if (sign == 0 || sign != expected) return std::nullopt;  // guard: sign of the page
    const auto after = with_decimal_sign(parts.core, sign);
    if (!after || !is_layout_repair(parts.core, *after, sign)) return std::nullopt;
    if (!surely_reads(one, *after, kSureReader) && !has_own_sign(parts.core, *after))
      return std::nullopt;  // guard: read as a whole
    if (amounts_.has_number_before(line, word, one.box.height))
      return std::nullopt;  // guard: thousands of a whole
    return LayoutRepair{
        line, {word, 1}, std::string(parts.lead) + *after + std::string(parts.trail), "emend"};
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
    if (amounts_.has_number_before(line, word, 2 * std::max(gap, 1)))
      return std::nullopt;  // guard: row
    const std::string both = words[word].text() + ' ' + words[word + 1].text();
    const TokenParts parts = strip_outer(both);
    const auto after = with_decimal_sign(parts.core, amounts_.decimal_sign());
    if (!after || !is_layout_repair(parts.core, *after, amounts_.decimal_sign()))
      return std::nullopt;
    // Two words of which another place has the digits are no amount yet: 2 20 may be two numbers.
    if (!amounts_.are_in_column(next, {})) return std::nullopt;  // guard: column of the second
    return LayoutRepair{
        line, {word, 2}, std::string(parts.lead) + *after + std::string(parts.trail)};
  }

  const Page& page_;
  PageAmounts amounts_;
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
