// SPDX-License-Identifier: Apache-2.0
// Light that falls unevenly on a page: shadows of photographs, the fold of a book.
#pragma once

#include "page_worker/picture.h"

namespace emend {

// A grey page with its paper equally light everywhere. Null where it is so already, more or less,
// for a page of one bit, a tiny one, or when memory is short.
[[nodiscard]] PixPtr with_even_light(Pix* page);

}  // namespace emend
