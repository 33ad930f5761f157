// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/number_crops.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/number_checks.h"
#include "core/readings.h"
#include "core/token.h"
#include "page_worker/number_reader/read_numbers.h"
#include "page_worker/prepare/other_picture.h"

namespace emend {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Two readings of a word take the recogniser 13 ms of processor time, so these are a twentieth of a
// second of the two that a receipt takes in all. Of twice as many no number more was right.
constexpr std::size_t kMostWords = 4;
constexpr std::size_t kMostWordsBest = 160;

// What both readers read alike has nothing to gain from a third reading.
bool is_borne_out(const Word& word) {
  const Reading* own = other_reading_by(Reader::emend, word);
  return own != nullptr && reads_the_same(word.text(), own->text);
}

// First those from which most can be had: a red number in a check that fails. Then the other
// members of a row that does not multiply, other red numbers, and the members of other checks.
std::vector<WordPlace> doubtful_numbers(const std::vector<Line>& lines, std::size_t most) {
  std::vector<WordPlace> found;
  const auto word_at = [&](const WordPlace& place) -> const Word& {
    return lines[place.line].words[place.word];
  };
  const auto add = [&](const WordPlace& place) {
    const bool is_known = std::find(found.begin(), found.end(), place) != found.end();
    const Word& word = word_at(place);
    if (is_known || word.light == Light::green || is_borne_out(word)) return;
    found.push_back(place);
  };
  Page page;
  page.lines = lines;
  std::vector<PlacedCheck> failed = number_checks(page, number_facts(page));
  std::erase_if(failed, [](const PlacedCheck& check) { return check.passed; });
  for (const PlacedCheck& check : failed) {
    for (const WordPlace& place : check.members) {
      if (word_at(place).light == Light::red) add(place);
    }
  }
  for (const PlacedCheck& check : failed) {
    if (check.is_told) std::for_each(check.members.begin(), check.members.end(), add);
  }
  for (const WordPlace& place : uncertain_numbers(page)) {
    if (!is_link(word_at(place).text())) add(place);
  }
  for (const PlacedCheck& check : failed) {
    std::for_each(check.members.begin(), check.members.end(), add);
  }
  if (found.size() > most) found.resize(most);
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
  const int margin = std::max(2, box.height / 5);
  const int left = std::max(0, box.x - margin);
  const int top = std::max(0, box.y - margin);
  return {left, top, std::min(pixGetWidth(page), box.x + box.width + margin) - left,
          std::min(pixGetHeight(page), box.y + box.height + margin) - top};
}

// The grey value of the paper: of the lightest part but for what is lighter by chance.
l_uint32 paper_of(Pix* part) {
  constexpr l_float32 kRank = 0.85F;
  constexpr l_uint32 kWhite = 255;
  const NumaPtr histogram(pixGetGrayHistogram(part, 1));
  l_float32 paper = 0;
  if (!histogram || numaHistogramGetValFromRank(histogram.get(), kRank, &paper) != 0) return kWhite;
  return static_cast<l_uint32>(paper);
}

// The word by itself on its own paper, its height `pixels`.
PixPtr crop_of(Pix* page, const Box& box, float pixels, bool is_two_level) {
  constexpr int kPaperAround = 12;
  const PixPtr part =
      scaled_part(page, with_margin(box, page), pixels / static_cast<float>(box.height));
  if (!part) return nullptr;
  PixPtr grey(pixAddBorder(part.get(), kPaperAround, paper_of(part.get())));
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
  // Of 146 doubtful words of 22 receipts these read 73 and 66 right, the first look 61. Where both
  // agreed on something else of the same length they were right in 9 of 12 cases, the first look in
  // one. Grey as a single word, at 30 pixels: 56 right.
  constexpr std::array<Picture, 2> kPictures = {{{40, false}, {44, true}}};
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
          .is_one_line = !picture.is_two_level,
          .is_one_word = picture.is_two_level,
          .may_be_light_print = false};
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
