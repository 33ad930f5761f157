// SPDX-License-Identifier: Apache-2.0
// A suspect word between its neighbours, as a model of language is asked about it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "correct/rank.h"
#include "correct/suspect.h"

namespace emend {

// What stands around the word in `lines`, the line before it too: at most so many bytes on either
// side. The word as it was read is the only candidate.
[[nodiscard]] Place place_in(const std::vector<std::vector<std::string>>& lines,
                             const Suspect& suspect, std::size_t bytes_before,
                             std::size_t bytes_after);

}  // namespace emend
