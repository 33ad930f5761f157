// SPDX-License-Identifier: Apache-2.0
// A font of one empty glyph for text that is found and copied but not seen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace emend {

// Gives every character of a document a code of two bytes as it comes, so any script can be written
// and the tables of the font hold what the document uses and no more.
class InvisibleFont {
 public:
  static constexpr int kUnitsPerEm = 1000;
  static constexpr int kAdvance = 500;  // of every character
  static constexpr int kAscent = 800;
  static constexpr int kDescent = -200;

  // `text` as codes, four hexadecimal digits for each character. A document has at most 65,535
  // different characters; those beyond are written as U+FFFD.
  [[nodiscard]] std::string codes(std::u32string_view text);

  // For the objects of the font in a PDF file.
  [[nodiscard]] static std::string program();         // TrueType
  [[nodiscard]] std::string to_unicode() const;       // the map from codes to characters
  [[nodiscard]] std::string glyphs_of_codes() const;  // CIDToGIDMap

 private:
  std::uint16_t code_of(char32_t character);

  std::unordered_map<char32_t, std::uint16_t> codes_;
  std::vector<char32_t> characters_;  // of code 1, 2, ...
};

}  // namespace emend
