// SPDX-License-Identifier: Apache-2.0
#include "correct/judge.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/folding.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/distance.h"
#include "correct/number_guard.h"

namespace emend {

namespace {

bool is_word_character(char32_t c) {
  return is_letter(c) || c == U'\'' || c == U'\u2019' || c == U'-';
}

// One or two words and nothing else. Locked tokens are never of that form, nor is ill-formed UTF-8,
// which holds replacement characters.
bool has_form_of_words(std::u32string_view text) {
  if (text.empty() || text.front() == U' ' || text.back() == U' ') return false;
  const auto spaces = std::count(text.begin(), text.end(), U' ');
  return spaces <= 1 && std::all_of(text.begin(), text.end(),
                                    [](char32_t c) { return c == U' ' || is_word_character(c); });
}

std::size_t most_changes(std::size_t length) {
  return length < 4 ? 1 : length < 6 ? 2 : 3;
}

// Apostrophes and hyphens join words; a part of a word is not dropped with its joint.
bool keeps_joints(std::u32string_view before, std::u32string_view after) {
  const auto joints = [](std::u32string_view text) {
    return std::count_if(text.begin(), text.end(),
                         [](char32_t c) { return is_word_character(c) && !is_letter(c); });
  };
  return joints(before) == joints(after);
}

// The e of e-mail, the T of T-shirt: one letter by itself has no neighbours that tell it from
// another.
bool keeps_single_letters(std::u32string_view before, std::u32string_view after) {
  while (true) {
    const std::size_t b = before.find(U'-');
    const std::size_t a = after.find(U'-');
    const std::u32string_view own = before.substr(0, b);
    const std::u32string_view other = after.substr(0, a);
    if ((own.size() == 1 || other.size() == 1) && own != other) return false;
    if (b == std::u32string_view::npos || a == std::u32string_view::npos) return true;
    before.remove_prefix(b + 1);
    after.remove_prefix(a + 1);
  }
}

// No other letter is misread for one that only some spellings of a language have.
bool keeps_sharp_s(std::u32string_view before, std::u32string_view after) {
  return std::count(after.begin(), after.end(), U'\u00DF') >=
         std::count(before.begin(), before.end(), U'\u00DF');
}

bool is_small_change(std::u32string_view before, std::u32string_view after) {
  std::u32string joined(after);
  std::erase(joined, U' ');
  const std::size_t most = most_changes(before.size());
  return edit_distance(before, joined, most) <= most;
}

std::u32string lowered_points(std::u32string_view text) {
  std::u32string out(text);
  for (char32_t& c : out) c = lower(c);
  return out;
}

// From both ends towards the change, a letter that stays keeps its case: nothing is capitalised or
// set small on the way.
bool keeps_case(std::u32string_view before, std::u32string_view after) {
  const std::u32string a = lowered_points(before);
  const std::u32string b = lowered_points(after);
  if (a == b) return before == after;
  const std::size_t most = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < most && a[i] == b[i]; ++i) {
    if (before[i] != after[i]) return false;
  }
  for (std::size_t i = 1; i <= most && a[a.size() - i] == b[b.size() - i]; ++i) {
    if (before[before.size() - i] != after[after.size() - i]) return false;
  }
  return true;
}

// What takes a letter's place has the case of its neighbours: all capitals stay all capitals.
bool fits_case(std::u32string_view before, std::u32string_view after) {
  const auto uppers = [](std::u32string_view text) {
    return std::count_if(text.begin(), text.end(), is_upper);
  };
  const auto lowers = [](std::u32string_view text) {
    return std::count_if(text.begin(), text.end(), is_lower);
  };
  // A small l among capitals is the I that it looks like.
  const auto bars = std::count(before.begin(), before.end(), U'l');
  const bool capitals = uppers(before) > 1 && lowers(before) <= bars;
  if (capitals) return lowers(after) == 0;
  const bool loses_capital = is_upper(before.front()) && !is_upper(after.front());
  if (loses_capital && before.front() != U'I') return false;
  return uppers(after) <= std::max<std::ptrdiff_t>(uppers(before), 1);
}

// What is left of a word without all that the spellings of one language differ in.
std::u32string skeleton(std::string_view word) {
  std::u32string plain;
  for (const char32_t c : without_marks(to_code_points(to_folded(word)))) {
    const char32_t before = plain.empty() ? U' ' : plain.back();
    if ((c == U'h' && before == U't') || (c == U'e' && before == U'i')) continue;
    const char32_t letter = c == U'y' ? U'i' : c == U'c' ? U'k' : c;
    if (letter != before) plain += letter;
  }
  return plain;
}

// A reading that nothing but a guess founds, and that spells the same word in another way.
bool is_other_spelling(const Suspect& suspect, std::u32string_view after,
                       const Misreading& misreading) {
  return misreading.guesses > 0 &&
         is_same_spelled_otherwise(to_utf8(suspect.seen.text), to_utf8(after));
}

Verdict check_words(const Suspect& suspect, const std::u32string& after, const KnownWords& known,
                    const Misreading& misreading) {
  const std::u32string& before = suspect.seen.text;
  const std::string text = to_utf8(after);
  if (before == U"|" && after == U"I") return Verdict::applied;
  if (is_locked(suspect.core)) return Verdict::locked;                      // guard: locked token
  if (!has_form_of_words(after)) return Verdict::locked;                    // guard: only words
  if (!known.contains(text)) return Verdict::unknown_word;                  // guard: known word
  if (!is_small_change(before, after)) return Verdict::too_different;       // guard: small change
  if (!keeps_joints(before, after)) return Verdict::too_different;          // guard: joints stay
  if (!keeps_single_letters(before, after)) return Verdict::too_different;  // guard: single letters
  if (!keeps_sharp_s(before, after)) return Verdict::too_different;         // guard: sharp s stays
  if (!keeps_case(before, after)) return Verdict::too_different;            // guard: case stays
  if (!fits_case(before, after)) return Verdict::too_different;             // guard: case fits
  if (is_other_spelling(suspect, after, misreading))
    return Verdict::too_different;  // guard: spelling
  return Verdict::applied;
}

}  // namespace

bool is_same_spelled_otherwise(std::string_view word, std::string_view other) {
  return skeleton(word) == skeleton(other);
}

double language_gain(const Suspect& suspect, const Candidate& candidate, double model_gain,
                     const KnownWords& known, const Weights& weights) {
  const double seen = suspect.doubt == Doubt::misread
                          ? known.log_probability_in_language(suspect.core)
                          : known.log_probability(suspect.core);
  const double words_gain = known.log_probability(candidate.core) - seen;
  return weights.model * model_gain + weights.words * words_gain;
}

Verdict check_rules(const Suspect& suspect, const Candidate& candidate, const KnownWords& known) {
  const double cost = candidate.misreading.total();
  if (!std::isfinite(cost) || cost < 0) return Verdict::too_different;  // guard: a cost
  const std::u32string after = to_code_points(candidate.core);
  if (after == suspect.seen.text) return Verdict::too_little_gain;  // guard: a change at all
  switch (candidate.reason) {
    case EditReason::language:
      return check_words(suspect, after, known, candidate.misreading);
    case EditReason::look_alike_repair:
      return is_look_alike_repair(suspect.seen, after) ? Verdict::applied : Verdict::locked;
    case EditReason::word_repair:
      return is_word_repair(suspect.seen, after, known) ? Verdict::applied : Verdict::locked;
    // No proposer of this room founds these; whoever does brings evidence that is not here.
    case EditReason::layout_repair:
    case EditReason::second_reading:
      return Verdict::locked;
  }
  return Verdict::locked;
}

}  // namespace emend
