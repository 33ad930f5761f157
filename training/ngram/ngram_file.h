// SPDX-License-Identifier: Apache-2.0
// Writes a trained model in the form of src/correct/ngram_format.h.
#pragma once

#include <string>
#include <vector>

#include "training/ngram/kneser_ney.h"

namespace emend::training {

// The bytes of the file. Probabilities are rounded to 256 steps per length.
[[nodiscard]] std::string ngram_file(const std::vector<ModelLevel>& levels);

}  // namespace emend::training
