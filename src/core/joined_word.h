// SPDX-License-Identifier: Apache-2.0
// Two words of a line that are one.
#pragma once

#include "emend/document.h"

namespace emend {

// As one word whose text is that of both with the space between them, so that the text of the line
// stays as it was. It is as sure as the less sure of the two and has the worse light. Other
// readings are those that both have: those of the parts are not of the whole.
[[nodiscard]] Word joined_word(const Word& first, const Word& second);

}  // namespace emend
