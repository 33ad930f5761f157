// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/image_header.h"

#include <leptonica/allheaders.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace emend {

namespace {

[[nodiscard]] tl::unexpected<Error> no_header(FileKind kind) {
  return fail(ErrorCode::unreadable_input,
              "the header of this " + std::string(name(kind)) + " image is damaged");
}

std::int64_t little_endian(std::span<const std::uint8_t> bytes) {
  std::int64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

std::int64_t big_endian(std::span<const std::uint8_t> bytes) {
  std::int64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

// Leptonica would decode the whole image to answer for BMP and GIF.
Result<ImageSize> find_bmp_size(std::span<const std::uint8_t> bytes) {
  constexpr std::int64_t kOldHeaderBytes = 12;
  if (bytes.size() < 26) return no_header(FileKind::bmp);
  if (little_endian(bytes.subspan(14, 4)) == kOldHeaderBytes) {
    return ImageSize{little_endian(bytes.subspan(18, 2)), little_endian(bytes.subspan(20, 2))};
  }
  // A negative height says that the top row comes first.
  const auto height = static_cast<std::int32_t>(little_endian(bytes.subspan(22, 4)));
  return ImageSize{static_cast<std::int32_t>(little_endian(bytes.subspan(18, 4))),
                   std::abs(std::int64_t{height})};
}

Result<ImageSize> find_gif_size(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 10) return no_header(FileKind::gif);
  return ImageSize{little_endian(bytes.subspan(6, 2)), little_endian(bytes.subspan(8, 2))};
}

// From the code stream, which the decoder believes; the boxes around it may say something else.
Result<ImageSize> find_jpeg2000_size(std::span<const std::uint8_t> bytes) {
  using namespace std::string_view_literals;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto start = text.find("\xff\x4f\xff\x51"sv);
  if (start == std::string_view::npos || bytes.size() - start < 24) {
    return no_header(FileKind::jpeg2000);
  }
  const auto field = [&](std::size_t at) { return big_endian(bytes.subspan(start + at, 4)); };
  return ImageSize{field(8) - field(16), field(12) - field(20)};
}

}  // namespace

Result<ImageSize> find_size(FileKind kind, std::span<const std::uint8_t> bytes) {
  if (kind == FileKind::bmp) return find_bmp_size(bytes);
  if (kind == FileKind::gif) return find_gif_size(bytes);
  if (kind == FileKind::jpeg2000) return find_jpeg2000_size(bytes);
  l_int32 width = 0;
  l_int32 height = 0;
  if (pixReadHeaderMem(bytes.data(), bytes.size(), nullptr, &width, &height, nullptr, nullptr,
                       nullptr) != 0) {
    return no_header(kind);
  }
  return ImageSize{width, height};
}

Result<void> check_size(const ImageSize& size, std::int64_t max_pixels) {
  const std::string sides = std::to_string(size.width) + " x " + std::to_string(size.height);
  if (size.width <= 0 || size.height <= 0) {
    return fail(ErrorCode::unreadable_input, "the image has no pixels (" + sides + ")");
  }
  if (size.width > kMaxSidePixels || size.height > kMaxSidePixels) {
    return fail(ErrorCode::limit_exceeded, "the image has " + sides + " pixels",
                "The recogniser takes at most " + std::to_string(kMaxSidePixels) +
                    " pixels each way: scale the image down or cut it.");
  }
  if (size.width * size.height > max_pixels) {
    return fail(
        ErrorCode::limit_exceeded,
        "the image has " + sides + " pixels, more than the limit of " + std::to_string(max_pixels),
        "Scale the image down, or raise max_pixels if you trust the file.");
  }
  return {};
}

}  // namespace emend
