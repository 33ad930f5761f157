// SPDX-License-Identifier: Apache-2.0
// How far the rates of a few documents can be trusted.
#pragma once

#include "emend/evaluate.h"

namespace emend {

// Fills before, after and difference: the rates of all documents together, and their 95 % intervals
// by drawing as many documents anew, with replacement (Efron 1979). The draws are those of
// options.seed on every machine.
void estimate_rates(Evaluation& evaluation);

}  // namespace emend
