// SPDX-License-Identifier: Apache-2.0
// The size of an image, found without decoding it: a file of a few bytes can announce gigapixels.
#pragma once

#include <cstdint>
#include <span>

#include "core/file_kind.h"
#include "emend/error.h"

namespace emend {

struct ImageSize {
  std::int64_t width = 0;
  std::int64_t height = 0;
};

// Not for TIFF and PDF, whose pages have sizes of their own. Fails with unreadable_input.
[[nodiscard]] Result<ImageSize> find_size(FileKind kind, std::span<const std::uint8_t> bytes);

// Fails with unreadable_input when there are no pixels, limit_exceeded when there are more than
// `max_pixels` or a side is longer than the recogniser can take.
[[nodiscard]] Result<void> check_size(const ImageSize& size, std::int64_t max_pixels);

// Tesseract keeps coordinates in 16 bits.
inline constexpr std::int64_t kMaxSidePixels = 32'000;

}  // namespace emend
