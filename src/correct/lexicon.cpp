// SPDX-License-Identifier: Apache-2.0
#include "correct/lexicon.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

#include "core/unicode.h"
#include "correct/word_list.h"
#include "emend/options.h"
#include "process/locations.h"

namespace emend {

namespace {

constexpr std::array<std::string_view, 3> kLanguages = {"eng", "deu", "fra"};
constexpr std::size_t kLeastCompoundPart = 4;  // letters; shorter parts make words of anything
constexpr double kCompoundPenalty = -3;        // a compound is rarer than its parts
constexpr std::size_t kFewestLetters = 3;      // of a word that has neighbours

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019';
}
bool is_hyphen(char32_t c) {
  return c == U'-' || c == U'\u2010' || c == U'\u2011';
}

// A part of a token that must be a word by itself, and what follows it up to the next part.
struct Part {
  std::u32string stem;    // as written
  std::u32string ending;  // a hyphen, an apostrophe, a possessive

  [[nodiscard]] std::u32string text() const { return stem + ending; }
};

std::u32string lower_case(std::u32string_view word) {
  std::u32string result;
  for (const char32_t c : word) result += is_apostrophe(c) ? U'\'' : lower(c);
  return result;
}

enum class CaseForm : std::uint8_t { lower, title, capitals, other };

CaseForm case_form(std::u32string_view word) {
  const auto upper_count = std::count_if(word.begin(), word.end(), is_upper);
  const auto lower_count = std::count_if(word.begin(), word.end(), is_lower);
  if (upper_count == 0) return CaseForm::lower;
  if (lower_count == 0) return word.size() == 1 ? CaseForm::title : CaseForm::capitals;
  return upper_count == 1 && is_upper(word.front()) ? CaseForm::title : CaseForm::other;
}

std::u32string in_case(std::u32string_view word, CaseForm form) {
  std::u32string result(word);
  if (form == CaseForm::capitals)
    std::transform(result.begin(), result.end(), result.begin(), upper);
  if (form == CaseForm::title && !result.empty()) result.front() = upper(result.front());
  return result;
}

// The case that a misread word probably has: its first letter may be the misread one.
CaseForm likely_case(std::u32string_view word) {
  const auto rest = word.substr(1);
  const auto upper_count = std::count_if(rest.begin(), rest.end(), is_upper);
  const auto lower_count = std::count_if(rest.begin(), rest.end(), is_lower);
  if (upper_count > lower_count) return CaseForm::capitals;
  return is_upper(word.front()) ? CaseForm::title : CaseForm::lower;
}

// "bank's" -> {"bank", "'s"}; "banks'" -> {"banks", "'"}.
Part without_possessive(std::u32string_view word) {
  const std::size_t n = word.size();
  if (n > 2 && (word[n - 1] == U's' || word[n - 1] == U'S') && is_apostrophe(word[n - 2])) {
    return {std::u32string(word.substr(0, n - 2)), std::u32string(word.substr(n - 2))};
  }
  if (n > 2 && is_apostrophe(word[n - 1]) && (word[n - 2] == U's' || word[n - 2] == U'S')) {
    return {std::u32string(word.substr(0, n - 1)), std::u32string(word.substr(n - 1))};
  }
  return {std::u32string(word), {}};
}

std::vector<Part> parts_of(std::u32string_view word) {
  std::vector<Part> parts;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && !is_hyphen(word[i])) continue;
    Part part = without_possessive(word.substr(start, i - start));
    if (i < word.size()) part.ending += word[i];
    parts.push_back(std::move(part));
    start = i + 1;
  }
  return parts;
}

// "l'eau": what stands before the apostrophe is listed with it.
std::optional<double> elision_frequency(const WordList& list, std::u32string_view word) {
  const auto place = word.find(U'\'');
  if (place == std::u32string_view::npos || place + 1 == word.size()) return std::nullopt;
  const auto head = list.log_frequency(word.substr(0, place + 1));
  const auto tail = list.log_frequency(word.substr(place + 1));
  if (!head || !tail) return std::nullopt;
  return std::min(*head, *tail);
}

// "rechnungsnummer": two listed words, perhaps with a letter or two that join them.
std::optional<double> compound_frequency(const WordList& list, std::u32string_view word) {
  std::optional<double> best;
  for (std::size_t cut = kLeastCompoundPart; cut + kLeastCompoundPart <= word.size(); ++cut) {
    const auto tail = list.log_frequency(word.substr(cut));
    if (!tail) continue;
    auto head = list.log_frequency(word.substr(0, cut));
    const bool is_joined = cut > kLeastCompoundPart && word[cut - 1] == U's';
    if (!head && is_joined) head = list.log_frequency(word.substr(0, cut - 1));
    if (!head) continue;
    const double both = std::min(*head, *tail) + kCompoundPenalty;
    if (!best || both > *best) best = both;
  }
  return best;
}

