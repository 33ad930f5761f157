// SPDX-License-Identifier: Apache-2.0
// Proofreading of plain text on the same machinery as a page (corrector.h), without evidence from
// an image: only what language and the look of letters make certain is changed.
#pragma once

#include <stop_token>
#include <string_view>

#include "correct/corrector.h"
#include "emend/correct.h"

namespace emend {

// White space between words, blank lines, form feeds and line ends (LF or CRLF) stay byte for byte;
// spaces and tabs at both ends of a line go unless options.keep_space. keep_confidence means
// nothing here. Without lexicon and models nothing else changes. Edit::line counts the lines from
// 0, and Edit::words the words of that line. Fails with unreadable_input when `text` is not valid
// UTF-8, with invalid_argument as Corrector::create does, and with cancelled when a stop was
// requested.
[[nodiscard]] Result<CorrectedText> proofread(std::string_view text, const CorrectOptions& options,
                                              const CorrectionSources& sources,
                                              const std::stop_token& stop = {});

}  // namespace emend
