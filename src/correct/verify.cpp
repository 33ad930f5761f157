// SPDX-License-Identifier: Apache-2.0
#include "correct/verify.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/unicode.h"
#include "correct/verify_text.h"

namespace emend {

namespace {

using namespace verifier;  // NOLINT(google-build-using-namespace): its own words

constexpr double kFewestNats = 3;        // of emend's reader, less half of the recogniser's
constexpr std::size_t kFreeChanges = 3;  // characters of a line, however short it is
constexpr std::size_t kShareOfLine = 3;  // and one in so many

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

// Characters that differ, without letters that became the digits that they look like.
std::size_t hard_changes(Text before, Text after) {
  std::size_t alike = 0;
  for (std::size_t i = 0; before.size() == after.size() && i < before.size(); ++i) {
    alike += may_be(before[i], after[i]) ? 1 : 0;
  }
  const std::size_t changes = changes_between(before, after);
  return changes - std::min(alike, changes);
}

// The evidence of emend's reader, as the record has it, is enough.
bool has_enough_nats(const Evidence& record, double fewest) {
  constexpr double kShare = 0.5;
  const double left = record.language_gain - kShare * record.channel_cost;
  return record.margin >= fewest && left >= record.margin;
}

// A zero with a stroke, which emend's reader reads and the recogniser held possible.
bool is_good_zero(const Edit& edit, Text before, Text after,
                  std::span<const std::string> readings) {
  const std::string& source = edit.evidence.source;
  if (before != U"@" || after != U"0") return false;    // guard: V zero: the signs
  if (!has_part(source, "emend")) return false;         // guard: V zero: emend
  if (!has_part(source, "alternatives")) return false;  // guard: V zero: held possible
  const double fewest = has_part(source, "page") ? 1 : kFewestNats;
  if (!has_enough_nats(edit.evidence, fewest)) return false;  // guard: V zero: nats
  if (readings_of(readings, after) == 0) return false;        // guard: V zero: read
  return true;
}

// What emend's reader reads, with somebody who bears it out, as the record names them.
bool is_good_reader_repair(const Edit& edit, Text before, Text after,
                           std::span<const std::string> readings) {
  const Evidence& record = edit.evidence;
  const bool is_again = has_part(record.source, "look") || has_part(record.source, "crop");
  const bool is_listed = has_part(record.source, "alternatives");
  const bool is_form = has_part(record.source, "form") || has_part(record.source, "column");
  if (!has_part(record.source, "emend")) return false;  // guard: V two: emend
  const bool is_page = has_part(record.source, "page");
  if (!is_again && !is_listed && !is_form && !is_page) return false;  // guard: V two: both
  if (!has_enough_nats(record, kFewestNats)) return false;            // guard: V two: nats
  const std::ptrdiff_t zeros = core_text(after) == U"0" ? readings_of(readings, U"@") : 0;
  if (readings_of(readings, after) + zeros < (is_again ? 2 : 1))
    return false;                                                           // guard: V two: read
  if (digit_count(before) == 0 || digit_count(after) == 0) return false;    // guard: V two: digits
  if (only(before, is_currency) != only(after, is_currency)) return false;  // guard: V two: money
  if (hard_changes(before, after) > 2) return false;                        // guard: V two: far
  const std::size_t degree = std::min(before.find(U'\u00B0'), after.size());
  if (before.size() == after.size() && degree < after.size() && is_digit(after[degree]))
    return false;  // guard: V two: degrees
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
  const std::string& source = edit.evidence.source;
  const bool is_independent = has_part(source, "emend") && source != "emend";
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
             is_good_reader_repair(edit, before, after, readings) ||
             is_good_zero(edit, before, after, readings);
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
