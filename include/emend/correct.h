// SPDX-License-Identifier: Apache-2.0
// Proofreading of text that comes without a page image.
//
//   const auto corrected = emend::correct_text("Invoic # 12345 \nTotal: $1O0.00\n");
//   if (corrected) std::cout << corrected->text;  // Invoice # 12345, Total: $100.00
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

struct CorrectedText {
  std::string text;
  std::vector<Edit> edits;      // Edit::line counts the lines of the input, boxes are empty
  std::vector<Notice> notices;  // for example that the model failed and the text is as it came
};

// Corrects plain text under the same guard as a page. There is no recogniser's evidence, so only
// what the language and the look of letters make certain is changed. Invalid UTF-8 fails with
// unreadable_input; a model that is not here or cannot be loaded fails as resolve_model()
// (models.h) does, or with engine_failed. With the model "none" nothing changes but the white space
// at the ends of lines.
[[nodiscard]] Result<CorrectedText> correct_text(
    std::string_view text, const CorrectOptions& options = {}, const ModelOptions& model = {},
    const std::vector<std::string>& languages = {"eng"}, const std::stop_token& stop = {});

}  // namespace emend
