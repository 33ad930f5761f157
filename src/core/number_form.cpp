// SPDX-License-Identifier: Apache-2.0
#include "core/number_form.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/unicode.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 42> kCurrencyCodes = {
    "AED", "AUD", "BGN", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EGP", "EUR",
    "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR",
    "NOK", "NZD", "PHP", "PLN", "RMB", "RON", "RUB", "SAR", "SEK", "SGD", "THB",
    "TWD", "UAH", "USD", "VND", "ZAR", "RM",  "Rs",  "kr",  "Ft"};

constexpr std::array<std::string_view, 58> kMonths = {
    "jan",      "january", "januar",  "janv",    "janvier", "ene",      "enero",     "feb",
    "february", "februar", "f?vr",    "f?vrier", "febrero", "mar",      "march",     "m?rz",
    "mrz",      "mars",    "marzo",   "apr",     "april",   "avr",      "avril",     "abr",
    "abril",    "may",     "mai",     "mayo",    "jun",     "june",     "juni",      "juin",
    "junio",    "jul",     "july",    "juli",    "juil",    "juillet",  "julio",     "aug",
    "august",   "ao?t",    "ago",     "agosto",  "sep",     "sept",     "september", "septembre",
    "oct",      "october", "oktober", "okt",     "nov",     "november", "dec",       "december",
    "dez",      "dezember"};

constexpr std::array<std::string_view, 54> kUnits = {
    "x",  "pc", "pcs", "ea", "pk", "pkt", "pkts", "box", "ctn",   "doz", "dz",  "set", "sets", "pr",
    "g",  "gm", "gr",  "kg", "mg", "lb",  "lbs",  "oz",  "t",     "ml",  "l",   "lt",  "ltr",  "cl",
    "mm", "cm", "m",   "km", "ft", "in",  "m?",   "w",   "kw",    "kwh", "v",   "a",   "hz",   "mb",
    "gb", "kb", "tb",  "st", "nd", "rd",  "th",   "er",  "st?ck", "stk", "min", "sec"};

template <std::size_t n>
bool is_one_of(std::string_view text, const std::array<std::string_view, n>& list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_one_of(char c, std::string_view signs) {
  return signs.find(c) != std::string_view::npos;
}

// One ASCII character for each code point, so that the grammar below is short: digits of any script
// as 0-9, letters in lower case, currency signs as $, spaces inside a number as _, apostrophes and
// dashes as ' and -, everything else outside ASCII as ?.
std::string spelled_plainly(std::string_view core) {
  std::string out;
  for (const char32_t c : to_code_points(core)) {
    if (is_digit(c)) {
      out += static_cast<char>('0' + digit_value(c));
    } else if (is_currency(c)) {
      out += '$';
    } else if (is_space(c)) {
      out += '_';
    } else if (c == U'\u2019') {
      out += '\'';
    } else if ((c >= U'\u2010' && c <= U'\u2015') || c == U'\u2212') {
      out += '-';
    } else {
      out += c < 0x80 ? static_cast<char>(lower(c)) : '?';
    }
  }
  return out;
}

bool is_plain_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_plain_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '?';
}

// A run of digits, a run of letters or one sign.
std::vector<std::string_view> runs_of(std::string_view text) {
  std::vector<std::string_view> runs;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    const auto extend = [&](bool (*same)(char)) {
      while (end < text.size() && same(text[end])) ++end;
    };
    if (is_plain_digit(text[at])) extend(is_plain_digit);
    if (is_plain_letter(text[at])) extend(is_plain_letter);
    runs.push_back(text.substr(at, end - at));
    at = end;
  }
  return runs;
}

bool is_digits(std::string_view run) {
  return !run.empty() && is_plain_digit(run.front());
}

// The value of a digit run that is short enough to be part of a date or time, else -1.
int value(std::string_view run) {
  if (!is_digits(run) || run.size() > 4) return -1;
  int sum = 0;
  for (const char c : run) sum = sum * 10 + (c - '0');
  return sum;
}

struct Amount {
  bool valid = false;
  std::size_t whole = 0;     // digits before the decimal sign
  std::size_t decimals = 0;  // digits after it
};

// Groups of three, or of two before the last three as in India, all parted by the same sign.
bool has_good_groups(std::span<const std::string_view> runs) {
  const std::string_view sign = runs[1];
  const std::size_t inner = runs.size() > 3 ? runs[2].size() : 3;
  if (runs.front().size() > 3 || (inner != 2 && inner != 3)) return false;
  for (std::size_t i = 1; i < runs.size(); i += 2) {
    const bool last = i + 2 >= runs.size();
    if (runs[i] != sign || runs[i + 1].size() != (last ? 3 : inner)) return false;
  }
  return true;
}

