// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "correct/text_corrector.h"
#include "emend/correct.h"
#include "pipeline/proofreader.h"

namespace emend {

Result<CorrectedText> correct_text(std::string_view text, const CorrectOptions& options,
                                   const ModelOptions& model,
                                   const std::vector<std::string>& languages,
                                   const std::stop_token& stop) {
  auto proofreader = Proofreader::create(options, model, languages, stop);
  if (!proofreader) return tl::unexpected(std::move(proofreader.error()));
  auto corrected = proofread(text, options, proofreader->sources(), stop);
  auto shortage = proofreader->shortage();
  if (corrected && shortage) corrected->notices.push_back(std::move(*shortage));
  return corrected;
}

}  // namespace emend
