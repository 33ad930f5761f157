// SPDX-License-Identifier: Apache-2.0
// The words that a PDF page has as text, as poppler finds them.
#pragma once

#include "emend/options.h"
#include "page_worker/input/page_text.h"

namespace poppler {
class page;
}

namespace emend {

// The words of `page` as lines, in poppler's reading order save that figures stand in the rows of
// their labels, on a grid of `dpi`. Of a page whose
// lines mostly run up, down or upside down the whole grid is turned. Words have the confidence that
// the text is what is printed: 1 when it is drawn, less when it is hidden, since then some other
// program has read it. Only words in `area` are there; none when that is not on the page.
[[nodiscard]] PageText text_of(const poppler::page& page, double dpi, bool is_hidden,
                               const Area& area);

}  // namespace emend
