// SPDX-License-Identifier: Apache-2.0
// The parts of a page as the formats want them.
#pragma once

#include <span>
#include <vector>

#include "core/box.h"
#include "core/pieces.h"
#include "emend/document.h"

namespace emend {

// The smallest box that holds all; empty boxes do not count.
[[nodiscard]] Box union_of(std::span<const Line> lines);

// The lines of a page, cut before each line that starts a block.
[[nodiscard]] std::vector<std::span<const Line>> blocks_of(const Page& page);

// The edit that was applied to the word, or null.
[[nodiscard]] const Edit* applied_edit(const Page& page, std::size_t line, std::size_t word);

// The height that a word of the page usually has, in pixels, noise left aside; at least 1.
[[nodiscard]] int usual_height(const Page& page);

}  // namespace emend
