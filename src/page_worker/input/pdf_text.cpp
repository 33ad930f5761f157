// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/pdf_text.h"

#include <poppler/cpp/poppler-page.h>
#include <poppler/cpp/poppler-rectangle.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>
#include <string>
#include <utility>

#include "core/box.h"
#include "core/token.h"
#include "core/unicode.h"
#include "page_worker/prepare/area.h"

namespace emend {

namespace {

constexpr double kPointsPerInch = 72.0;

// A word where it stands, and how its line runs: quarter turns clockwise.
struct PlacedText {
  std::string text;
  Box box;
  int quarters = 0;
  bool ends_word = true;  // false: the next one stands close by, in another font maybe
};

std::string nfc(std::u32string_view text) {
  const auto normal = to_nfc(to_utf8(text));
  return normal ? *normal : std::string();
}

Box pixels_of(const poppler::rectf& points, double dpi) {
  const double scale = dpi / kPointsPerInch;
  const int left = static_cast<int>(std::floor(points.left() * scale));
  const int top = static_cast<int>(std::floor(points.top() * scale));
  const int right = static_cast<int>(std::ceil(points.right() * scale));
  const int bottom = static_cast<int>(std::ceil(points.bottom() * scale));
  return {left, top, std::max(right - left, 1), std::max(bottom - top, 1)};
}

// What lies outside of the page is not shown, so it is no part of it.
bool clip(Box& box, int width, int height) {
  const int right = std::min(box.x + box.width, width);
  const int bottom = std::min(box.y + box.height, height);
  box.x = std::max(box.x, 0);
  box.y = std::max(box.y, 0);
  box.width = right - box.x;
  box.height = bottom - box.y;
  return box.width > 0 && box.height > 0;
}

// Where characters [first, last) of what poppler takes for a word stand.
Box box_of(const poppler::text_box& found, std::size_t first, std::size_t last, double dpi) {
  Box box = pixels_of(found.char_bbox(first), dpi);
  for (std::size_t i = first + 1; i < last; ++i) {
    box = union_of(box, pixels_of(found.char_bbox(i), dpi));
  }
  return box;
}

// What poppler takes for a word can hold spaces of the wider kinds, and is then several.
void add_words(const poppler::text_box& found, double dpi, std::vector<PlacedText>& words) {
  const poppler::byte_array bytes = found.text().to_utf8();
  const std::u32string text = to_code_points(repaired_utf8({bytes.data(), bytes.size()}));
  const bool is_one = std::none_of(text.begin(), text.end(), is_space);
  for (std::size_t first = 0; first < text.size();) {
    std::size_t last = first;
    while (last < text.size() && !is_space(text[last])) ++last;
    if (last > first) {
      words.push_back({nfc(std::u32string_view(text).substr(first, last - first)),
                       is_one ? pixels_of(found.bbox(), dpi) : box_of(found, first, last, dpi),
                       found.rotation() & 3, last < text.size() || found.has_space_after()});
    }
    first = last + 1;
  }
}

std::vector<PlacedText> words_of(const poppler::page& page, double dpi, const PageText& grid) {
  std::vector<PlacedText> words;
  for (const poppler::text_box& found : page.text_list()) add_words(found, dpi, words);
  std::erase_if(words, [&grid](PlacedText& word) {
    return word.text.empty() || !clip(word.box, grid.width, grid.height);
  });
  return words;
}

// How most of the words run.
int common_quarters(const std::vector<PlacedText>& words) {
  std::array<std::size_t, 4> counts{};
  for (const PlacedText& word : words) counts.at(static_cast<std::size_t>(word.quarters)) += 1;
  return static_cast<int>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

// `box` after the page of `width` by `height` was turned clockwise by `quarters`.
Box turned(const Box& box, int quarters, int width, int height) {
  switch (quarters) {
    case 1:
      return {height - box.y - box.height, box.x, box.height, box.width};
    case 2:
      return {width - box.x - box.width, height - box.y - box.height, box.width, box.height};
    case 3:
      return {box.y, width - box.x - box.width, box.height, box.width};
    default:
      return box;
  }
}

// Turns the page so that most lines run from left to right.
void turn_upright(std::vector<PlacedText>& words, PageText& grid) {
  const int quarters = (4 - common_quarters(words)) % 4;
  if (quarters == 0) return;
  for (PlacedText& word : words) {
    word.box = turned(word.box, quarters, grid.width, grid.height);
    word.quarters = (word.quarters + quarters) % 4;
  }
  if (quarters % 2 == 1) std::swap(grid.width, grid.height);
  grid.rotation = quarters * 90;
}

bool is_on_line(const PlacedText& word, const PlacedText& before) {
  if (word.quarters != before.quarters) return false;
  // Back by more than a gap between words, as in scripts that run from the right: another line.
  if (word.box.x + word.box.width + 2 * before.box.height < before.box.x) return false;
  if (word.quarters % 2 == 1) {  // a line that runs down or up
    return common_width(word.box, before.box) * 2 >= std::min(word.box.width, before.box.width);
  }
  return is_level_with(word.box, before.box);
}

// Where a word changes its font, poppler begins another one.
bool is_joined(const PlacedText& word, const PlacedText& before) {
  if (before.ends_word || word.quarters != 0) return false;
  const int gap = word.box.x - (before.box.x + before.box.width);
  const int height = std::max(word.box.height, before.box.height);
  return gap * 10 < height && gap * 2 > -height;
}

bool starts_block(const Line& line, const Line& before) {
  const int gap = line.box.y - (before.box.y + before.box.height);
  const int height = std::max(std::min(line.box.height, before.box.height), 1);
  const bool is_beside =
      line.box.x > before.box.x + before.box.width || line.box.x + line.box.width < before.box.x;
  return gap * 4 > height * 3 || gap < -height || is_beside;
}

Word word_of(const std::string& text, const Box& box, bool is_hidden) {
  // The file does not tell how sure that program was.
  constexpr double kOfAnotherReader = 0.9;
  Word word;
  word.box = box;
  word.kind = classify(text);
  word.readings.push_back({.text = text, .confidence = is_hidden ? kOfAnotherReader : 1.0});
  if (has_numeral(text)) word.light = is_hidden ? Light::yellow : Light::green;
  return word;
}

std::vector<Line> lines_of(const std::vector<PlacedText>& words, bool is_hidden) {
  std::vector<Line> lines;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool goes_on = i > 0 && is_on_line(words[i], words[i - 1]);
    if (!goes_on) lines.push_back({.box = words[i].box});
    Line& line = lines.back();
    line.box = union_of(line.box, words[i].box);
    if (goes_on && is_joined(words[i], words[i - 1])) {
      const Word& first = line.words.back();
      line.words.back() =
          word_of(first.text() + words[i].text, union_of(first.box, words[i].box), is_hidden);
    } else {
      line.words.push_back(word_of(words[i].text, words[i].box, is_hidden));
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].starts_block = i == 0 || starts_block(lines[i], lines[i - 1]);
  }
  return lines;
}

// A line as cells of a column of figures have them.
bool is_figure(const Line& line) {
  constexpr std::size_t kMostWords = 3;
  return line.words.size() <= kMostWords &&
         std::any_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return has_numeral(word.text()); });
}

