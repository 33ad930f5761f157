// SPDX-License-Identifier: Apache-2.0
// The words of a page as PDF operators that draw nothing: text to be found where it is printed.
#pragma once

#include <functional>
#include <string>

#include "emend/document.h"
#include "page_worker/graft/affine.h"
#include "page_worker/graft/invisible_font.h"

namespace emend {

// Shares of what a viewer shows: whether text of the page's own stands there already.
using IsTaken = std::function<bool(Point shown)>;

// The contents of a layer in which every word fills its box; empty when there is no word to write.
// Words for which `is_taken` says so are left out. `font` is the resource's name, without a slash.
[[nodiscard]] std::string text_layer(const Page& page, const PageSpace& space, InvisibleFont& font,
                                     const std::string& font_name, const IsTaken& is_taken);

}  // namespace emend