std::optional<double> part_frequency(const WordList& list, std::u32string_view stem) {
  // A capital inside a word is mostly a wrong letter. What is really written so is listed so: GmbH.
  if (case_form(stem) == CaseForm::other) return list.log_frequency(stem);
  const auto word = lower_case(stem);
  if (const auto listed = list.log_frequency(word)) return listed;
  if (const auto elided = elision_frequency(list, word)) return elided;
  return list.language() == "deu" ? compound_frequency(list, word) : std::nullopt;
}

template <typename Lists>
std::optional<double> stem_frequency(const Lists& lists, std::u32string_view stem) {
  std::optional<double> best;
  for (const auto& list : lists) {
    const auto own = part_frequency(*list, stem);
    if (own && (!best || *own > *best)) best = own;
  }
  return best;
}

// The rarest part's frequency, when all are words.
template <typename Lists>
std::optional<double> token_frequency(const Lists& lists, std::u32string_view token) {
  if (token.empty() || std::none_of(token.begin(), token.end(), is_letter)) return std::nullopt;
  std::optional<double> rarest;
  // A word with an apostrophe of its own, such as don't, is looked up whole first.
  if (const auto whole = stem_frequency(lists, token)) return whole;
  for (const auto& part : parts_of(token)) {
    const auto own = stem_frequency(lists, part.stem);
    if (!own) return std::nullopt;
    rarest = rarest ? std::min(*rarest, *own) : *own;
  }
  return rarest;
}

bool is_nearer(const Neighbour& a, const Neighbour& b) {
  if (a.distance != b.distance) return a.distance < b.distance;
  if (a.log_frequency != b.log_frequency) return a.log_frequency > b.log_frequency;
  return a.word < b.word;
}

}  // namespace

Lexicon::Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::open(std::span<const std::string> languages) {
  if (is_automatic(languages)) {
    static const std::vector<std::string> kAll(kLanguages.begin(), kLanguages.end());
    return open(kAll);
  }
  Lexicon lexicon;
  for (const auto& language : languages) {
    const bool has_list =
        std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
    if (!has_list || lexicon.knows(language)) continue;
    auto path = find_data("models/" + language + ".lexicon");
    if (!path) return tl::unexpected(std::move(path.error()));
    auto list = WordList::open(*path, language);
    if (!list) return tl::unexpected(std::move(list.error()));
    lexicon.lists_.push_back(std::move(*list));
  }
  return lexicon;
}

bool Lexicon::knows(std::string_view language) const {
  return std::any_of(lists_.begin(), lists_.end(),
                     [&](const auto& list) { return list->language() == language; });
}

bool Lexicon::contains(std::string_view word) const {
  return token_frequency(lists_, to_code_points(word)).has_value();
}

double Lexicon::log_frequency(std::string_view word) const {
  return token_frequency(lists_, to_code_points(word)).value_or(kUnknownLogFrequency);
}

std::vector<Neighbour> Lexicon::neighbours(std::string_view word, int max_distance,
                                           std::size_t max_count) const {
  const auto parts = parts_of(to_code_points(word));
  // Only a word with one unknown part has neighbours that a reader would recognise; of a known word
  // every part is tried.
  const auto unknown = [&](const Part& part) { return !stem_frequency(lists_, part.stem); };
  const auto unknown_count = std::count_if(parts.begin(), parts.end(), unknown);
  if (unknown_count > 1) return {};
  std::map<std::string, Neighbour> found;  // two lists may have the same word
  std::u32string before;
  for (std::size_t i = 0; i < parts.size(); before += parts[i].text(), ++i) {
    const auto& stem = parts[i].stem;
    if (stem.size() < kFewestLetters || (unknown_count == 1 && !unknown(parts[i]))) continue;
    std::u32string after = parts[i].ending;
    for (std::size_t j = i + 1; j < parts.size(); ++j) after += parts[j].text();
    for (const auto& list : lists_) {
      for (const auto& match : list->matches(lower_case(stem), max_distance)) {
        std::u32string whole = before;
        whole.append(in_case(match.word, likely_case(stem))).append(after);
        const auto text = to_utf8(whole);
        if (text == word) continue;
        auto& entry = found.try_emplace(text, Neighbour{text, match.distance, match.log_frequency})
                          .first->second;
        entry.log_frequency = std::max(entry.log_frequency, match.log_frequency);
      }
    }
  }
  std::vector<Neighbour> nearest;
  nearest.reserve(found.size());
  for (auto& [text, neighbour] : found) nearest.push_back(std::move(neighbour));
  std::sort(nearest.begin(), nearest.end(), is_nearer);
  if (nearest.size() > max_count) nearest.resize(max_count);
  return nearest;
}

}  // namespace emend
