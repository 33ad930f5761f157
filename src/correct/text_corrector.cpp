// SPDX-License-Identifier: Apache-2.0
#include "correct/text_corrector.h"

#include <string>

namespace emend {

Result<CorrectedText> proofread(std::string_view text, const CorrectOptions& /*options*/,
                                const CorrectionSources& /*sources*/,
                                const std::stop_token& /*stop*/) {
  return CorrectedText{std::string(text), {}, {}};
}

}  // namespace emend
