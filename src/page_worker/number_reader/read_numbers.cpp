// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/read_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "core/number_form.h"
#include "core/readings.h"
#include "core/token.h"
#include "core/unicode.h"
#include "page_worker/recognise/lights.h"

namespace emend {

namespace {

// As sure as both readers must be for a green light where they alone agree, on their calibrated
// scales. Fitted by bench/number_reader.py on the development sets; docs/accuracy.md has the table.
// Where two looks agree too, no limit of the reader's took a wrong number out.
constexpr double kSureRecogniser = 0.5;
constexpr double kSureReader = 0.81;

// How often a reading of that likelihood was exact on the same words, by the same program: the
// network is surer than it is right, above all where the stretched crop reads otherwise. Between
// the knots a straight line. What is not steady stays below the limit of green, of few words.
constexpr std::size_t kKnots = 8;
using Row = std::array<double, kKnots>;
constexpr Row kLikelihoods = {0, 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 1};
constexpr Row kExactSteady = {0.37, 0.52, 0.58, 0.76, 0.83, 0.86, 0.93, 0.93};
constexpr Row kExactUnsteady = {0.17, 0.28, 0.34, 0.42, 0.63, 0.71, 0.75, 0.80};

// A reading that is likelier wrong than this says nothing.
constexpr double kLeastEvidence = 0.2;

// Nearer than this, in heights of the word, a number may be the rest of the one beside it.
constexpr double kNearNumber = 1.3;
constexpr std::size_t kFewDigits = 2;

// Of a page; a table of more is read by one reader alone at its end.
constexpr std::size_t kMostNumbers = 4000;

// A page of dense print has a thousand. So many crops are some 10 s of processor time.
constexpr std::size_t kMostOtherWords = 2000;

// What differs in nothing but its size, which a word alone does not show.
char32_t folded(char32_t c) {
  switch (c) {
    case U'X':
    case U'O':
    case U'S':
    case U'Z':
      return lower(c);
    case 0x2018:
    case 0x2019:
    case U'`':
      return U'\'';
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return U'-';
    default:
      return c;
  }
}

std::u32string folded_core(std::string_view text) {
  std::u32string core = core_characters(text);
  std::transform(core.begin(), core.end(), core.begin(), folded);
  return core;
}

double calibrated(double likelihood, bool is_steady) {
  const Row& exact = is_steady ? kExactSteady : kExactUnsteady;
  const auto above = std::upper_bound(kLikelihoods.begin() + 1, kLikelihoods.end() - 1, likelihood);
  const auto upper = static_cast<std::size_t>(above - kLikelihoods.begin());
  const double share = (likelihood - kLikelihoods.at(upper - 1)) /
                       (kLikelihoods.at(upper) - kLikelihoods.at(upper - 1));
  return exact.at(upper - 1) + share * (exact.at(upper) - exact.at(upper - 1));
}

// Both readers see single letters in a number badly, and the reader knows few: what has no form of
// a number and is not of digits alone stays yellow.
bool is_plain_number(std::string_view core) {
  if (number_form(core) != NumberForm::none) return true;
  return std::all_of(core.begin(), core.end(), [](char c) {
    return (c >= '0' && c <= '9') ||
           std::string_view(".,:/-+#()").find(c) != std::string_view::npos;
  });
}

// -1.68 and not 1.68 or ~1.68: what stands before a number is outer punctuation, but a dash is its
// sign.
bool is_negative(std::string_view text) {
  const TokenParts parts = strip_outer(text);
  const std::u32string lead = to_code_points(parts.lead);
  const std::u32string core = to_code_points(parts.core);
  const std::u32string_view dashes = U"-\u2010\u2011\u2012\u2013\u2014\u2212";
  const char32_t last = lead.empty() ? U' ' : lead.back();
  return dashes.find(last) != std::u32string_view::npos ||
         (!core.empty() && dashes.find(core.front()) != std::u32string_view::npos);
}

// One or two digits beside another number: each is read rightly, but the point between them is
// lost.
bool may_be_a_piece(const std::vector<Word>& words, std::size_t at) {
  const Word& word = words[at];
  const std::u32string core = core_characters(word.text());
  if (core.size() > kFewDigits) return false;
  const auto is_near = [&](const Word& other) {
    const int gap = std::max(other.box.x - word.box.x - word.box.width,
                             word.box.x - other.box.x - other.box.width);
    return has_numeral(other.text()) && gap < kNearNumber * word.box.height;
  };
  return (at > 0 && is_near(words[at - 1])) || (at + 1 < words.size() && is_near(words[at + 1]));
}

// Two looks that agree are no proof where nobody else bears them out.
Light without_green(Light light) {
  return light == Light::green ? Light::yellow : light;
}

Light independent_light(const std::vector<Word>& words, std::size_t at) {
  const Word& word = words[at];
  const Reading* own = other_reading_by(Reader::emend, word);
  if (own == nullptr) return without_green(word.light);
  if (!reads_the_same(word.text(), own->text)) {
    return own->confidence >= kSureReader ? Light::red : without_green(word.light);
  }
  if (is_negative(word.text()) != is_negative(own->text)) return without_green(word.light);
  const bool is_sure = word.confidence() >= kSureRecogniser && own->confidence >= kSureReader;
  const bool is_whole =
      is_plain_number(strip_outer(word.text()).core) && !may_be_a_piece(words, at);
  return is_sure && is_whole ? Light::green : word.light;
}

// The first `most` words that are no links, of lines that are no noise.
template <typename Predicate>
std::vector<Word*> first_words(std::vector<Line>& lines, Predicate is_asked, std::size_t most) {
  std::vector<Word*> found;
  for (Line& line : lines) {
    if (line.is_noise) continue;
    for (Word& word : line.words) {
      if (found.size() == most) return found;
      if (is_asked(word) && !is_link(word.text())) found.push_back(&word);
    }
  }
  return found;
}

bool knows_all_signs(const CropReading& found) {
  const std::u32string text = to_code_points(found.text());
  return text.find(kSomethingElse) == std::u32string::npos;
}

void keep_evidence(const NumberReader& reader, const CropReading& found, Word& word) {
  auto evidence = as_evidence(reader, found, word.text());
  if (!evidence || evidence->confidence < kLeastEvidence) return;
  word.other_readings.push_back(std::move(*evidence));
}

}  // namespace

bool looks_like_number(std::string_view text) {
  constexpr std::u32string_view kLikeDigits = U"OoDQlIi|SsBZzgqbGT";
  constexpr std::u32string_view kBetween = U".,:/-";
  if (has_numeral(text) || has_currency(text)) return true;
  const std::u32string core = core_characters(text);
  if (core == U"@") return true;  // a zero with a stroke
  const bool has_separator = core.find_first_of(kBetween) != std::u32string::npos;
  return core.size() > 2 && has_separator && std::all_of(core.begin(), core.end(), [&](char32_t c) {
           return kLikeDigits.find(c) != std::u32string_view::npos ||
                  kBetween.find(c) != std::u32string_view::npos;
         });
}

bool reads_the_same(std::string_view standing, std::string_view independent) {
  return folded_core(standing) == folded_core(independent);
}

std::optional<Reading> as_evidence(const NumberReader& reader, const CropReading& found,
                                   std::string_view standing) {
  const std::u32string before = to_code_points(standing);
  const std::u32string known = reader.as_known(before);
  Reading reading = found.reading();
  std::u32string text = to_code_points(reading.text);
  auto& slots = reading.characters;
  for (std::size_t i = text.size(); i-- > 0;) {
    if (!is_space(text[i])) continue;
    text.erase(i, 1);
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != kSomethingElse) continue;
    if (text.size() != before.size() || known[i] != kSomethingElse) return std::nullopt;
    text[i] = before[i];
    slots[i].front().text = to_utf8(before[i]);
  }
  if (text.empty()) return std::nullopt;
  reading.text = to_utf8(text);
  reading.confidence = calibrated(reading.confidence, found.is_steady());
  reading.reader = Reader::emend;
  return reading;
}

