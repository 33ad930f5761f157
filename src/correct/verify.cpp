// SPDX-License-Identifier: Apache-2.0
#include "correct/verify.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/unicode.h"

namespace emend {

namespace {

using Text = std::u32string_view;

constexpr std::size_t kFreeChanges = 3;  // characters of a line, however short it is
constexpr std::size_t kShareOfLine = 3;  // and one in so many

bool is_sensitive(char32_t c) {
  constexpr Text kSigns = U"%\u2030\u2031\u066A\uFF05\uFE6A@\\";
  return is_numeral(c) || is_currency(c) || kSigns.find(c) != Text::npos;
}

bool has_sensitive(Text text) {
  return std::any_of(text.begin(), text.end(), is_sensitive);
}

std::size_t digit_count(Text text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

bool looks_like_link(Text text) {
  const std::u32string small = [&] {
    std::u32string out(text);
    for (char32_t& c : out) c = lower(c);
    return out;
  }();
  const auto has = [&](Text part) { return small.find(part) != Text::npos; };
  return has(U"www") || has(U"http") || has(U"://") || has(U".com") || has(U".org") ||
         has(U".net") || std::count(text.begin(), text.end(), U'/') > 1;
}

// The part between the first and the last letter, digit or currency sign, as [first, last).
std::pair<std::size_t, std::size_t> inner_range(Text text) {
  const auto counts = [](char32_t c) { return is_letter(c) || is_sensitive(c); };
  const auto first = std::find_if(text.begin(), text.end(), counts);
  const auto last = std::find_if(text.rbegin(), text.rend(), counts).base();
  if (first == text.end()) return {0, 0};
  return {static_cast<std::size_t>(first - text.begin()),
          static_cast<std::size_t>(last - text.begin())};
}

bool is_printable_word(Text text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    return control || c == 0x2028 || c == 0x2029 || (is_space(c) && c != U' ');
  });
}

// Which digits a letter can be read for, written down a second time on purpose.
bool may_be(char32_t letter, char32_t digit) {
  constexpr std::array<std::pair<char32_t, Text>, 7> kLetters = {{{U'0', U"Oo"},
                                                                  {U'1', U"lIi"},
                                                                  {U'2', U"Zz"},
                                                                  {U'5', U"Ss"},
                                                                  {U'6', U"Gb"},
                                                                  {U'8', U"B"},
                                                                  {U'9', U"gq"}}};
  return std::any_of(kLetters.begin(), kLetters.end(), [&](const auto& entry) {
    return entry.first == digit && entry.second.find(letter) != Text::npos;
  });
}

// Every digit as 9; what surrounds the number, a currency's letters or signs, is left away.
std::u32string shape_of(Text text) {
  const auto [first, last] = inner_range(text);
  std::u32string shape;
  for (const char32_t c : text.substr(first, last - first)) {
    shape += is_digit(c) ? U'9' : lower(c);
  }
  const auto is_name = [](char32_t c) { return is_letter(c) || is_currency(c) || c == U'-'; };
  while (!shape.empty() && is_name(shape.front())) shape.erase(0, 1);
  return shape;
}

std::size_t leading_nines(Text shape) {
  return std::min(shape.find_first_not_of(U'9'), shape.size());
}

// 9.99 99,99 9,999.99, or whole digits with a currency beside them.
bool is_amount_shape(Text shape, bool has_currency_name) {
  while (!shape.empty() && (is_letter(shape.back()) || is_currency(shape.back()))) {
    shape.remove_suffix(1);
  }
  if (shape.empty() || shape.back() != U'9') return false;
  std::size_t separators = 0;
  std::size_t group = 0;
  for (std::size_t i = 0; i < shape.size(); i += group) {
    if (shape[i] != U'9') {
      if (Text(U".,' \u00A0\u2019").find(shape[i]) == Text::npos) return false;
      ++separators;
      if (++i == shape.size()) return false;
    }
    group = leading_nines(shape.substr(i));
    if (group == 0) return false;
  }
  return has_currency_name || (separators > 0 && group == 2);
}

// 9/9/99 99-99-9999 9999.99.99 and 99-mmm-9999
bool is_date_shape(Text shape) {
  std::size_t runs = 0;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < shape.size();) {
    const std::size_t run = leading_nines(shape.substr(i));
    if (run > 4) return false;
    runs += run > 0 ? 1 : 0;
    digits += run;
    i += run > 0 ? run : 1;
  }
  const bool has_month = std::count_if(shape.begin(), shape.end(), is_letter) >= 3;
  return digits >= 3 && digits <= 8 && runs == (has_month ? 2U : 3U) &&
         shape.find_first_of(U"/-.'") != Text::npos;
}

