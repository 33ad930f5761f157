// SPDX-License-Identifier: Apache-2.0
#include "correct/suspect.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

constexpr std::size_t kLongestWord = 40;  // code points; nothing longer is a word of a language

std::size_t count(std::u32string_view text, bool (*predicate)(char32_t)) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), predicate));
}

bool is_vowel(char32_t c) {
  constexpr std::u32string_view kPlain = U"aeiouy";
  // Letters with accents and letters of other scripts count: this rule is about Latin acronyms.
  return c >= 0x80 || kPlain.find(lower(c)) != std::u32string_view::npos;
}

// SDN, Mr, kg: abbreviations that no word list completes rightly. "lt" is not one but a misread It.
bool has_no_vowel(std::u32string_view core) {
  const bool bar = core.size() > 1 && core[0] == U'l' && is_lower(core[1]);
  return !bar && std::none_of(core.begin(), core.end(), is_vowel);
}

bool is_acronym(std::u32string_view core) {
  return core.size() <= 4 && count(core, is_upper) == core.size();
}

// Initials and abbreviations with points inside: U.S.A, e.g
bool is_dotted(std::u32string_view core) {
  return core.find(U'.') != std::u32string_view::npos;
}

// NaCl, iPhone, McDonald: a capital after a small letter is spelling, not misreading, unless it is
// the I that a small l is easily taken for.
bool has_inner_capital(std::u32string_view core) {
  for (std::size_t i = 1; i < core.size(); ++i) {
    if (is_lower(core[i - 1]) && is_upper(core[i]) && core[i] != U'I') return true;
  }
  return false;
}

// A word with a digit or two inside, and not a code with letters in it.
bool is_damaged_word(const Word& word, std::u32string_view core) {
  const std::size_t digits = count(core, is_digit);
  return digits <= 2 && count(core, is_letter) >= 2 * digits &&
         classify(word.text()) == WordKind::identifier;
}

bool is_one_word(std::u32string_view core) {
  return std::all_of(core.begin(), core.end(), [](char32_t c) {
    return is_letter(c) || is_digit(c) || c == U'\'' || c == U'\u2019' || c == U'-' || c == U'|' ||
           c == U'!';
  });
}

// Whether nothing that could be put in the word's place would be better founded than the word.
bool is_left_alone(std::u32string_view core) {
  return core.size() < 2 || core.size() > kLongestWord || !is_one_word(core) || is_dotted(core) ||
         is_acronym(core) || has_no_vowel(core) || has_inner_capital(core);
}

bool is_hyphen_end(const TokenParts& parts) {
  return parts.trail.ends_with('-') || parts.trail.ends_with("\u2010") ||
         parts.trail.ends_with("\u00AD");
}

// The word continues on the next line, or began on the previous one.
bool is_broken_at_line_end(const Page& page, std::size_t line, std::size_t word) {
  const std::vector<Word>& words = page.lines[line].words;
  if (word + 1 == words.size() && is_hyphen_end(strip_outer(words[word].text()))) return true;
  if (word != 0 || line == 0 || page.lines[line - 1].words.empty()) return false;
  return is_hyphen_end(strip_outer(page.lines[line - 1].words.back().text()));
}

// A | with a word on the same line before it, or none, and after it a word in small letters, as in
// "| am". The rules of a table stand by capitals and numbers.
bool is_bar_for_word(const Line& line, std::size_t word, const KnownWords& known) {
  if (line.words[word].text() != "|" || word + 1 >= line.words.size()) return false;
  const std::string_view next = strip_outer(line.words[word + 1].text()).core;
  const std::u32string points = to_code_points(next);
  const bool is_long_enough = points.size() > 2 || next == "am";
  return is_long_enough && count(points, is_lower) == points.size() && known.is_of_lexicon(next) &&
         known.is_of_lexicon("I");
}

