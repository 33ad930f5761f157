// SPDX-License-Identifier: Apache-2.0
// Proofreading of many texts, with all that it asks loaded once.
//
//   auto corrector = emend::TextCorrector::open();
//   if (!corrector) return;
//   for (const std::string text : {"Invoic 1", "Totai due"}) {
//     const auto corrected = corrector->correct(text);
//     if (corrected) std::cout << corrected->text << '\n';
//   }
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "emend/correct.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

class Proofreader;

// One thread at a time.
class TextCorrector {
 public:
  // Fails as correct_text() does (correct.h).
  [[nodiscard]] static Result<TextCorrector> open(
      const CorrectOptions& options = {}, const ModelOptions& model = {},
      const std::vector<std::string>& languages = {"eng"}, const std::stop_token& stop = {});
  TextCorrector(TextCorrector&&) noexcept;
  TextCorrector& operator=(TextCorrector&&) noexcept;
  ~TextCorrector();

  // Fails as correct_text() does. No text is remembered for the next.
  [[nodiscard]] Result<CorrectedText> correct(std::string_view text,
                                              const std::stop_token& stop = {});

 private:
  TextCorrector(CorrectOptions options, std::unique_ptr<Proofreader> proofreader);

  CorrectOptions options_;
  std::unique_ptr<Proofreader> proofreader_;
};

}  // namespace emend
