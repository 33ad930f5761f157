// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/further_looks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/box.h"
#include "core/token.h"
#include "page_worker/prepare/other_picture.h"
#include "page_worker/prepare/page_shape.h"
#include "page_worker/prepare/unread_areas.h"
#include "page_worker/recognise/confidence.h"
#include "page_worker/recognise/second_look.h"
#include "page_worker/step_names.h"

namespace emend {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Below this mean probability the whole page is worth another picture.
constexpr double kPoorPage = 0.75;

void scale_and_move(Box& box, float factor, const Box& origin) {
  const auto back = [factor](int value) {
    return static_cast<int>(static_cast<float>(value) / factor);
  };
  box = {origin.x + back(box.x), origin.y + back(box.y), std::max(1, back(box.width)),
         std::max(1, back(box.height))};
}

// From pixels of a scaled part to pixels of the page.
void bring_back(std::vector<Line>& lines, float factor, const Box& part) {
  for (Line& line : lines) {
    scale_and_move(line.box, factor, part);
    for (Word& word : line.words) scale_and_move(word.box, factor, part);
  }
}

class FurtherLooks {
 public:
  FurtherLooks(Recogniser& recogniser, const PreparedPage& page, std::vector<Line> first,
               const ReadOptions& options, milliseconds time_left)
      : recogniser_(recogniser),
        page_(page),
        lines_(std::move(first)),
        options_(options),
        end_(steady_clock::now() + time_left),
        is_strip_(page.segmentation == Segmentation::single_block) {}

  void look_at_contrast();
  void look_at_number_lines();
  void look_in_another_way();
  void look_where_nothing_was_read();
  [[nodiscard]] bool is_strip() const { return is_strip_; }
  [[nodiscard]] bool is_poor() const { return mean_confidence(lines_) < kPoorPage; }
  [[nodiscard]] LookedAgain result() && {
    return {std::move(lines_), std::move(given_up_), is_strip_};
  }

 private:
  [[nodiscard]] std::optional<std::vector<Line>> look(const PreparedPage& page);
  void read_as_line(const Box& area, float small_factor, float large_factor,
                    std::vector<Line>& seen);
  [[nodiscard]] Box with_margin(const Box& box) const;