// 9:99 99:99:99 99h99, with what may follow
bool is_time_shape(Text shape) {
  while (!shape.empty() && (is_letter(shape.back()) || shape.back() == U'.'))
    shape.remove_suffix(1);
  return shape == U"9:99" || shape == U"99:99" || shape == U"9:99:99" || shape == U"99:99:99" ||
         shape == U"99h99" || shape == U"9h99" || shape == U"9.99" || shape == U"99.99";
}

bool has_number_shape(Text text) {
  const std::u32string shape = shape_of(text);
  const bool named = std::any_of(text.begin(), text.end(), is_currency) ||
                     (!text.empty() && is_upper(text.front()) && text.size() > 2);
  return is_amount_shape(shape, named) || is_date_shape(shape) || is_time_shape(shape);
}

bool is_good_look_alike_repair(Text before, Text after) {
  if (before.size() != after.size()) return false;  // guard: V a digit more or less
  if (digit_count(before) == 0) return false;       // guard: V a number from a word
  bool all_between_digits = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    if (!may_be(before[i], after[i])) return false;  // guard: V another digit
    all_between_digits = all_between_digits && i > 0 && i + 1 < before.size() &&
                         is_digit(before[i - 1]) && is_digit(before[i + 1]);
  }
  if (has_number_shape(after)) return true;
  const auto letters = std::count_if(before.begin(), before.end(), is_letter);
  if (letters != 1) return false;             // guard: V one letter
  if (digit_count(before) < 5) return false;  // guard: V five digits
  if (!all_between_digits) return false;      // guard: V between digits
  return true;
}

bool is_good_word_repair(Text before, Text after) {
  const std::size_t digits = digit_count(before);
  const auto letters =
      static_cast<std::size_t>(std::count_if(before.begin(), before.end(), is_letter));
  if (before.size() != after.size()) return false;  // guard: V a letter more or less
  if (digits == 0 || digits > 2) return false;      // guard: V one or two digits
  if (letters < 2 * digits) return false;           // guard: V mostly letters
  if (has_sensitive(after)) return false;           // guard: V a digit left
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const bool from_digit = is_digit(before[i]) && (may_be(after[i], before[i]) ||
                                                    (before[i] == U'4' && after[i] == U'A'));
    const bool bar = Text(U"lI").find(before[i]) != Text::npos && may_be(after[i], U'1');
    if (!from_digit && !bar) return false;  // guard: V another letter
  }
  return true;
}

// Words of letters on both sides, with the same punctuation around them.
bool is_good_word_change(Text before, Text after) {
  if (has_sensitive(before)) return false;    // guard: V a number changed
  if (has_sensitive(after)) return false;     // guard: V a number invented
  if (looks_like_link(before)) return false;  // guard: V a link
  if (before == U"|" && after == U"I") return true;
  const auto [b_first, b_last] = inner_range(before);
  const auto [a_first, a_last] = inner_range(after);
  if (b_first == b_last || a_first == a_last) return false;                 // guard: V no letters
  if (before.substr(0, b_first) != after.substr(0, a_first)) return false;  // guard: V the lead
  if (before.substr(b_last) != after.substr(a_last)) return false;          // guard: V the trail
  const auto spaces = std::count(after.begin(), after.end(), U' ');
  if (spaces > 1 + std::count(before.begin(), before.end(), U' ')) return false;  // guard: V spaces
  return true;
}

std::u32string only(Text text, bool (*counts)(char32_t)) {
  std::u32string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), counts);
  return kept;
}

std::u32string digits_only(Text text) {
  return only(text, is_digit);
}

