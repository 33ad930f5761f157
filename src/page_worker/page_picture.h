// SPDX-License-Identifier: Apache-2.0
// A page as a small picture for a person to look at.
#pragma once

#include <string>

#include "page_worker/input/input_file.h"

namespace emend {

// Page `number` of `file`, turned clockwise by `rotation` degrees, as a JPEG image of at most 1,400
// pixels in width. Fails as decode() does.
[[nodiscard]] Result<std::string> page_picture(InputFile& file, int number, int rotation,
                                               const ReadOptions& options);

}  // namespace emend