// Digits and separators in turn, beginning and ending with digits: "1", ",", "234", ".", "50".
bool is_digits_and_signs(std::span<const std::string_view> runs) {
  if (runs.size() % 2 == 0) return false;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const bool sign = runs[i].size() == 1 && is_one_of(runs[i][0], ".,'_");
    if (i % 2 == 0 ? !is_digits(runs[i]) : !sign) return false;
  }
  return true;
}

// Whether the last separator is a decimal sign and not one between groups of thousands.
bool has_decimals(std::span<const std::string_view> runs) {
  if (runs.size() < 3) return false;
  const std::string_view last_sign = runs[runs.size() - 2];
  if (last_sign != "." && last_sign != ",") return false;
  return runs.size() == 3 ? !has_good_groups(runs) : runs[1] != last_sign;
}

Amount parse_amount(std::string_view text) {
  std::vector<std::string_view> runs = runs_of(text);
  Amount amount;
  if (runs.size() >= 2 && (runs[0] == "." || runs[0] == ",")) runs.insert(runs.begin(), "0");
  if (!is_digits_and_signs(runs)) return amount;
  std::span<const std::string_view> whole = runs;
  if (has_decimals(runs)) {
    amount.decimals = runs.back().size();
    whole = whole.first(whole.size() - 2);
  }
  if (whole.size() > 1 && !has_good_groups(whole)) return amount;
  for (std::size_t i = 0; i < whole.size(); i += 2) amount.whole += whole[i].size();
  const bool padded = amount.whole > 1 && amount.decimals == 0 && whole.front().front() == '0';
  amount.valid = !padded && amount.whole <= 12 && amount.decimals <= 6 &&
                 (whole.size() > 1 || amount.whole <= 9);
  return amount;
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

const std::vector<std::string>& lower_currency_codes() {
  static const std::vector<std::string> codes = [] {
    std::vector<std::string> lower(kCurrencyCodes.size());
    std::transform(kCurrencyCodes.begin(), kCurrencyCodes.end(), lower.begin(), lowered);
    return lower;
  }();
  return codes;
}

// Takes a currency sign or code off one end; false when there is none.
bool take_currency(std::string_view& text, bool front) {
  std::size_t best = 0;
  const auto matches = [&](std::string_view name) {
    return front ? text.starts_with(name) : text.ends_with(name);
  };
  for (const std::string& code : lower_currency_codes()) {
    if (matches(code)) best = std::max(best, code.size());
  }
  for (const std::string_view sign : {"us$", "s$", "a$", "hk$", "nt$", "c$", "nz$", "r$", "$"}) {
    if (matches(sign)) best = std::max(best, sign.size());
  }
  if (best == 0) return false;
  front ? text.remove_prefix(best) : text.remove_suffix(best);
  return true;
}

bool is_money(std::string_view text) {
  text = without_sign(text);
  bool named = take_currency(text, true);
  if (named) text = without_sign(text);
  for (const std::string_view side : {"cr", "dr"}) {
    if (text.ends_with(side)) text.remove_suffix(side.size());
  }
  named = take_currency(text, false) || named;
  const Amount amount = parse_amount(text);
  return amount.valid && (named ? amount.decimals <= 4 : amount.decimals == 2);
}

bool is_percent(std::string_view text) {
  if (!text.ends_with('%')) return false;
  text.remove_suffix(1);
  const std::size_t dash = text.find('-', 1);
  if (dash != std::string_view::npos && !parse_amount(text.substr(dash + 1)).valid) return false;
  return parse_amount(without_sign(text.substr(0, dash))).valid;
}

bool is_day_of(int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= kDays.at(static_cast<std::size_t>(month - 1));
}

bool is_year(std::string_view run) {
  const int year = value(run);
  return run.size() == 2 ? year >= 0 : run.size() == 4 && year >= 1000 && year < 3000;
}

bool is_short(std::string_view run) {
  return is_digits(run) && run.size() <= 2;
}

bool is_numeric_date(std::span<const std::string_view> runs) {
  if (runs.size() == 3 && runs[1] == "/" && is_short(runs[0])) {
    return runs[2].size() == 4 && is_year(runs[2]) && is_day_of(value(runs[0]), 1);
  }
  if (runs.size() != 5 || runs[1] != runs[3] || !is_one_of(runs[1][0], "/-.")) {
    return false;
  }
  if (runs[0].size() == 4 && is_year(runs[0]) && is_short(runs[2]) && is_short(runs[4])) {
    return is_day_of(value(runs[2]), value(runs[4]));
  }
  const int first = value(runs[0]);
  const int second = value(runs[2]);
  return is_short(runs[0]) && is_short(runs[2]) && is_year(runs[4]) &&
         (is_day_of(first, second) || is_day_of(second, first));
}

// 31-DEC-2018  31Dec18  31-Dec  Dec-2018  Dec.31,2018
bool is_named_date(std::span<const std::string_view> all) {
  std::vector<std::string_view> runs;
  for (const std::string_view run : all) {
    const bool sign = run.size() == 1 && is_one_of(run[0], "/-.,'_");
    if (!sign) runs.push_back(run);
  }
  if (runs.size() < 2 || runs.size() > 3) return false;
  const auto is_month = [](std::string_view run) { return is_one_of(run, kMonths); };
  const auto is_day = [](std::string_view run) {
    return is_short(run) && is_day_of(1, value(run));
  };
  if (runs.size() == 2) {
    return (is_day(runs[0]) && is_month(runs[1])) ||
           (is_month(runs[0]) && (is_year(runs[1]) || is_day(runs[1])));
  }
  if (!is_year(runs[2])) return false;
  return (is_day(runs[0]) && is_month(runs[1])) || (is_month(runs[0]) && is_day(runs[1]));
}

// "a.m." as "am": the stops after letters are left out.
std::string without_stops_of_letters(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_letter = i > 0 && is_plain_letter(text[i - 1]);
    if (text[i] != '.' || !after_letter) plain += text[i];
  }
  return plain;
}