// 9.99, 9,999.99: a point or comma with two digits after it and at least one before.
bool ends_in_decimals(Text text) {
  const auto [first, last] = inner_range(text);
  if (last - first < 4) return false;
  const Text end = text.substr(last - 4, 4);
  return is_digit(end[0]) && Text(U".,").find(end[1]) != Text::npos && is_digit(end[2]) &&
         is_digit(end[3]);
}

// What stands before the last two digits and the separators and gap in front of them.
Text before_decimals(Text text) {
  const std::size_t end = inner_range(text).second;
  text = text.substr(0, std::max<std::size_t>(end, 2) - 2);
  while (!text.empty() && Text(U"., ").find(text.back()) != Text::npos) text.remove_suffix(1);
  return text;
}

// Nothing but what stands before the last two digits differs, and an amount is the result.
bool is_good_layout_repair(Text before, Text after) {
  if (digits_only(before) != digits_only(after)) return false;          // guard: V layout: digits
  if (!ends_in_decimals(after)) return false;                           // guard: V layout: decimals
  if (!has_number_shape(after)) return false;                           // guard: V layout: amount
  if (after.find(U' ') != Text::npos) return false;                     // guard: V layout: gap left
  if (before_decimals(before) != before_decimals(after)) return false;  // guard: V layout: head
  const auto trail = [](Text text) { return text.substr(inner_range(text).second); };
  if (trail(before) != trail(after)) return false;  // guard: V layout: trail
  return true;
}

// Levenshtein's distance; written here because the stages have their own.
std::size_t changes_between(Text a, Text b) {
  std::vector<std::size_t> previous(b.size() + 1);
  std::vector<std::size_t> current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    current[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t same = previous[j] + (a[i] == b[j] ? 0 : 1);
      current[j + 1] = std::min({same, previous[j + 1] + 1, current[j] + 1});
    }
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::u32string core_text(Text text) {
  const auto [first, last] = inner_range(text);
  return std::u32string(text.substr(first, last - first));
}

std::u32string in_small(Text text) {
  std::u32string small(text);
  for (char32_t& c : small) c = lower(c);
  return small;
}

// How many of the readings are `text`, punctuation around them and the size of letters aside.
std::ptrdiff_t readings_of(std::span<const std::string> readings, Text text) {
  const std::u32string core = in_small(core_text(text));
  return std::count_if(readings.begin(), readings.end(), [&](const std::string& reading) {
    return in_small(core_text(to_code_points(reading))) == core;
  });
}

std::u32string letters_only(Text text) {
  return in_small(only(text, is_letter));
}

bool is_bracket(char32_t c) {
  return Text(U"()[]").find(c) != Text::npos;
}

bool has_part(const std::string& source, std::string_view part) {
  return ("+" + source + "+").find("+" + std::string(part) + "+") != std::string::npos;
}

// What emend's reader reads, with somebody who bears it out, as the record names them.
bool is_good_reader_repair(const Edit& edit, Text before, Text after,
                           std::span<const std::string> readings) {
  constexpr double kFewestNats = 3;
  constexpr double kShare = 0.5;
  const Evidence& record = edit.evidence;
  const double left = record.language_gain - kShare * record.channel_cost;
  const bool is_again = has_part(record.source, "look") || has_part(record.source, "crop");
  const bool is_listed = has_part(record.source, "alternatives");
  const bool is_form = has_part(record.source, "form") || has_part(record.source, "column");
  if (!has_part(record.source, "emend")) return false;                      // guard: V two: emend
  if (!is_again && !is_listed && !is_form) return false;                    // guard: V two: both
  if (record.margin < kFewestNats || left < record.margin) return false;    // guard: V two: nats
  if (readings_of(readings, after) < (is_again ? 2 : 1)) return false;      // guard: V two: read
  if (digit_count(before) == 0 || digit_count(after) == 0) return false;    // guard: V two: digits
  if (only(before, is_currency) != only(after, is_currency)) return false;  // guard: V two: money
  if (changes_between(before, after) > 2) return false;                     // guard: V two: far
  const std::u32string shape = shape_of(after);
  const bool is_number = (ends_in_decimals(after) && has_number_shape(after)) ||
                         is_date_shape(shape) || is_time_shape(shape);
  if (only(before, is_bracket) != only(after, is_bracket)) return false;  // guard: V two: brackets
  const bool is_same_digits = digits_only(before) == digits_only(after);
  if (is_same_digits && !is_number && before.size() != after.size())
    return false;                           // guard: V two: faint
  if (is_form && !is_number) return false;  // guard: V two: form
  const bool is_plain = letters_only(after).empty();
  const bool is_code = letters_only(before) == letters_only(after);
  const bool is_same_code = is_again && before.size() == after.size();
  if (!is_number && !is_plain && !is_code && !is_same_code) return false;  // guard: V two: code
  return true;
}

// One or two digits for digits, read by a further look and wanted by a check or by a reader that is
// not the recogniser.
bool is_good_second_reading(const Edit& edit, Text before, Text after,
                            std::span<const std::string> readings) {
  if (before.size() != after.size()) return false;  // guard: V reading: length
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    if (!is_digit(before[i]) || !is_digit(after[i])) return false;  // guard: V reading: no digit
    ++changed;
  }
  if (changed > 2) return false;                        // guard: V reading: digits
  if (readings_of(readings, after) == 0) return false;  // guard: V reading: nobody read it
  const bool is_independent =
      edit.evidence.source.find("emend") != std::string::npos && edit.evidence.source != "emend";
  if (edit.evidence.check.empty() && !is_independent) return false;  // guard: V reading: proof
  return true;
}

