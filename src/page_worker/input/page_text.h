// SPDX-License-Identifier: Apache-2.0
// The text that a page of a document has of its own, and whether it can stand for what is printed.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "page_worker/picture.h"

namespace emend {

struct PageText {
  int width = 0;  // pixels of the page, as decode() would give it
  int height = 0;
  int dpi = 0;
  int rotation = 0;         // degrees clockwise by which its lines were turned to stand upright
  std::vector<Line> lines;  // in reading order
  bool is_hidden = false;   // not drawn: laid under a scan by whoever read it before
  std::string repaired;     // as DecodedPage::repaired
  PixPtr glance;            // the page in grey, small, turned as the lines are; may be null
};

enum class TextFault : std::uint8_t {
  none,
  empty,      // no words
  unmapped,   // many characters have no meaning outside of their font
  gibberish,  // few words look like words
  partial,    // most of what is printed as letters is not in it
};

using KnowsWord = std::function<bool(std::string_view word)>;

// The first fault that is found. `knows_word` asks the dictionary of a language; that a page is in
// another language is no fault.
[[nodiscard]] TextFault find_fault(const PageText& text, const KnowsWord& knows_word);

// The same for the words alone, without a look at the page and without a dictionary.
[[nodiscard]] TextFault find_text_fault(const std::vector<std::string>& words);

}  // namespace emend