  Recogniser& recogniser_;
  const PreparedPage& page_;
  std::vector<Line> lines_;
  const ReadOptions& options_;
  steady_clock::time_point end_;
  bool is_strip_;
  std::string given_up_;
};

// A third of what is left, so that a picture that hangs the recogniser leaves the page its time.
std::optional<std::vector<Line>> FurtherLooks::look(const PreparedPage& page) {
  if (!given_up_.empty() || !page.pixels) return std::nullopt;
  const auto left = std::chrono::duration_cast<milliseconds>(end_ - steady_clock::now());
  auto lines = recogniser_.recognise_within(page, options_, std::max(left / 3, milliseconds(1)));
  if (lines) return std::move(*lines);
  given_up_ = lines.error().message;
  return std::nullopt;
}

// Small print is enlarged besides, and a strip of print cut into lines in the other way. On
// receipts this look alone is no better than the first, but it errs in other places. Where faded
// print kept the page from being known as a strip, it is known now. What is light print on dark,
// the first look has found: to try it again is a tenth of the time on faint receipts.
void FurtherLooks::look_at_contrast() {
  constexpr float kEnlarged = 1.4F;
  const PixPtr even = even_contrast(page_.pixels.get());
  if (!even) return;
  whiten(even.get(), settled_words(lines_));
  const bool was_one_block = is_strip_;
  if (!is_strip_ && options_.segmentation == Segmentation::choose) {
    const PixPtr two_level = two_level_copy(even.get());
    is_strip_ = two_level && emend::is_strip(measure_shape(two_level.get()));
  }
  const bool becomes_one_block = is_strip_ && !was_one_block;
  const Box whole{0, 0, pixGetWidth(even.get()), pixGetHeight(even.get())};
  const float factor = is_small_picture(page_.pixels.get()) && !becomes_one_block ? kEnlarged : 1.0F;
  const PreparedPage other{
      .pixels = scaled_part(even.get(), whole, factor),
      .dpi = page_.dpi,
      .segmentation = becomes_one_block ? Segmentation::single_block : Segmentation::automatic,
      .may_be_light_print = false};
  auto seen = look(other);
  if (!seen) return;
  bring_back(*seen, factor, whole);
  lines_ = with_second_look(
      std::move(lines_), *seen,
      {.is_one_block = is_strip_, .sets_aside = was_one_block && !options_.keep_noise});
}

Box FurtherLooks::with_margin(const Box& box) const {
  const int margin = std::max(4, box.height / 6);
  const int left = std::max(0, box.x - margin);
  const int top = std::max(0, box.y - margin);
  return {left, top, std::min(pixGetWidth(page_.pixels.get()), box.x + box.width + margin) - left,
          std::min(pixGetHeight(page_.pixels.get()), box.y + box.height + margin) - top};
}

// What is in `area`, small and large print each at another size, added to `seen` in pixels of the
// page.
void FurtherLooks::read_as_line(const Box& area, float small_factor, float large_factor,
                                std::vector<Line>& seen) {
  constexpr int kLargePrint = 36;  // pixels: the height that the network works with
  const Box part = with_margin(area);
  const float factor = area.height > kLargePrint ? large_factor : small_factor;
  const PreparedPage one{.pixels = scaled_part(page_.pixels.get(), part, factor),
                         .dpi = page_.dpi,
                         .is_one_line = true};
  auto found = look(one);
  if (!found) return;
  bring_back(*found, factor, part);
  std::move(found->begin(), found->end(), std::back_inserter(seen));
}

// Each line with a number once more, at another size, so that it falls on other pixels.
void FurtherLooks::look_at_number_lines() {
  std::vector<Line> seen;
  for (const Line& line : lines_) {
    const bool has_number = std::any_of(line.words.begin(), line.words.end(), [](const Word& word) {
      return word.light == Light::yellow;
    });
    if (has_number) read_as_line(line.box, 1.5F, 0.7F, seen);
  }
  lines_ = with_second_look(std::move(lines_), seen, {.adds = false, .replaces = false});
}

void FurtherLooks::look_in_another_way() {
  const PreparedPage other{
      .pixels = PixPtr(pixClone(page_.pixels.get())),
      .dpi = page_.dpi,
      .segmentation = is_strip_ ? Segmentation::automatic : Segmentation::single_block};
  const auto seen = look(other);
  if (!seen) return;
  lines_ = with_second_look(std::move(lines_), *seen,
                            {.is_one_block = is_strip_, .least_confidence = 0.9});
}

// Ink without a word, each area as a line of its own. What is no print there, a stamp or a hand, is
// read as nonsense, so only numbers are taken, and those surely read.
void FurtherLooks::look_where_nothing_was_read() {
  constexpr double kSure = 0.8;
  std::vector<Line> seen;
  // At the edge of an area lie parts of words that are read.
  const auto is_idle = [this](const Word& word) {
    if (!has_numeral(word.text())) return true;
    return std::any_of(lines_.begin(), lines_.end(), [&word](const Line& line) {
      return std::any_of(line.words.begin(), line.words.end(), [&word](const Word& known) {
        return common_width(known.box, word.box) > 0 && common_height(known.box, word.box) > 0;
      });
    });
  };
  for (const Box& area : unread_areas(page_.pixels.get(), lines_)) {
    read_as_line(area, 1.5F, 1.0F, seen);
  }
  for (Line& line : seen) std::erase_if(line.words, is_idle);
  lines_ =
      with_second_look(std::move(lines_), seen,
                       {.replaces = false, .is_one_block = is_strip_, .least_confidence = kSure});
}

}  // namespace

LookedAgain look_again(Recogniser& recogniser, const PreparedPage& page, std::vector<Line> first,
                       const ReadOptions& options, milliseconds time_left) {
  FurtherLooks looks(recogniser, page, std::move(first), options, time_left);
  if (options.quality == Quality::fast) return std::move(looks).result();
  const bool is_grey = pixGetDepth(page.pixels.get()) == 8;
  const bool has_whole_look = is_grey && (looks.is_strip() || looks.is_poor());
  if (has_whole_look) looks.look_at_contrast();
  if (options.quality == Quality::best) looks.look_in_another_way();
  if (!has_whole_look || options.quality == Quality::best) looks.look_at_number_lines();
  // On strips it found one number of 1467, for a fortieth of the time.
  const bool may_pay = !looks.is_strip() || options.quality == Quality::best;
  if (may_pay && !is_skipped(options, "unread")) looks.look_where_nothing_was_read();
  return std::move(looks).result();
}

}  // namespace emend
