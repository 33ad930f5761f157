// SPDX-License-Identifier: Apache-2.0
// The look of a page at a glance: how its print is laid out, and which way up it seems to be.
//
// Costs 10 to 40 ms, so that it can be done for every page; the recogniser needs a second.
#pragma once

#include "page_worker/picture.h"

namespace emend {

struct PageShape {
  int characters = 0;  // marks of the size of characters; below a few dozen the rest means little
  double character_height = 0;  // pixels of the page, in between small and capital letters
  double image_tallness = 0;    // height / width of the image
  double print_tallness = 0;    // the same of the part that is printed on
  double print_share = 0;       // width of that part / width of the image
  double print_width = 0;       // width of that part in character heights
};

// Signs of a page that does not stand upright.
struct ApparentTurn {
  // Share of the marks whose nearest neighbour is beside and not above or below them: 0.54 and more
  // on 160 upright pages, 0.27 and less on 46 pages that lay on their side.
  double beside = 1;
  // How ascenders and descenders lie: beyond +-6 hardly ever wrong, little in capitals and digits.
  double upright = 0;  // negative: upside down
  double left = 0;     // positive: needs a quarter turn clockwise, negative: anticlockwise
};

// A black and white copy, small enough to be looked at quickly. Null when memory is short.
[[nodiscard]] PixPtr two_level_copy(Pix* page);

[[nodiscard]] PageShape measure_shape(Pix* two_level);
[[nodiscard]] ApparentTurn measure_turn(Pix* two_level);

// Whether the page is one narrow strip of print, such as a till receipt.
[[nodiscard]] bool is_strip(const PageShape& shape);

}  // namespace emend
