// SPDX-License-Identifier: Apache-2.0
// The sum under every probability. A vocabulary has a hundred thousand tokens and more, and it is
// taken for every token that is scored, so it is written for the vector units of a processor.
#pragma once

#include <span>

namespace emend {

// ln of the sum of e^x over all numbers, to seven digits of the sum. -infinity counts as
// impossible; NaN when any number is NaN or +infinity, or when there is none.
[[nodiscard]] double ln_sum_exp(std::span<const float> numbers);

}  // namespace emend
