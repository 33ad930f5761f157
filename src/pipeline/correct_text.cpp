// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "correct/text_corrector.h"
#include "emend/text_corrector.h"
#include "pipeline/proofreader.h"

namespace emend {

TextCorrector::TextCorrector(CorrectOptions options, std::unique_ptr<Proofreader> proofreader)
    : options_(std::move(options)), proofreader_(std::move(proofreader)) {}
TextCorrector::TextCorrector(TextCorrector&&) noexcept = default;
TextCorrector& TextCorrector::operator=(TextCorrector&&) noexcept = default;
TextCorrector::~TextCorrector() = default;

Result<TextCorrector> TextCorrector::open(const CorrectOptions& options, const ModelOptions& model,
                                          const std::vector<std::string>& languages,
                                          const std::stop_token& stop) {
  auto proofreader = Proofreader::create(options, model, languages, stop);
  if (!proofreader) return tl::unexpected(std::move(proofreader.error()));
  return TextCorrector(options, std::make_unique<Proofreader>(std::move(*proofreader)));
}

Result<CorrectedText> TextCorrector::correct(std::string_view text, const std::stop_token& stop) {
  auto corrected = proofread(text, options_, proofreader_->sources(), stop);
  auto shortage = proofreader_->shortage();
  if (corrected && shortage) corrected->notices.push_back(std::move(*shortage));
  return corrected;
}

Result<CorrectedText> correct_text(std::string_view text, const CorrectOptions& options,
                                   const ModelOptions& model,
                                   const std::vector<std::string>& languages,
                                   const std::stop_token& stop) {
  auto corrector = TextCorrector::open(options, model, languages, stop);
  if (!corrector) return tl::unexpected(std::move(corrector.error()));
  return corrector->correct(text, stop);
}

}  // namespace emend
