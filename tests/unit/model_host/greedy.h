// SPDX-License-Identifier: Apache-2.0
// Greedy decoding by the book, which rewriting with the guard wide open must equal.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "model_host/token_stream.h"

namespace emend {

// What the model says after `last`, a token at a time; at most `most` of them.
inline std::string greedy(TokenStream& stream, Token last, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < most; ++i) {
    EXPECT_TRUE(stream.append(std::vector<Token>{last}));
    last = stream.best(0);
    if (stream.is_end(last)) break;
    text += stream.piece(last);
  }
  return text;
}

}  // namespace emend
