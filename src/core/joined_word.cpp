// SPDX-License-Identifier: Apache-2.0
#include "core/joined_word.h"

#include <algorithm>
#include <utility>

#include "core/box.h"
#include "core/token.h"

namespace emend {

Word joined_word(const Word& first, const Word& second) {
  Word word = first;
  const Reading& next = second.readings.front();
  Reading reading{.text = first.text() + ' ' + next.text,
                  .confidence = std::min(first.confidence(), next.confidence)};
  const auto& characters = first.readings.front().characters;
  if (!characters.empty() && !next.characters.empty()) {
    reading.characters = characters;
    reading.characters.push_back({{" ", 0}});
    reading.characters.insert(reading.characters.end(), next.characters.begin(),
                              next.characters.end());
  }
  word.box = union_of(first.box, second.box);
  word.readings = {std::move(reading)};
  std::erase_if(word.other_readings, [&](const Reading& other) {
    const auto& others = second.other_readings;
    return std::find(others.begin(), others.end(), other) == others.end();
  });
  word.kind = classify(word.text());
  word.in_dictionary = false;
  word.number_pattern = first.number_pattern && second.number_pattern;
  word.light = std::max(first.light, second.light);
  return word;
}

}  // namespace emend
