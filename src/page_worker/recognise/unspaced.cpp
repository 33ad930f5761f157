// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/unspaced.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "core/box.h"
#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

bool is_printed_without_gap(const Box& a, const Box& b) {
  constexpr double kGap = 0.6;  // of the height of a character, which is square
  const int gap = std::max(b.x - (a.x + a.width), a.x - (b.x + b.width));
  return gap < kGap * std::max(a.height, b.height);
}

bool goes_on(const Word& word, const Word& next) {
  const std::u32string before = to_code_points(word.text());
  const std::u32string after = to_code_points(next.text());
  return !before.empty() && !after.empty() && is_unspaced(before.back()) &&
         is_unspaced(after.front()) && is_printed_without_gap(word.box, next.box);
}

void append(Word& word, Word next) {
  Reading& whole = word.readings.front();
  Reading& piece = next.readings.front();
  const auto length = static_cast<double>(to_code_points(whole.text).size());
  const auto added = static_cast<double>(to_code_points(piece.text).size());
  whole.confidence =
      (whole.confidence * length + piece.confidence * added) / std::max(1.0, length + added);
  whole.text += piece.text;
  if (whole.characters.empty() || piece.characters.empty()) {
    whole.characters.clear();
  } else {
    std::move(piece.characters.begin(), piece.characters.end(),
              std::back_inserter(whole.characters));
  }
  word.box = union_of(word.box, next.box);
  word.kind = classify(whole.text);
  word.in_dictionary = word.in_dictionary && next.in_dictionary;
  word.number_pattern = false;
  word.light = std::max(word.light, next.light);
}

}  // namespace

void join_unspaced(std::vector<Line>& lines) {
  for (Line& line : lines) {
    std::vector<Word> words;
    for (Word& word : line.words) {
      if (!words.empty() && goes_on(words.back(), word)) {
        append(words.back(), std::move(word));
      } else {
        words.push_back(std::move(word));
      }
    }
    line.words = std::move(words);
  }
}

}  // namespace emend
