// SPDX-License-Identifier: Apache-2.0
// Which numbers a page has: what stands elsewhere on it bears out a reading of a word.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "emend/document.h"

namespace emend {

// Numbers are words with a digit, without outer punctuation. Noise does not count.
class PageNumbers {
 public:
  explicit PageNumbers(const Page& page);

  // A word with this number is green, or the recogniser is sure of it, or emend's reader is too.
  [[nodiscard]] bool is_surely_read(const std::u32string& number) const;

  // More than one word has this number.
  [[nodiscard]] bool recurs(const std::u32string& number) const;

 private:
  std::map<std::u32string, std::size_t> counts_;
  std::set<std::u32string> sure_;
};

}  // namespace emend
