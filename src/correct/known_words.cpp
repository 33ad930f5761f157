// SPDX-License-Identifier: Apache-2.0
#include "correct/known_words.h"

#include <algorithm>

#include "core/unicode.h"

namespace emend {

namespace {

// Whether `is_known` holds for every part between single spaces.
template <typename Predicate>
bool all_parts(std::string_view words, Predicate is_known) {
  while (true) {
    const std::size_t space = words.find(' ');
    const std::string_view part = words.substr(0, space);
    if (part.empty() || !is_known(part)) return false;
    if (space == std::string_view::npos) return true;
    words.remove_prefix(space + 1);
  }
}

template <typename Value>
double least_of_parts(std::string_view words, Value value_of) {
  double least = 0;
  all_parts(words, [&](std::string_view part) {
    least = std::min(least, value_of(part));
    return true;
  });
  return least;
}

}  // namespace

bool KnownWords::is_of_document(std::string_view word) const {
  if (document_->contains(word)) return true;
  for (const std::string_view ending : {"'s", "\u2019s", "s"}) {
    if (!word.ends_with(ending)) continue;
    word.remove_suffix(ending.size());
    return document_->contains(word);
  }
  return false;
}

bool KnownWords::contains(std::string_view word) const {
  return all_parts(word, [&](std::string_view part) {
    return is_of_document(part) || lexicon_->contains(part) || is_own(part);
  });
}

bool KnownWords::is_language(std::string_view word) const {
  return all_parts(word,
                   [&](std::string_view part) { return lexicon_->contains(part) || is_own(part); });
}

bool KnownWords::is_of_lexicon(std::string_view word) const {
  return all_parts(word, [&](std::string_view part) { return lexicon_->contains(part); });
}

double KnownWords::log_probability(std::string_view word) const {
  constexpr double kOfDocument = -6.5;
  return least_of_parts(word, [&](std::string_view part) {
    const double found = log_probability_in_language(part);
    return is_of_document(part) ? std::max(found, kOfDocument) : found;
  });
}

double KnownWords::log_probability_in_language(std::string_view word) const {
  constexpr double kUnknown = -9.6;
  constexpr double kPerLetter = -1.8;
  constexpr std::size_t kMostLetters = 12;
  return least_of_parts(word, [&](std::string_view part) {
    const bool is_of_lexicon = lexicon_->contains(part);
    if (is_own(part)) {
      const double own = own_->log_frequency(part);
      return is_of_lexicon ? std::max(own, lexicon_->log_frequency(part)) : own;
    }
    if (is_of_lexicon) return lexicon_->log_frequency(part);
    const std::size_t letters = std::min(to_code_points(part).size(), kMostLetters);
    return kUnknown + kPerLetter * static_cast<double>(letters);
  });
}

}  // namespace emend