// What a letter was surely taken for a letter that looks the same: "inciude". In small letters and
// said once such a word is doubted by itself. Names and codes are in no word list either, and what
// a document says twice it means: "Totai" and a second "shail" are doubted only beside a word of
// the language that the document has too, or says a good deal more often. That many times, or
// nothing.
std::optional<std::size_t> least_count_of_meant(std::u32string_view core, const KnownWords& known) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kMoreOften = 3;
  const std::string text = to_utf8(core);
  if (core.size() < kShortest || count(core, is_letter) != core.size()) return std::nullopt;
  if (known.is_language(text)) return std::nullopt;
  const std::size_t times = known.document().count(text);
  if (times <= 1 && count(core, is_lower) == core.size()) return 0;
  const std::size_t least = times <= 1 ? 1 : kMoreOften * times;
  for (const std::string& near : known.document().similar(text, 1)) {
    if (known.document().count(near) >= least && known.is_language(near)) return least;
  }
  return std::nullopt;
}

bool is_in_known_language(const Page& page, const KnownWords& known) {
  constexpr std::size_t kTooFewToTell = 12;
  constexpr std::size_t kShortest = 3;  // bytes; shorter words are words in too many languages
  constexpr double kLeastShare = 0.35;  // bad receipts in English have 0.46, German invoices 0.25
  std::size_t words = 0;
  std::size_t of_language = 0;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      const std::string_view core = strip_outer(word.text()).core;
      if (core.size() < kShortest || is_locked(word.text())) continue;
      words += 1;
      of_language += known.is_language(core) ? 1 : 0;
    }
  }
  return words < kTooFewToTell ||
         static_cast<double>(of_language) >= kLeastShare * static_cast<double>(words);
}

}  // namespace

SeenWord seen_core(const Reading& reading, std::string_view lead, std::string_view core) {
  SeenWord seen{to_code_points(core), {}};
  const std::size_t skipped = to_code_points(lead).size();
  const std::size_t size = seen.text.size();
  if (reading.characters.size() != to_code_points(reading.text).size()) return seen;
  const auto slots = std::span(reading.characters).subspan(skipped, size);
  for (std::size_t i = 0; i < size; ++i) {
    if (slots[i].empty() || slots[i].front().text != to_utf8(seen.text[i])) return seen;
  }
  seen.slots = slots;
  return seen;
}

namespace {

std::optional<Suspect> suspected(const Page& page, std::size_t line, std::size_t index,
                                 const KnownWords& known, const SuspectOptions& options) {
  const Word& word = page.lines[line].words[index];
  if (word.readings.size() > 1) return {};
  if (is_bar_for_word(page.lines[line], index, known)) {
    return Suspect{line, index, Doubt::bar, "", "|", "", seen_core(word.readings.front(), "", "|")};
  }
  if (word.confidence() >= options.never_confidence) return {};
  const TokenParts parts = strip_outer(word.text());
  if (known.is_protected(parts.core)) return {};
  const std::u32string core = to_code_points(parts.core);
  const bool damaged = has_numeral(parts.core);
  if (damaged ? !is_damaged_word(word, core) : is_locked(word.text())) return {};
  if (is_left_alone(core) || is_broken_at_line_end(page, line, index)) return {};
  const bool is_sure = word.confidence() >= options.keep_confidence;
  const auto least_count = is_sure ? least_count_of_meant(core, known) : 0;
  if (!least_count) return {};
  const bool is_known = !is_sure && known.contains(parts.core);
  if (is_known && word.confidence() >= options.fair_confidence) return {};
  Suspect suspect{line, index, Doubt::unknown};
  if (damaged) suspect.doubt = Doubt::damaged;
  if (is_known) suspect.doubt = Doubt::unsure;
  if (is_sure) suspect.doubt = Doubt::misread;
  suspect.confidence = word.confidence();
  suspect.least_count = *least_count;
  suspect.lead = parts.lead;
  suspect.core = parts.core;
  suspect.trail = parts.trail;
  suspect.seen = seen_core(word.readings.front(), parts.lead, parts.core);
  return suspect;
}

}  // namespace

std::vector<Suspect> find_suspects(const Page& page, const KnownWords& known,
                                   const SuspectOptions& options) {
  std::vector<Suspect> found;
  if (!is_in_known_language(page, known)) return found;
  for (std::size_t line = 0; line < page.lines.size(); ++line) {
    for (std::size_t word = 0; word < page.lines[line].words.size(); ++word) {
      auto suspect = suspected(page, line, word, known, options);
      if (suspect) found.push_back(std::move(*suspect));
    }
  }
  return found;
}

}  // namespace emend
