// SPDX-License-Identifier: Apache-2.0
#include "page_worker/page_picture.h"

#include <cstdlib>
#include <utility>

namespace emend {

Result<std::string> page_picture(InputFile& file, int number, int rotation,
                                 const ReadOptions& options) {
  constexpr int kWidth = 1400;
  constexpr int kQuality = 60;
  if (number < 1 || number > file.page_count()) {
    return fail(ErrorCode::not_found, "there is no page " + std::to_string(number));
  }
  auto decoded = file.decode(number, options);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  PixPtr pixels = std::move(decoded->pixels);
  if (pixGetSpp(pixels.get()) == 4) pixels.reset(pixAlphaBlendUniform(pixels.get(), 0xffffff00));
  if (pixels && rotation % 360 != 0) pixels.reset(pixRotateOrth(pixels.get(), rotation / 90 % 4));
  if (pixels && pixGetSpp(pixels.get()) != 3) pixels.reset(pixConvertTo8(pixels.get(), 0));
  if (pixels && pixGetWidth(pixels.get()) > kWidth) {
    const float scale = static_cast<float>(kWidth) / static_cast<float>(pixGetWidth(pixels.get()));
    pixels.reset(pixScale(pixels.get(), scale, scale));
  }
  l_uint8* bytes = nullptr;
  std::size_t count = 0;
  if (!pixels || pixWriteMemJpeg(&bytes, &count, pixels.get(), kQuality, 0) != 0) {
    return fail(ErrorCode::engine_failed, "no picture can be made of the page");
  }
  std::string jpeg(reinterpret_cast<const char*>(bytes), count);
  lept_free(bytes);
  return jpeg;
}

}  // namespace emend