std::optional<CropReading> read_word(NumberReader& reader, Pix* page, const Word& word) {
  constexpr double kRatherSure = 0.6;
  const bool is_sure = word.confidence() >= kRatherSure;
  return reader.read(page, word.box, is_sure ? std::string_view(word.text()) : std::string_view());
}

void read_numbers(NumberReader& reader, Pix* page, std::vector<Line>& lines) {
  const auto is_asked = [](const Word& word) { return looks_like_number(word.text()); };
  for (Word* word : first_words(lines, is_asked, kMostNumbers)) {
    if (const auto found = read_word(reader, page, *word)) keep_evidence(reader, *found, *word);
  }
}

void read_other_words(NumberReader& reader, Pix* page, std::vector<Line>& lines) {
  const auto is_asked = [](const Word& word) { return !looks_like_number(word.text()); };
  for (Word* word : first_words(lines, is_asked, kMostOtherWords)) {
    const auto found = read_word(reader, page, *word);
    if (found && knows_all_signs(*found)) keep_evidence(reader, *found, *word);
  }
}

void give_independent_lights(std::vector<Line>& lines) {
  for (Line& line : lines) {
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      if (!has_numeral(line.words[w].text())) continue;
      line.words[w].light = independent_light(line.words, w);
    }
  }
  hold_back_greens(lines);
}

}  // namespace emend
