// SPDX-License-Identifier: Apache-2.0
// What emend's own reader of numbers is worth as evidence. It shares nothing with the recogniser,
// so the two hardly ever err alike, as two looks of one recogniser do.
#pragma once

#include <string_view>

#include "emend/document.h"

namespace emend {

// Whether readers that share nothing bear `core` out as what is printed where `word` was read, as
// surely as readings of one recogniser that agree together with a check do: emend's reader and
// another reading of the recogniser, or emend's reader and a check that failed and now passes.
// `core` is without outer punctuation.
[[nodiscard]] bool is_borne_out_independently(const Word& word, std::string_view core,
                                              bool turns_a_check);

}  // namespace emend
