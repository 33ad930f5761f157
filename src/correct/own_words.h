// SPDX-License-Identifier: Apache-2.0
// Words that the user brings along: those of a list, which are right wherever they are read, and
// those of text of the domain, which count as words of the language.
//
// What has a digit, a currency or percent sign, or is a link is no word here: what is brought along
// can never be a reason to change a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emend/error.h"

namespace emend {

struct OwnWord {
  std::string text;         // NFC, without outer punctuation
  std::uint32_t times = 0;  // in text of the domain; 0 = of a list
};

inline constexpr std::size_t kMostOwnWords = 500'000;
// That a text must have a word; what it has once may be a misreading of its own.
inline constexpr std::uint32_t kLeastTimesInText = 2;

// Every word of every line, such as "Nasi Lemak"; lines that begin with # are passed over. Fails
// with unreadable_input when the list is not UTF-8 or has no word in it, and with limit_exceeded
// when it has more than kMostOwnWords.
[[nodiscard]] Result<std::vector<OwnWord>> words_of_list(std::string_view list);

// The words of running text that it has at least kLeastTimesInText, each as it is written. Fails
// alike, but a text without such words is none to complain of.
[[nodiscard]] Result<std::vector<OwnWord>> words_of_text(std::string_view text);

class OwnWords {
 public:
  explicit OwnWords(std::span<const OwnWord> words);

  // Lower case, Title and CAPITALS are a word's forms, others (GmbH) only as they were brought.
  [[nodiscard]] bool contains(std::string_view word) const;
  // The same of a list alone: such a word is not to be corrected.
  [[nodiscard]] bool is_listed(std::string_view word) const;

  // ln of the word's share of running text, as far as that can be told: a word of a list alone
  // counts for less the longer the list is. Of words that contains() has.
  [[nodiscard]] double log_frequency(std::string_view word) const;

  // In lower case, at most `distance` insertions, deletions and substitutions away, without `word`
  // itself: at most `count`, the nearest first, of those in the order of their letters.
  [[nodiscard]] std::vector<std::u32string> similar(std::string_view word, std::size_t distance,
                                                    std::size_t count) const;

 private:
  struct Entry {
    std::u32string lower;
    std::uint64_t times = 0;
    bool is_listed = false;
  };
  struct Search;

  [[nodiscard]] const Entry* find(std::string_view word) const;
  void search(Search& search, std::size_t begin, std::size_t end, std::size_t depth) const;

  std::vector<Entry> entries_;                     // in the order of their letters
  std::unordered_set<std::string> unusual_forms_;  // as brought
  std::uint64_t words_of_text_ = 0;
  double of_list_ = 0;  // ln of the share of each listed word
};

}  // namespace emend
