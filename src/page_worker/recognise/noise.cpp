// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/noise.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// What a line must show to be text. `poor`: mean confidence below which it is suspect. `good_word`:
// confidence from which a word is text. `long_word`: letters from which a word of the dictionary is
// text however poorly read, since chance spells no long words.
struct Demands {
  double poor;
  double good_word;
  std::size_t long_word;
};

// Chosen on 40 letters and 40 report pages, see docs/accuracy.md. A looser rule for lines of the
// page's usual height takes headings of tables and names for noise.
constexpr Demands kUsualLine = {.poor = 0.5, .good_word = 0.5, .long_word = 5};
constexpr Demands kOddLine = {.poor = 0.6, .good_word = 0.7, .long_word = 7};

// Against the height of the print: a signature or a stamp is taller, a scrap of a logo is lower.
constexpr double kTall = 1.8;
constexpr double kLow = 0.55;

constexpr double kLittleText = 0.3;  // share of a line's letters that are in words of text
constexpr double kHeldNumber = 0.3;  // confidence from which anything with a digit keeps its line
constexpr std::ptrdiff_t kHeldDigits = 3;  // from which a well-formed number does, however poor

// A page on which little is read well may be a receipt, where faint print looks like noise. Of 80
// letters and report pages all were read better than this.
constexpr double kWellRead = 0.8;

// The height of the lines in which the print is read well, the median over their words; 0 where
// there are none.
int usual_height(const std::vector<Line>& lines) {
  constexpr double kReadWell = 0.8;
  constexpr std::size_t kNoSpeck = 3;  // characters
  std::vector<int> heights;
  for (const Line& line : lines) {
    for (const Word& word : line.words) {
      if (word.confidence() < kReadWell || word.text().size() < kNoSpeck) continue;
      heights.push_back(line.box.height);
    }
  }
  if (heights.empty()) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

bool is_long_word(const Word& word, std::size_t letters) {
  if (!word.in_dictionary) return false;
  const auto core = core_characters(word.text());
  return core.size() >= letters && std::all_of(core.begin(), core.end(), is_letter);
}

bool keeps_its_line(const Word& word) {
  const std::string& text = word.text();
  if (!has_numeral(text)) return false;
  const auto digits =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return word.confidence() >= kHeldNumber ||
         (word.kind == WordKind::number && digits >= kHeldDigits);
}

bool is_noise(const Line& line, int usual) {
  const bool is_odd =
      usual > 0 && (line.box.height > kTall * usual || line.box.height < kLow * usual);
  const Demands& demands = is_odd ? kOddLine : kUsualLine;
  double letters = 0;
  double trusted = 0;
  double good = 0;
  for (const Word& word : line.words) {
    if (keeps_its_line(word)) return false;
    const auto size = static_cast<double>(word.text().size());
    letters += size;
    trusted += size * word.confidence();
    const bool is_text =
        word.confidence() >= demands.good_word || is_long_word(word, demands.long_word);
    if (is_text) good += size;
  }
  return letters > 0 && trusted < demands.poor * letters && good < kLittleText * letters;
}

}  // namespace

std::size_t mark_noise(std::vector<Line>& lines) {
  const int usual = usual_height(lines);
  double sum = 0;
  std::size_t words = 0;
  for (const Line& line : lines) {
    if (is_noise(line, usual)) continue;
    for (const Word& word : line.words) sum += word.confidence();
    words += line.words.size();
  }
  if (words == 0 || sum < kWellRead * static_cast<double>(words)) return 0;
  for (Line& line : lines) line.is_noise = is_noise(line, usual);
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.is_noise; }));
}

}  // namespace emend
