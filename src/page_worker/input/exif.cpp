// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/exif.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace emend {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint32_t kOrientationTag = 0x0112;
constexpr std::uint32_t kShortType = 3;
constexpr std::size_t kEntryBytes = 12;

// A TIFF structure, whose numbers are in either byte order. Reads outside of it give nothing.
class TiffReader {
 public:
  explicit TiffReader(Bytes bytes) : bytes_(bytes), is_big_endian_(bytes[0] == 'M') {}

  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8U | bytes_[at + (is_big_endian_ ? i : size - 1 - i)];
    }
    return value;
  }

 private:
  Bytes bytes_;
  bool is_big_endian_;
};

int orientation_of(Bytes tiff) {
  constexpr int kAsItIs = 1;
  if (tiff.size() < 8 || (tiff[0] != 'M' && tiff[0] != 'I') || tiff[1] != tiff[0]) return kAsItIs;
  const TiffReader reader(tiff);
  const auto directory = reader.number(4, 4);
  const auto count = directory ? reader.number(*directory, 2) : std::nullopt;
  for (std::size_t i = 0; count && i < *count; ++i) {
    const std::size_t entry = std::size_t{*directory} + 2 + i * kEntryBytes;
    const auto tag = reader.number(entry, 2);
    if (!tag) break;
    if (*tag != kOrientationTag) continue;
    const auto value = reader.number(entry + 8, 2);
    const bool is_valid =
        reader.number(entry + 2, 2) == kShortType && value && *value >= 1 && *value <= 8;
    return is_valid ? static_cast<int>(*value) : kAsItIs;
  }
  return kAsItIs;
}

}  // namespace

int find_exif_orientation(Bytes jpeg) {
  using namespace std::string_view_literals;
  constexpr auto kExifName = "Exif\0\0"sv;
  constexpr std::uint8_t kApp1 = 0xe1;
  constexpr std::uint8_t kStartOfScan = 0xda;
  std::size_t at = 2;  // after the start-of-image marker
  while (at + 4 <= jpeg.size() && jpeg[at] == 0xff) {
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xff) {  // padding between segments
      ++at;
      continue;
    }
    if (marker == kStartOfScan) break;
    const std::size_t length = std::size_t{jpeg[at + 2]} << 8U | jpeg[at + 3];
    if (length < 2 || jpeg.size() - at - 2 < length) break;
    const Bytes content = jpeg.subspan(at + 4, length - 2);
    const std::string_view text(reinterpret_cast<const char*>(content.data()), content.size());
    if (marker == kApp1 && text.starts_with(kExifName)) {
      return orientation_of(content.subspan(kExifName.size()));
    }
    at += 2 + length;
  }
  return 1;
}

ExifTurn exif_turn(int orientation) {
  static constexpr std::array<ExifTurn, 9> kTurns = {{{0, false},
                                                      {0, false},
                                                      {0, true},
                                                      {2, false},
                                                      {2, true},
                                                      {1, true},
                                                      {1, false},
                                                      {3, true},
                                                      {3, false}}};
  return kTurns.at(static_cast<std::size_t>(orientation));
}

PixPtr oriented(PixPtr pix, int orientation) {
  const ExifTurn turn = exif_turn(orientation);
  if (turn.quarters != 0) pix.reset(pixRotateOrth(pix.get(), turn.quarters));
  if (pix && turn.is_mirrored) pix.reset(pixFlipLR(nullptr, pix.get()));
  return pix;
}

}  // namespace emend
