// SPDX-License-Identifier: Apache-2.0
// Where a point of the page as it was recognised lies in the space of a PDF page.
#pragma once

namespace emend {

struct Point {
  double x = 0;
  double y = 0;
};

// (x, y) -> (a x + c y + e, b x + d y + f), as PDF writes matrices.
struct Affine {
  double a = 1;
  double b = 0;
  double c = 0;
  double d = 1;
  double e = 0;
  double f = 0;
};

// The map that takes the corners (0,0), (1,0) and (0,1) to these places.
[[nodiscard]] inline Affine affine_by(Point origin, Point right, Point up) {
  return {right.x - origin.x, right.y - origin.y, up.x - origin.x,
          up.y - origin.y,    origin.x,           origin.y};
}

// A box of a PDF page, and the degrees clockwise by which viewers turn it (/Rotate).
struct PageSpace {
  double left = 0;
  double bottom = 0;
  double right = 0;
  double top = 0;
  int rotate = 0;
};

// Shares of width and height from the top left of what a viewer shows -> PDF.
[[nodiscard]] inline Point from_shown(const PageSpace& space, Point shown) {
  const double width = space.right - space.left;
  const double height = space.top - space.bottom;
  switch (space.rotate) {
    case 90:
      return {space.left + shown.y * width, space.bottom + shown.x * height};
    case 180:
      return {space.right - shown.x * width, space.bottom + shown.y * height};
    case 270:
      return {space.right - shown.y * width, space.top - shown.x * height};
    default:
      return {space.left + shown.x * width, space.top - shown.y * height};
  }
}

// Shares from the top left of the upright page, which was turned clockwise by `rotation` degrees to
// stand so -> shares of what a viewer shows.
[[nodiscard]] inline Point shown_from_upright(int rotation, Point upright) {
  switch (rotation) {
    case 90:
      return {upright.y, 1 - upright.x};
    case 180:
      return {1 - upright.x, 1 - upright.y};
    case 270:
      return {1 - upright.y, upright.x};
    default:
      return upright;
  }
}

}  // namespace emend
