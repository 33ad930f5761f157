// SPDX-License-Identifier: Apache-2.0
#include "correct/number_guard.h"

#include <algorithm>
#include <utility>

#include "core/number_form.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/look_alike.h"

namespace emend {

namespace {

constexpr double kListedWithin = 6;  // nats; farther down, the list holds every digit

std::size_t count(std::u32string_view text, bool (*predicate)(char32_t)) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), predicate));
}

bool is_digit_at(std::u32string_view text, std::size_t at) {
  return at < text.size() && is_digit(text[at]);
}

// The digit that the recogniser itself holds likeliest in a place.
std::optional<char32_t> listed_digit(const SeenWord& word, std::size_t at) {
  if (at >= word.slots.size()) return std::nullopt;
  const Alternative* best = nullptr;
  for (const Alternative& alternative : word.slots[at]) {
    const std::u32string text = to_code_points(alternative.text);
    const bool fits = text.size() == 1 && is_digit(text[0]) && alternative.cost <= kListedWithin;
    if (fits && (best == nullptr || alternative.cost < best->cost)) best = &alternative;
  }
  if (best == nullptr) return std::nullopt;
  return to_code_points(best->text)[0];
}

bool is_letter_at(std::u32string_view text, std::size_t at) {
  return at < text.size() && is_letter(text[at]);
}

// The run of letters around `at`: [first, last).
std::pair<std::size_t, std::size_t> letter_run(std::u32string_view text, std::size_t at) {
  std::size_t first = at;
  std::size_t last = at;
  while (first > 0 && is_letter(text[first - 1])) --first;
  while (is_letter_at(text, last)) ++last;
  return {first, last};
}

// I.10 may be a Roman section, and 1.5S a price with a tax code; 1O.00 and O.50 can be nothing
// else.
bool form_decides(std::u32string_view before, std::size_t at) {
  if (!is_certain_digit(before[at])) return false;
  if (lower(before[at]) == U'o') return true;
  const auto [first, last] = letter_run(before, at);
  return (first > 0 && is_digit(before[first - 1])) || is_digit_at(before, last);
}

bool has_guarded_form(std::u32string_view text) {
  const NumberForm form = number_form(to_utf8(text));
  return form == NumberForm::money || form == NumberForm::date || form == NumberForm::time;
}

bool is_lone_letter_among_digits(std::u32string_view before, std::size_t at) {
  return count(before, is_digit) >= 5 && count(before, is_letter) == 1 && at > 0 &&
         is_digit(before[at - 1]) && is_digit_at(before, at + 1);
}

// The characters that may stand for digits: in runs of at most two letters (a longer run is a word
// or a month), outside a currency's name.
std::vector<std::size_t> places_of_digits(std::u32string_view text) {
  std::size_t begin = 0;
  std::size_t end = text.size();
  for (std::size_t n = 1; n <= 3 && n < text.size(); ++n) {
    if (is_currency_name(to_utf8(text.substr(0, n)))) begin = n;
    if (is_currency_name(to_utf8(text.substr(text.size() - n)))) end = text.size() - n;
  }
  std::vector<std::size_t> places;
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_letter(text[i]) || !digit_like(text[i])) continue;
    const auto [first, last] = letter_run(text, i);
    if (std::min(last, end) - std::max(first, begin) <= 2) places.push_back(i);
  }
  return places;
}

std::u32string with_digits(std::u32string text, const std::vector<std::size_t>& places,
                           bool only_certain) {
  for (const std::size_t i : places) {
    if (!only_certain || is_certain_digit(text[i])) text[i] = *digit_like(text[i]);
  }
  return text;
}

bool is_bar(char32_t c) {
  return c == U'l' || c == U'I' || c == U'i';
}

// A damaged digit becomes a letter that looks like it, and a bar the bar that was meant.
bool may_become_letter(char32_t before, char32_t after) {
  const bool was_digit = is_digit(before);
  const bool stays_bar = is_bar(before) && is_bar(after);
  if (was_digit && !is_letter_like(before, after)) return false;  // guard: the digit's own letters
  if (!was_digit && !stays_bar) return false;                     // guard: other letters stay
  return true;
}

// Whether the recogniser itself holds the character possible in that place.
bool is_listed(const SeenWord& word, std::size_t at, char32_t character) {
  if (at >= word.slots.size()) return false;
  const auto& slot = word.slots[at];
  return std::any_of(slot.begin(), slot.end(), [&](const Alternative& alternative) {
    return alternative.text == to_utf8(character) && alternative.cost <= kListedWithin;
  });
}

// ROOM5, 5LOTS: what is left without the digits at one end is a word, so they may be a number.
bool stands_without_end_digits(std::u32string_view text, const KnownWords& known) {
  std::u32string_view tail = text;
  while (!tail.empty() && is_digit(tail.front())) tail.remove_prefix(1);
  std::u32string_view head = text;
  while (!head.empty() && is_digit(head.back())) head.remove_suffix(1);
  const auto is_word = [&](std::u32string_view rest) {
    return rest.size() < text.size() && !rest.empty() && known.contains(to_utf8(rest));
  };
  return is_word(tail) || is_word(head);
}

