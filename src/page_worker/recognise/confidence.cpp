// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/confidence.h"

#include <algorithm>

namespace emend {

double calibrated_confidence(double tesseract_confidence, const WordTraits& /*traits*/) {
  return std::clamp(tesseract_confidence / 100.0, 0.0, 1.0);
}

}  // namespace emend
