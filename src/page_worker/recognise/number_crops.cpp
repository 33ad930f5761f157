// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/number_crops.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/number_checks.h"
#include "core/token.h"
#include "page_worker/prepare/other_picture.h"

namespace emend {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A crop costs the recogniser 3 to 8 ms: of a receipt a tenth of its time in all.
constexpr std::size_t kMostWords = 16;
constexpr std::size_t kMostWordsBest = 160;

std::vector<WordPlace> doubtful_numbers(const std::vector<Line>& lines, std::size_t most) {
  std::vector<WordPlace> found;
  const auto add = [&](const WordPlace& place) {
    const bool is_known = std::find(found.begin(), found.end(), place) != found.end();
    if (!is_known && found.size() < most) found.push_back(place);
  };
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t w = 0; w < lines[l].words.size(); ++w) {
      const Word& word = lines[l].words[w];
      if (!lines[l].is_noise && word.light == Light::red && !is_link(word.text())) add({l, w});
    }
  }
  Page page;
  page.lines = lines;
  for (const PlacedCheck& check : number_checks(page, number_facts(page))) {
    if (check.passed) continue;
    for (const WordPlace& place : check.members) {
      if (lines[place.line].words[place.word].light != Light::green) add(place);
    }
  }
  return found;
}

// Digits, what is printed in and around numbers, and the letters that this word has and that no
// digit is taken for.
std::string characters_for(std::string_view text) {
  constexpr std::string_view kLikeDigits = "OoDQlIiSsBZzgqbGTA";
  std::string allowed = "0123456789.,:/-+%()$#*'\u20AC\u00A3\u00A5";
  for (const char c : text) {
    const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (is_letter && kLikeDigits.find(c) == std::string_view::npos) allowed += c;
  }
  return allowed;
}

Box with_margin(const Box& box, Pix* page) {
  const int margin = std::max(2, box.height / 6);
  const int left = std::max(0, box.x - margin);
  const int top = std::max(0, box.y - margin);
  return {left, top, std::min(pixGetWidth(page), box.x + box.width + margin) - left,
          std::min(pixGetHeight(page), box.y + box.height + margin) - top};
}

// The word by itself on paper, its height `pixels`.
PixPtr crop_of(Pix* page, const Box& box, float pixels, bool is_two_level) {
  constexpr int kPaperAround = 12;
  constexpr int kWhite = 255;
  const PixPtr part =
      scaled_part(page, with_margin(box, page), pixels / static_cast<float>(box.height));
  if (!part) return nullptr;
  PixPtr grey(pixAddBorder(part.get(), kPaperAround, kWhite));
  if (!is_two_level || !grey) return grey;
  // One threshold for the whole word, by Otsu's method.
  Pix* two_level = nullptr;
  const int width = pixGetWidth(grey.get());
  const int height = pixGetHeight(grey.get());
  if (pixOtsuAdaptiveThreshold(grey.get(), width, height, 0, 0, 0.1F, nullptr, &two_level) != 0) {
    return nullptr;
  }
  return PixPtr(two_level);
}

std::string text_of(const std::vector<Line>& lines, double& confidence) {
  std::string text;
  confidence = 1;
  for (const Line& line : lines) {
    for (const Word& word : line.words) {
      text += (text.empty() ? "" : " ") + word.text();
      confidence = std::min(confidence, word.confidence());
    }
  }
  return text;
}

}  // namespace

void read_numbers_alone(Recogniser& recogniser, const PreparedPage& page, std::vector<Line>& lines,
                        const ReadOptions& options, steady_clock::time_point end) {
  struct Picture {
    float height;
    bool is_two_level;
  };
  constexpr std::array<Picture, 2> kPictures = {{{30, false}, {44, true}}};
  const std::size_t most = options.quality == Quality::best ? kMostWordsBest : kMostWords;
  for (const WordPlace& place : doubtful_numbers(lines, most)) {
    Word& word = lines[place.line].words[place.word];
    if (word.box.height < 4 || word.box.width < 2) continue;
    ReadOptions crop_options = options;
    crop_options.alternatives = false;
    if (options.allow_characters.empty()) {
      crop_options.allow_characters = characters_for(word.text());
    }
    for (const Picture& picture : kPictures) {
      const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
      PreparedPage crop{
          .pixels = crop_of(page.pixels.get(), word.box, picture.height, picture.is_two_level),
          .dpi = page.dpi,
          .is_one_word = true};
      if (left.count() <= 0 || !crop.pixels) continue;
      const auto seen =
          recogniser.recognise_within(crop, crop_options, std::max(left / 3, milliseconds(1)));
      if (!seen) continue;
      Reading reading{.reader = Reader::crop};
      reading.text = text_of(*seen, reading.confidence);
      if (!reading.text.empty()) word.other_readings.push_back(std::move(reading));
    }
  }
}

}  // namespace emend
