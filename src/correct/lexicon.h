// SPDX-License-Identifier: Apache-2.0
// The words of a language with how common they are.
//
// Word lists for some languages come with emend (models/*.lexicon); of another language nothing is
// known, which knows() tells apart from a word that is not in a known language's list. Looking up
// changes nothing, so one lexicon serves several threads.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

class WordList;

// A word of the list that is a few edits (a letter put in, left out, changed, or two neighbours
// swapped) away from the one that was asked about, written in that one's case.
struct Neighbour {
  std::string word;
  int distance = 0;
  double log_frequency = 0;

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

class Lexicon {
 public:
  // The lists of these languages (tesseract's names: "eng", "deu", "fra"); a language without one
  // is passed over. Fails with missing_dependency or unreadable_input when a list that should be
  // there is not, or is damaged.
  // "auto" stands for all that have a list.
  [[nodiscard]] static Result<Lexicon> open(std::span<const std::string> languages);

  Lexicon();  // knows no language
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  // Whether there is a list for any of the languages, for this one.
  [[nodiscard]] bool knows_any() const { return !lists_.empty(); }
  [[nodiscard]] bool knows(std::string_view language) const;

  // Is this a word? `word` comes without punctuation around it. Lower case, Title and CAPITALS are
  // a word's forms, and so are parts joined by hyphens or after an elision (l'eau), the possessive
  // (bank's, banks'), and in German a compound of listed words. A token without letters, or with a
  // digit, is none. `word` is valid UTF-8 in NFC.
  [[nodiscard]] bool contains(std::string_view word) const;

  // ln of the word's share of running text, of the rarest part for a word of parts;
  // kUnknownLogFrequency for what is no word.
  [[nodiscard]] double log_frequency(std::string_view word) const;

  // The listed words at most `max_distance` (1 or 2) edits away, without `word` itself: the nearest
  // first, of those the commonest, at most `max_count`. In a word of parts one part differs. Words
  // of fewer than three letters have no neighbours.
  [[nodiscard]] std::vector<Neighbour> neighbours(std::string_view word, int max_distance,
                                                  std::size_t max_count) const;

  static constexpr double kUnknownLogFrequency = -30;

 private:
  std::vector<std::unique_ptr<WordList>> lists_;  // in the order of the languages
};

}  // namespace emend