bool is_allowed(const Edit& edit, Text before, Text after, std::span<const std::string> readings) {
  switch (edit.reason) {
    case EditReason::language:
      return is_good_word_change(before, after);
    case EditReason::look_alike_repair:
      return is_good_look_alike_repair(before, after);
    case EditReason::word_repair:
      return is_good_word_repair(before, after);
    case EditReason::layout_repair:
      return is_good_layout_repair(before, after);
    case EditReason::second_reading:
      return is_good_second_reading(edit, before, after, readings) ||
             is_good_reader_repair(edit, before, after, readings);
  }
  return false;
}

using Breach = std::optional<std::string>;

Breach find_word_breach(const LineChange& change, std::size_t word) {
  const std::string& before = change.before[word];
  const std::string& after = change.after[word];
  const auto edit = std::find_if(change.applied.begin(), change.applied.end(),
                                 [&](const Edit& one) { return one.words.first == word; });
  if (edit == change.applied.end()) {
    if (before != after) return "a word changed without an edit";  // guard: V a silent change
    return std::nullopt;
  }
  if (edit->words.count != 1) return "an edit of several words";             // guard: V one word
  if (edit->verdict != Verdict::applied) return "an edit that was refused";  // guard: V applied
  if (edit->before != before) return "an edit of another word";              // guard: V before
  if (edit->after != after) return "an edit to another word";                // guard: V after
  if (!is_valid_utf8(after)) return "a word that is not valid UTF-8";        // guard: V UTF-8
  const std::u32string old_text = to_code_points(before);
  const std::u32string new_text = to_code_points(after);
  if (!is_printable_word(new_text)) return "a word that is none";  // guard: V form
  const bool is_number = has_sensitive(old_text) || has_sensitive(new_text);
  if (change.numbers_stay && is_number) return "a number changed";  // guard: V numbers stay
  const std::span<const std::string> readings =
      word < change.readings.size() ? std::span<const std::string>(change.readings[word])
                                    : std::span<const std::string>();
  if (!is_allowed(*edit, old_text, new_text, readings))
    return "a forbidden change";  // guard: V list
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_breach(const LineChange& change) {
  if (change.before.size() != change.after.size()) return "words were lost or added";
  std::size_t length = 0;
  std::size_t changes = 0;
  std::size_t explained = 0;
  for (std::size_t w = 0; w < change.before.size(); ++w) {
    if (auto breach = find_word_breach(change, w)) return breach;  // guard: V words
    const std::u32string before = to_code_points(change.before[w]);
    length += before.size() + 1;
    if (change.before[w] == change.after[w]) continue;
    changes += changes_between(before, to_code_points(change.after[w]));
    ++explained;
  }
  const std::size_t most_changes = kFreeChanges + length / kShareOfLine;
  if (explained != change.applied.size()) return "an edit of no word";  // guard: V no word
  if (changes > most_changes) return "too much of the line changed";    // guard: V size of change
  return std::nullopt;
}

}  // namespace emend
