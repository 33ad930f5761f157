// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/area.h"

#include <algorithm>
#include <cmath>

namespace emend {

Result<Box> box_of(const Area& area, int width, int height) {
  const double x_unit = area.is_percent ? width / 100.0 : 1;
  const double y_unit = area.is_percent ? height / 100.0 : 1;
  const auto pixel = [](double place, int most) {
    return static_cast<int>(std::lround(std::clamp(place, 0.0, static_cast<double>(most))));
  };
  const int left = pixel(area.x * x_unit, width);
  const int top = pixel(area.y * y_unit, height);
  const int right = pixel((area.x + area.width) * x_unit, width);
  const int bottom = pixel((area.y + area.height) * y_unit, height);
  if (left < right && top < bottom) return Box{left, top, right - left, bottom - top};
  return fail(ErrorCode::invalid_argument, "the area to read is not on the page",
              "The page has " + std::to_string(width) + " x " + std::to_string(height) +
                  " pixels; --area also takes percent.");
}

Result<PixPtr> only(Pix* pixels, const Box& box) {
  PixPtr page(pixCreateTemplate(pixels));
  if (!page || pixSetBlackOrWhite(page.get(), L_SET_WHITE) != 0 ||
      pixRasterop(page.get(), box.x, box.y, box.width, box.height, PIX_SRC, pixels, box.x, box.y) !=
          0) {
    return fail(ErrorCode::limit_exceeded, "not enough memory to prepare the page",
                "Raise worker_memory_mib or scale the image down.");
  }
  return page;
}

bool holds(const Box& box, const Box& inner) {
  const int x = inner.x + inner.width / 2;
  const int y = inner.y + inner.height / 2;
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

}  // namespace emend
