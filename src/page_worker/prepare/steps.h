// SPDX-License-Identifier: Apache-2.0
// From a decoded page to the picture that the recogniser sees.
//
// A few steps, each with a name, each of which can be left out (ReadOptions::skip_steps). Cleaning
// filters are not among them: on receipts, letters and reports binarisation by Sauvola's method, a
// median filter and background normalisation all made the text worse, deskewing did not pay.
#pragma once

#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/picture.h"
#include "page_worker/prepare/orientation.h"

namespace emend {

struct PreparedPage {
  PixPtr pixels;  // 1 bit or 8 bits grey
  int dpi = 0;
  int rotation = 0;                                     // degrees clockwise by which it was turned
  Segmentation segmentation = Segmentation::automatic;  // never choose
  bool is_one_line = false;                             // a line cut out of a page
  bool is_one_word = false;                             // a word cut out of a page
  bool may_be_light_print = true;  // a line that is read badly is tried as light print on dark
};

// Fails with limit_exceeded when memory is short.
[[nodiscard]] Result<PreparedPage> prepare(const DecodedPage& page, const ReadOptions& options,
                                           Orientation& orientation);

// The same page turned further by `degrees` clockwise, its segmentation chosen anew.
[[nodiscard]] Result<PreparedPage> turned(const PreparedPage& page, int degrees,
                                          const ReadOptions& options);

}  // namespace emend
