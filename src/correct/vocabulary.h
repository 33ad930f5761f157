// SPDX-License-Identifier: Apache-2.0
// The words of the document so far: what was read surely in one place is the best word list for
// another place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace emend {

// Holds at most kCapacity words, the later ones of a long document. The same words in the same
// order give the same answers on every machine.
class Vocabulary {
 public:
  static constexpr std::size_t kCapacity = 20'000;

  void add(std::string_view word);
  [[nodiscard]] bool contains(std::string_view word) const { return count(word) > 0; }
  [[nodiscard]] std::size_t count(std::string_view word) const;  // how often it was added
  [[nodiscard]] std::size_t size() const { return recent_.words.size() + older_.words.size(); }
  void clear();

  // Words at most `distance` insertions, deletions and substitutions away, in order of their
  // arrival, without `word` itself.
  [[nodiscard]] std::vector<std::string> similar(std::string_view word, std::size_t distance) const;

 private:
  // Two halves: when the recent one is full it becomes the older one, and the older one is
  // forgotten.
  struct Half {
    std::vector<std::u32string> words;
    std::unordered_map<std::string, std::size_t> counts;
  };

  Half recent_;
  Half older_;
};

}  // namespace emend
