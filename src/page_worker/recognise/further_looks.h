// SPDX-License-Identifier: Apache-2.0
// Which further looks a page gets (ReadOptions::quality), and their fusion with the first.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "emend/document.h"
#include "emend/options.h"
#include "page_worker/prepare/steps.h"
#include "page_worker/recognise/recogniser.h"

namespace emend {

struct LookedAgain {
  std::vector<Line> lines;
  std::string given_up;   // why a look was given up, when one was; else empty
  bool is_strip = false;  // one narrow strip of print, such as a till receipt
};

// Never fails: a look that fails or does not end within its share of `time_left` costs itself only.
[[nodiscard]] LookedAgain look_again(Recogniser& recogniser, const PreparedPage& page,
                                     std::vector<Line> first, const ReadOptions& options,
                                     std::chrono::milliseconds time_left);

}  // namespace emend
