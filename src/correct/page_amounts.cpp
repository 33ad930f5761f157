// SPDX-License-Identifier: Apache-2.0
#include "correct/page_amounts.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/box.h"
#include "core/number_form.h"
#include "core/readings.h"
#include "core/token.h"
#include "correct/independent_reading.h"

namespace emend {

namespace {

using ascii::is_digit;

constexpr std::size_t kDecimals = 2;

bool is_separator(char c) {
  return c == '.' || c == ',';
}

// The two words are an amount that was cut behind its sign: 55. 00.
char sign_of_cut(const Word& word, const Word& next) {
  const std::string_view whole = word.text();
  const std::string_view decimals = strip_outer(next.text()).core;
  const bool is_cut = whole.size() > 1 && is_separator(whole.back()) &&
                      is_digit(whole[whole.size() - 2]) && decimals.size() == kDecimals &&
                      std::all_of(decimals.begin(), decimals.end(), is_digit) &&
                      next.box.x - right_of(word.box) <= std::min(word.box.height, next.box.height);
  return is_cut ? whole.back() : char{0};
}

// The word has a gap, and emend's reader surely reads an amount across it.
char sign_read_across(const Word& word) {
  const Reading* own = other_reading_by(Reader::emend, word);
  const bool is_read = own != nullptr && own->confidence >= kSureReader &&
                       word.text().find(' ') != std::string::npos;
  return is_read ? decimal_sign_of(strip_outer(own->text).core) : char{0};
}

// 1.234.50: the tail of a comma is lost, or one was put on a point. Then no sign of the page is
// sure.
bool has_one_sign_for_both(std::string_view text) {
  const std::string_view core = strip_outer(text).core;
  if (core.size() < 8 || number_form(core) == NumberForm::date) return false;
  const std::string_view end = core.substr(core.size() - 8);
  const auto are_digits = [&](std::size_t at, std::size_t count) {
    return std::all_of(end.begin() + at, end.begin() + at + count, is_digit);
  };
  return are_digits(0, 1) && is_separator(end[1]) && are_digits(2, 3) && end[5] == end[1] &&
         are_digits(6, 2);
}

}  // namespace

std::string digits_in(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

char decimal_sign_of(std::string_view core) {
  if (number_form(core) != NumberForm::money || core.size() < kDecimals + 2) return 0;
  const std::string_view end = core.substr(core.size() - kDecimals - 2);
  const bool is_one =
      is_digit(end[0]) && is_separator(end[1]) && is_digit(end[2]) && is_digit(end[3]);
  return is_one ? end[1] : char{0};
}

PageAmounts::PageAmounts(const Page& page) : page_(page) {
  for (const Line& line : page.lines) {
    if (line.is_noise) continue;
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      const Word& word = line.words[w];
      const char sign = decimal_sign_of(strip_outer(word.text()).core);
      if (sign != 0) add(word, sign, digits_in(word.text()), false);
      if (const char across = sign_read_across(word); across != 0) {
        amounts_.push_back({word.box, across, digits_in(word.text()), false, true});
      }
      has_one_sign_for_both_ |= has_one_sign_for_both(word.text());
      const Reading* own = other_reading_by(Reader::emend, word);
      was_read_twice_ |= own != nullptr;
      const char read = own != nullptr && own->confidence >= kSureOfSign
                            ? decimal_sign_of(strip_outer(own->text).core)
                            : char{0};
      points_read_ += read == '.' ? 1 : 0;
      commas_read_ += read == ',' ? 1 : 0;
      const Word* next = w + 1 < line.words.size() ? &line.words[w + 1] : nullptr;
      const char cut = next != nullptr ? sign_of_cut(word, *next) : char{0};
      if (cut != 0) add(*next, cut, digits_in(word.text() + next->text()), true);
    }
  }
  sign_ = sign_of_page();
}

void PageAmounts::add(const Word& word, char sign, std::string digits, bool is_cut) {
  if (word.box.width <= 0) return;
  const Reading* own = other_reading_by(Reader::emend, word);
  const bool is_sure = own != nullptr && own->confidence >= kSureReader &&
                       decimal_sign_of(strip_outer(own->text).core) == sign;
  amounts_.push_back({word.box, sign, std::move(digits), is_cut, is_sure});
}

// What was misread is a minority.
char PageAmounts::sign_of_page() const {
  if (has_one_sign_for_both_) return 0;
  constexpr std::ptrdiff_t kFewest = 3;
  constexpr std::ptrdiff_t kTimes = 2;
  const auto count = [&](char sign) {
    return std::count_if(amounts_.begin(), amounts_.end(),
                         [&](const Amount& amount) { return amount.sign == sign; });
  };
  const std::ptrdiff_t points = count('.');
  const std::ptrdiff_t commas = count(',');
  char sign = 0;
  if (points >= kFewest && points >= kTimes * commas) sign = '.';
  if (commas >= kFewest && commas >= kTimes * points) sign = ',';
  // Many amounts in two ways are no page for the reader to decide: it may see no tail of a comma.
  if (points < kFewest && commas < kFewest) return sign_of_reader();
  return is_borne_out(sign) ? sign : char{0};
}

// The tails of commas get lost in faint print, and most of a page's points may be commas. On
// made-up pages without emend's reader right signs were set wrong at up to 5 times as many of the
// others.
bool PageAmounts::may_replace_signs() const {
  constexpr std::ptrdiff_t kTimes = 8;
  const auto same = std::count_if(amounts_.begin(), amounts_.end(),
                                  [this](const Amount& amount) { return amount.sign == sign_; });
  const auto other = static_cast<std::ptrdiff_t>(amounts_.size()) - same;
  return was_read_twice_ || same >= kTimes * other;
}

char PageAmounts::sign_of_reader() const {
  constexpr std::size_t kFewest = 3;
  if (points_read_ >= kFewest && commas_read_ == 0) return '.';
  if (commas_read_ >= kFewest && points_read_ == 0) return ',';
  return 0;
}

// The tails of commas may be lost in one print throughout. Of amounts that emend's reader reads too
// it must surely see the same sign in two of five: on receipts it does in a half or more, on pages
// where points were read for commas in less than a sixth.
bool PageAmounts::is_borne_out(char sign) const {
  const auto all = std::count_if(amounts_.begin(), amounts_.end(), [&](const Amount& amount) {
    return amount.sign == sign && !amount.is_cut;
  });
  const auto sure = std::count_if(amounts_.begin(), amounts_.end(), [&](const Amount& amount) {
    return amount.sign == sign && amount.is_sure;
  });
  return !was_read_twice_ || 5 * sure >= 2 * all;
}

bool PageAmounts::are_in_column(const Box& box, const std::string& digits) const {
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

bool PageAmounts::has_number_before(std::size_t line, std::size_t word, int gap) const {
  if (word == 0) return false;
  const Word& before = page_.lines[line].words[word - 1];
  const int distance = page_.lines[line].words[word].box.x - right_of(before.box);
  return has_numeral(before.text()) && distance <= gap;
}

}  // namespace emend
