// SPDX-License-Identifier: Apache-2.0
// Text whose words stand in the columns in which they are printed, for a font of one width.
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "core/unicode.h"
#include "core/parts.h"
#include "output/writers.h"

namespace emend {

namespace {

struct LaidOut {
  std::string line;
  std::size_t columns = 0;
};

// The words of lines that overlap in height stand on one line of text.
using Band = std::vector<const Line*>;

double middle(const Box& box) {
  return box.y + box.height / 2.0;
}

std::vector<Band> bands_of(const Page& page) {
  std::vector<const Line*> lines;
  for (const Line& line : page.lines) {
    if (!line.words.empty()) lines.push_back(&line);
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line* a, const Line* b) { return middle(a->box) < middle(b->box); });
  std::vector<Band> bands;
  for (const Line* line : lines) {
    const Line* last = bands.empty() ? nullptr : bands.back().front();
    const bool is_beside =
        last != nullptr && middle(line->box) < last->box.y + last->box.height * 0.75;
    if (!is_beside) bands.emplace_back();
    bands.back().push_back(line);
  }
  return bands;
}

// The width of a character of the font in which the page fits: that of the middle word.
double character_width(const Page& page) {
  std::vector<double> widths;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      const std::size_t count = to_code_points(word.text()).size();
      if (count > 1 && word.box.width > 0) {
        widths.push_back(word.box.width / static_cast<double>(count));
      }
    }
  }
  if (widths.empty()) return 1;
  const auto place = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), place, widths.end());
  return std::max(*place, 1.0);
}

std::string line_of(Band band, int left, double width) {
  std::vector<const Word*> words;
  for (const Line* line : band) {
    for (const Word& word : line->words) words.push_back(&word);
  }
  std::stable_sort(words.begin(), words.end(),
                   [](const Word* a, const Word* b) { return a->box.x < b->box.x; });
  LaidOut out;
  for (const Word* word : words) {
    const auto wanted = static_cast<std::size_t>(std::max(word->box.x - left, 0) / width);
    const std::size_t column = out.columns == 0 ? wanted : std::max(wanted, out.columns + 1);
    out.line.append(column - out.columns, ' ');
    out.line += word->text();
    out.columns = column + to_code_points(word->text()).size();
  }
  return out.line + '\n';
}

std::string laid_out(const Page& page) {
  constexpr double kEmptyLine = 1.8;  // a step this many times the usual one leaves a line empty
  const std::vector<Band> bands = bands_of(page);
  const double width = character_width(page);
  int left = page.width;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) left = std::min(left, word.box.x);
  }
  std::vector<double> steps;
  for (std::size_t i = 1; i < bands.size(); ++i) {
    steps.push_back(middle(bands[i].front()->box) - middle(bands[i - 1].front()->box));
  }
  std::vector<double> sorted = steps;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted.empty() ? 1 : std::max(sorted[sorted.size() / 2], 1.0);
  std::string out;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (i > 0 && steps[i - 1] > kEmptyLine * usual) out += '\n';
    out += line_of(bands[i], left, width);
  }
  return out;
}

class LayoutWriter final : public DocumentWriter {
 public:
  explicit LayoutWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& /*source*/) override { return {}; }

  Result<void> page(const Page& page) override {
    const std::string separator = first_ ? "" : "\f";
    first_ = false;
    return sink_(separator + laid_out(page));
  }

  Result<void> end(const Document& /*tail*/) override { return {}; }

 private:
  Sink sink_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_layout_writer(Sink sink) {
  return std::make_unique<LayoutWriter>(std::move(sink));
}

}  // namespace emend