bool is_right_of(const Line& line, const Line& label) {
  return line.box.x >= label.box.x + label.box.width && is_level_with(line.box, label.box);
}

using LineRun = std::span<Line>;

// For each figure the line of `labels` on whose level it stands; empty unless all have one.
std::vector<Line*> labels_of(LineRun figures, LineRun labels) {
  std::vector<Line*> found;
  auto from = labels.begin();
  for (const Line& figure : figures) {
    if (!is_figure(figure)) return {};
    from = std::find_if(from, labels.end(),
                        [&](const Line& label) { return is_right_of(figure, label); });
    if (from == labels.end()) return {};
    found.push_back(&*from++);
  }
  return found;
}

// Poppler gives a column of amounts after the whole column of their labels. A block of figures each
// of which stands to the right of a line of the block before is put into the rows to which it
// belongs.
std::vector<Line> with_rows_joined(std::vector<Line> lines) {
  std::vector<Line> rows;
  std::size_t block = 0;  // where the last block of `rows` begins
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t last = first + 1;
    while (last < lines.size() && !lines[last].starts_block) ++last;
    const LineRun run = LineRun(lines).subspan(first, last - first);
    const auto labels = labels_of(run, LineRun(rows).subspan(block));
    if (labels.empty()) block = rows.size();
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (labels.empty()) {
        rows.push_back(std::move(run[i]));
        continue;
      }
      Line& row = *labels[i];
      row.box = union_of(row.box, run[i].box);
      std::move(run[i].words.begin(), run[i].words.end(), std::back_inserter(row.words));
    }
    first = last;
  }
  return rows;
}

}  // namespace

PageText text_of(const poppler::page& page, double dpi, bool is_hidden, const Area& area) {
  const poppler::rectf box = page.page_rect(poppler::crop_box);  // as if it were not turned
  const auto pixels = [dpi](double points) {
    return static_cast<int>(std::lround(std::abs(points) * dpi / kPointsPerInch));  // as poppler
  };
  PageText text{.width = pixels(box.width()),
                .height = pixels(box.height()),
                .dpi = static_cast<int>(dpi),
                .is_hidden = is_hidden};
  const auto way = page.orientation();
  if (way == poppler::page::landscape || way == poppler::page::seascape) {
    std::swap(text.width, text.height);
  }
  std::vector<PlacedText> words = words_of(page, dpi, text);
  if (area != Area()) {
    const auto wanted = box_of(area, text.width, text.height);
    std::erase_if(
        words, [&wanted](const PlacedText& word) { return !wanted || !holds(*wanted, word.box); });
  }
  turn_upright(words, text);
  text.lines = with_rows_joined(lines_of(words, is_hidden));
  return text;
}

}  // namespace emend