// 14:30  14:30:05, after any name of the clock was taken off.
bool is_clock(std::span<const std::string_view> runs, bool has_half_of_day) {
  if (runs.empty() || !is_short(runs[0]) || value(runs[0]) > 24) return false;
  if (runs.size() == 1) return has_half_of_day;
  if (runs.size() % 2 == 0 || runs.size() > 5) return false;
  const std::string_view sign = runs[1];
  const bool separates =
      sign == ":" || (sign == "h" && runs.size() == 3) || (sign == "." && has_half_of_day);
  if (!separates) return false;
  for (std::size_t i = 1; i < runs.size(); i += 2) {
    if (runs[i] != sign || runs[i + 1].size() != 2 || value(runs[i + 1]) > 59) return false;
  }
  return true;
}

bool is_time(std::string_view text) {
  constexpr std::array<std::string_view, 2> kHalvesOfDay = {"am", "pm"};
  constexpr std::array<std::string_view, 4> kClockNames = {"h", "hrs", "uhr", "z"};
  const std::string plain = without_stops_of_letters(text);
  const std::vector<std::string_view> all = runs_of(plain);
  const std::span<const std::string_view> runs = all;
  if (runs.size() < 2 || is_digits(runs.back())) return is_clock(runs, false);
  const bool has_half_of_day = is_one_of(runs.back(), kHalvesOfDay);
  if (!has_half_of_day && !is_one_of(runs.back(), kClockNames)) return false;
  return is_clock(runs.first(runs.size() - 1), has_half_of_day);
}

bool is_date(std::string_view text) {
  const std::size_t clock = text.find('t');
  if (clock != std::string_view::npos && clock >= 8 && is_time(text.substr(clock + 1))) {
    text = text.substr(0, clock);
  }
  const std::vector<std::string_view> runs = runs_of(text);
  return is_numeric_date(runs) || is_named_date(runs);
}

bool is_quantity(std::string_view text) {
  text = without_sign(text);
  if (text.starts_with('x')) text.remove_prefix(1);
  std::size_t end = text.size();
  while (end > 0 && is_plain_letter(text[end - 1])) --end;
  if (end < text.size() && !is_one_of(text.substr(end), kUnits)) return false;
  text = text.substr(0, end);
  const std::size_t sign = text.find_first_of("/-x", 1);
  if (sign != std::string_view::npos && !parse_amount(text.substr(sign + 1)).valid) return false;
  return parse_amount(text.substr(0, sign)).valid;
}

}  // namespace

NumberForm number_form(std::string_view core) {
  const std::string text = spelled_plainly(core);
  if (text.size() > 40 || std::none_of(text.begin(), text.end(), is_plain_digit)) {
    return NumberForm::none;
  }
  if (is_date(text)) return NumberForm::date;
  if (is_time(text)) return NumberForm::time;
  if (is_money(text)) return NumberForm::money;
  if (is_percent(text)) return NumberForm::percent;
  if (is_quantity(text)) return NumberForm::quantity;
  return NumberForm::none;
}

bool is_currency_name(std::string_view core) {
  if (is_one_of(core, kCurrencyCodes)) return true;
  const std::string text = spelled_plainly(core);
  std::string_view rest = text;
  return text.find('$') != std::string::npos && take_currency(rest, true) && rest.empty();
}

}  // namespace emend
