// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/invisible_font.h"

#include <algorithm>
#include <array>

namespace emend {

namespace {

constexpr std::size_t kMostCodes = 0xfffe;

std::string big_endian(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i)
    out += static_cast<char>(value >> (8U * unsigned(i)) & 0xffU);
  return out;
}

// Numbers of two bytes, one after the other.
std::string shorts(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out += big_endian(static_cast<std::uint32_t>(value) & 0xffffU, 2);
  return out;
}

std::uint32_t checksum(const std::string& table) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < table.size(); i += 4) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const unsigned char byte =
          i + k < table.size() ? static_cast<unsigned char>(table[i + k]) : 0;
      word = word << 8U | byte;
    }
    sum += word;
  }
  return sum;
}

struct Table {
  std::string tag;
  std::string bytes;
};

// The tables that PDF asks for (ISO 32000-1, 9.9), in the order of their tags. Glyph 0 and glyph 1
// are both empty.
std::array<Table, 6> tables() {
  constexpr int kAdvance = InvisibleFont::kAdvance;
  constexpr int kAscent = InvisibleFont::kAscent;
  constexpr int kDescent = InvisibleFont::kDescent;
  std::string head = big_endian(0x00010000, 4) + big_endian(0x00010000, 4) + big_endian(0, 4) +
                     big_endian(0x5f0f3cf5, 4) + shorts({0, InvisibleFont::kUnitsPerEm}) +
                     std::string(16, '\0') +  // when it was made and changed: never
                     shorts({0, kDescent, kAdvance, kAscent, 0, 8, 2, 0, 0});
  std::string hhea = big_endian(0x00010000, 4) +
                     shorts({kAscent, kDescent, 0, kAdvance, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1});
  std::string maxp = big_endian(0x00010000, 4) + shorts({2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0});
  return {Table{"glyf", std::string(4, '\0')}, Table{"head", std::move(head)},
          Table{"hhea", std::move(hhea)},      Table{"hmtx", shorts({kAdvance, 0, 0})},
          Table{"loca", shorts({0, 0, 0})},    Table{"maxp", std::move(maxp)}};
}

std::string hex(std::uint32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (int i = digits - 1; i >= 0; --i) out += kDigits[value >> (4U * unsigned(i)) & 0xfU];
  return out;
}

std::string utf16(char32_t c) {
  if (c < 0x10000) return hex(c, 4);
  const char32_t rest = c - 0x10000;
  return hex(0xd800 + (rest >> 10U), 4) + hex(0xdc00 + (rest & 0x3ffU), 4);
}

}  // namespace

std::uint16_t InvisibleFont::code_of(char32_t character) {
  if (const auto known = codes_.find(character); known != codes_.end()) return known->second;
  constexpr char32_t kReplacement = 0xfffd;
  if (characters_.size() >= kMostCodes - 1 && character != kReplacement) {
    return code_of(kReplacement);
  }
  characters_.push_back(character);
  const auto code = static_cast<std::uint16_t>(characters_.size());
  codes_.emplace(character, code);
  return code;
}

std::string InvisibleFont::codes(std::u32string_view text) {
  std::string out;
  for (const char32_t character : text) out += hex(code_of(character), 4);
  return out;
}

std::string InvisibleFont::program() {
  constexpr std::size_t kEntryBytes = 16;
  constexpr std::size_t kHeadBytes = 12;
  constexpr std::size_t kAdjustmentAt = 8;  // in the table "head"
  constexpr std::uint32_t kWholeSum = 0xb1b0afba;
  const auto all = tables();
  std::string directory = big_endian(0x00010000, 4) + shorts({int(all.size()), 64, 2, 32});
  std::string body;
  std::size_t head_at = 0;
  for (const Table& table : all) {
    const std::size_t at = kHeadBytes + kEntryBytes * all.size() + body.size();
    if (table.tag == "head") head_at = at;
    directory += table.tag + big_endian(checksum(table.bytes), 4) +
                 big_endian(static_cast<std::uint32_t>(at), 4) +
                 big_endian(static_cast<std::uint32_t>(table.bytes.size()), 4);
    body += table.bytes + std::string((4 - table.bytes.size() % 4) % 4, '\0');
  }
  std::string font = directory + body;
  font.replace(head_at + kAdjustmentAt, 4, big_endian(kWholeSum - checksum(font), 4));
  return font;
}

std::string InvisibleFont::to_unicode() const {
  constexpr std::size_t kMostInBlock = 100;
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  for (std::size_t start = 0; start < characters_.size(); start += kMostInBlock) {
    const std::size_t end = std::min(start + kMostInBlock, characters_.size());
    out += std::to_string(end - start) + " beginbfchar\n";
    for (std::size_t i = start; i < end; ++i) {
      out +=
          '<' + hex(static_cast<std::uint32_t>(i + 1), 4) + "> <" + utf16(characters_[i]) + ">\n";
    }
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string InvisibleFont::glyphs_of_codes() const {
  std::string out = shorts({0});
  for (std::size_t i = 0; i < characters_.size(); ++i) out += shorts({1});
  return out;
}

}  // namespace emend