// The letters that may be meant in one place of a damaged word, the likeliest first.
std::u32string letters_for(char32_t seen) {
  if (seen == U'0') return U"Oo";
  if (seen == U'1') return U"lIi";
  if (is_digit(seen)) {
    std::u32string letters;
    for (const char32_t letter : std::u32string_view(U"ASsZzGbBgq")) {
      if (is_letter_like(seen, letter)) letters += letter;
    }
    return letters;
  }
  return seen == U'l' ? U"lI" : std::u32string(1, seen);
}

}  // namespace

bool is_look_alike_repair(const SeenWord& before, std::u32string_view after) {
  const std::u32string_view text = before.text;
  if (text.size() != after.size()) return false;                     // guard: same length
  if (text == after) return false;                                   // guard: a change at all
  if (count(text, is_digit) == 0) return false;                      // guard: no number from a word
  if (number_form(to_utf8(text)) != NumberForm::none) return false;  // guard: form already there
  const bool form = has_guarded_form(after);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == after[i]) continue;
    if (digit_like(text[i]) != after[i]) return false;  // guard: only a letter's own digit
    const std::optional<char32_t> listed = listed_digit(before, i);
    if (listed && *listed != after[i]) return false;  // guard: recogniser lists another digit
    if (!listed && !(form && form_decides(text, i))) return false;     // guard: support
    if (!form && !is_lone_letter_among_digits(text, i)) return false;  // guard: strict form
  }
  return true;
}

bool is_word_repair(const SeenWord& before, std::u32string_view after, const KnownWords& known) {
  const std::u32string_view text = before.text;
  if (text.size() != after.size()) return false;                     // guard: same length
  if (number_form(to_utf8(text)) != NumberForm::none) return false;  // guard: number form lost
  const std::size_t digits = count(text, is_digit);
  const std::size_t letters = count(text, is_letter);
  if (digits == 0 || digits > 2) return false;  // guard: one or two digits
  if (letters < 2 * digits) return false;       // guard: mostly letters
  bool listed = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == after[i]) continue;
    if (!may_become_letter(text[i], after[i])) return false;
    listed = listed && (!is_digit(text[i]) || is_listed(before, i, after[i]));
  }
  if (letters < 3 && !listed) return false;                  // guard: short words need support
  if (stands_without_end_digits(text, known)) return false;  // guard: digits beside a word
  if (!known.is_of_lexicon(to_utf8(after))) return false;    // guard: known word
  return true;
}

std::optional<std::u32string> find_look_alike_repair(const SeenWord& before) {
  const std::vector<std::size_t> places = places_of_digits(before.text);
  for (const bool only_certain : {false, true}) {
    std::u32string after = with_digits(before.text, places, only_certain);
    if (is_look_alike_repair(before, after)) return after;
  }
  return std::nullopt;
}

std::vector<std::u32string> find_word_repairs(const SeenWord& before, const KnownWords& known) {
  constexpr std::size_t kMostReadings = 256;
  std::vector<std::u32string> readings = {U""};
  if (count(before.text, is_digit) == 0 || count(before.text, is_digit) > 2) return {};
  for (std::size_t i = 0; i < before.text.size(); ++i) {
    const std::u32string letters = i == 0 || is_digit(before.text[i])
                                       ? letters_for(before.text[i])
                                       : std::u32string(1, before.text[i]);
    std::vector<std::u32string> longer;
    for (const std::u32string& reading : readings) {
      for (const char32_t letter : letters) longer.push_back(reading + letter);
    }
    if (longer.size() > kMostReadings) return {};
    readings = std::move(longer);
  }
  std::erase_if(readings, [&](const auto& word) { return !is_word_repair(before, word, known); });
  return readings;
}

bool is_doubtful_number(std::u32string_view core) {
  const std::size_t digits = count(core, is_digit);
  if (digits == 0 || number_form(to_utf8(core)) != NumberForm::none) return false;
  const std::vector<std::size_t> places = places_of_digits(core);
  return std::any_of(places.begin(), places.end(), [&](std::size_t at) {
    return (at > 0 && is_digit(core[at - 1])) || is_digit_at(core, at + 1);
  });
}

Light light_of(const Word& word, std::string_view core, double doubtful_confidence) {
  if (!has_numeral(core)) return word.light;
  if (word.light == Light::green) return word.light;
  const bool doubtful =
      word.confidence() < doubtful_confidence || is_doubtful_number(to_code_points(core));
  if (doubtful) return Light::red;
  return word.light == Light::none ? Light::yellow : word.light;
}

}  // namespace emend
