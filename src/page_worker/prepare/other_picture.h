// SPDX-License-Identifier: Apache-2.0
// Other pictures of a prepared page, for further looks at it.
//
// A second look at the same pixels would see the same. On the whole these pictures are no better
// than the page, or they would be the page; but where the first look sees nothing (print that has
// faded, under a black edge of the scan) they show it.
#pragma once

#include <vector>

#include "emend/document.h"
#include "page_worker/prepare/steps.h"

namespace emend {

// Grey pages with the contrast made even all over. Null for a page of one bit, a tiny one, or when
// memory is short.
[[nodiscard]] PixPtr even_contrast(Pix* page);

// `part` of the page, grey, at `factor` of its size. Null when that leaves nothing.
[[nodiscard]] PixPtr scaled_part(Pix* page, const Box& part, float factor);

// Makes the insides of `boxes` white on a grey picture.
void whiten(Pix* grey, const std::vector<Box>& boxes);

}  // namespace emend
