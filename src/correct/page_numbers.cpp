// SPDX-License-Identifier: Apache-2.0
#include "correct/page_numbers.h"

#include "core/readings.h"
#include "core/token.h"
#include "correct/independent_reading.h"

namespace emend {

namespace {

constexpr double kSureRecogniser = 0.8;

bool is_sure(const Word& word, const std::u32string& number) {
  const Reading* own = other_reading_by(Reader::emend, word);
  const bool is_read_twice =
      own != nullptr && own->confidence >= kSureReader && core_characters(own->text) == number;
  return word.light == Light::green || word.confidence() >= kSureRecogniser || is_read_twice;
}

}  // namespace

PageNumbers::PageNumbers(const Page& page) {
  for (const Line& line : page.lines) {
    if (line.is_noise) continue;
    for (const Word& word : line.words) {
      if (!has_numeral(word.text())) continue;
      const std::u32string number = core_characters(word.text());
      ++counts_[number];
      if (is_sure(word, number)) sure_.insert(number);
    }
  }
}

bool PageNumbers::is_surely_read(const std::u32string& number) const {
  return sure_.contains(number);
}

bool PageNumbers::recurs(const std::u32string& number) const {
  const auto found = counts_.find(number);
  return found != counts_.end() && found->second > 1;
}

}  // namespace emend
