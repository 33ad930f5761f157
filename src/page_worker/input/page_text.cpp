// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/page_text.h"

#include <algorithm>
#include <memory>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// Without a meaning: private use, control characters, and what stands for what was not understood.
bool is_unmapped(char32_t c) {
  return c == 0xFFFD || c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xE000 && c <= 0xF8FF) ||
         c >= 0xF0000;
}

bool is_latin(char32_t c) {
  return c < 0x250 || (c >= 0x1E00 && c < 0x1F00);
}

// Letters with accents count, whichever vowel they carry: too kind rather than too strict.
bool is_vowel(char32_t c) {
  return c > 0x7F || std::u32string_view(U"aeiouyAEIOUY").find(c) != std::u32string_view::npos;
}

// Small letters, perhaps after a capital, or capitals throughout; a vowel where there are many.
// A word that is not in Latin letters passes.
bool looks_like_word(std::u32string_view word) {
  constexpr std::size_t kShort = 3;
  if (!std::all_of(word.begin(), word.end(), is_latin)) return true;
  const auto is_mark = [](char32_t c) { return c == '-' || c == '\'' || c == 0x2019; };
  bool has_vowel = false;
  std::size_t capitals = 0;
  std::size_t small = 0;
  std::size_t turns = 0;  // a small letter before a capital, as in "iPhone"
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (is_mark(word[i])) continue;
    if (!is_letter(word[i])) return false;
    has_vowel |= is_vowel(word[i]);
    ++(is_upper(word[i]) ? capitals : small);
    turns += static_cast<std::size_t>(i > 0 && is_upper(word[i]) && is_lower(word[i - 1]));
  }
  if (turns > 1 || (turns == 0 && capitals > 1 && small > 0)) return false;
  return has_vowel || word.size() <= kShort;
}

struct Tally {
  std::size_t characters = 0;
  std::size_t unmapped = 0;
  std::size_t words = 0;  // that are letters and not numbers, symbols or links
  std::size_t likely = 0;
  std::size_t long_words = 0;  // of four letters or more: what a dictionary can tell about
  std::size_t known = 0;
};

void add(Tally& tally, const std::string& token, const KnowsWord& knows_word) {
  constexpr std::size_t kLong = 4;
  const std::u32string characters = to_code_points(token);
  tally.characters += characters.size();
  tally.unmapped +=
      static_cast<std::size_t>(std::count_if(characters.begin(), characters.end(), is_unmapped));
  if (std::none_of(characters.begin(), characters.end(), is_letter)) return;
  const WordKind kind = classify(token);
  if (kind == WordKind::link || kind == WordKind::number) return;
  const std::string core(strip_outer(token).core);
  const std::u32string word = to_code_points(core);
  ++tally.words;
  const bool is_likely = looks_like_word(word);
  if (is_likely) ++tally.likely;
  if (!knows_word || word.size() < kLong || kind != WordKind::word) return;
  ++tally.long_words;
  if (is_likely && (knows_word(core) || knows_word(lowered(core)))) ++tally.known;
}

// On pages of few words chance decides, so there only what is plainly wrong counts.
TextFault fault_of(const Tally& tally) {
  constexpr std::size_t kFewWords = 8;
  constexpr std::size_t kEnoughForADictionary = 20;
  if (tally.characters == 0) return TextFault::empty;
  if (tally.unmapped * 10 > tally.characters) return TextFault::unmapped;
  if (tally.words < kFewWords) return TextFault::none;
  const bool is_known_language =
      tally.long_words >= kEnoughForADictionary && tally.known * 2 > tally.long_words;
  if (is_known_language) return TextFault::none;
  if (tally.likely * 2 < tally.words) return TextFault::gibberish;
  // Another language has some words in common with any; a shifted alphabet has none.
  const bool is_unknown =
      tally.long_words >= kEnoughForADictionary && tally.known * 50 < tally.long_words;
  if (is_unknown && tally.likely * 10 < tally.words * 7) return TextFault::gibberish;
  return TextFault::none;
}

// How much of what looks like letters lies in the words of the layer.
struct Coverage {
  int inside = 0;  // pixels of the boxes around it
  int outside = 0;
  int outside_count = 0;
};

// The places of the words, a little wider than they are, on the grid of the glance.
PixPtr mask_of(const PageText& text, int width, int height) {
  PixPtr mask(pixCreate(width, height, 1));
  if (!mask) return mask;
  const double x_scale = static_cast<double>(width) / std::max(text.width, 1);
  const double y_scale = static_cast<double>(height) / std::max(text.height, 1);
  for (const Line& line : text.lines) {
    for (const Word& word : line.words) {
      const int margin = std::max(1, word.box.height / 4);
      pixRasterop(mask.get(), static_cast<int>((word.box.x - margin) * x_scale),
                  static_cast<int>((word.box.y - margin) * y_scale),
                  static_cast<int>((word.box.width + 2 * margin) * x_scale) + 1,
                  static_cast<int>((word.box.height + 2 * margin) * y_scale) + 1, PIX_SET, nullptr,
                  0, 0);
    }
  }
  return mask;
}

// The glance has 100 pixels to the inch: letters of 5 to 40 points are 3 to 45 pixels in height.
// What is much wider is a rule, what is much higher a picture.
bool is_like_letters(const Box& box) {
  return box.height >= 3 && box.height <= 45 && box.width >= 2 && box.width <= 20 * box.height;
}

Coverage coverage_of(const PageText& text) {
  constexpr int kDark = 150;
  Coverage coverage;
  const PixPtr ink(pixThresholdToBinary(text.glance.get(), kDark));
  if (!ink) return coverage;
  const PixPtr mask = mask_of(text, pixGetWidth(ink.get()), pixGetHeight(ink.get()));
  if (!mask) return coverage;
  for (const Box& box : connected_parts(ink.get())) {
    if (!is_like_letters(box)) continue;
    l_uint32 is_in_word = 0;
    pixGetPixel(mask.get(), box.x + box.width / 2, box.y + box.height / 2, &is_in_word);
    const int area = box.width * box.height;
    if (is_in_word != 0) {
      coverage.inside += area;
    } else {
      coverage.outside += area;
      ++coverage.outside_count;
    }
  }
  return coverage;
}

bool is_partial(const PageText& text) {
  constexpr int kALineOfPrint = 40;
  if (!text.glance) return false;
  const Coverage coverage = coverage_of(text);
  return coverage.outside_count > kALineOfPrint && coverage.outside > coverage.inside;
}

}  // namespace

TextFault find_fault(const PageText& text, const KnowsWord& knows_word) {
  Tally tally;
  for (const Line& line : text.lines) {
    for (const Word& word : line.words) add(tally, word.text(), knows_word);
  }
  const TextFault fault = fault_of(tally);
  if (fault != TextFault::none) return fault;
  return is_partial(text) ? TextFault::partial : TextFault::none;
}

TextFault find_text_fault(const std::vector<std::string>& words) {
  Tally tally;
  for (const std::string& word : words) add(tally, word, {});
  return fault_of(tally);
}

}  // namespace emend
