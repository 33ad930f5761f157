// SPDX-License-Identifier: Apache-2.0
// What stands before a text for a model that was trained on conversations.
//
// Such a model knows a text best as its own answer: so a request to copy a page comes first, in the
// form of the model's chat template, and the text is scored as what the model answers. The text
// itself is data: only the words here become control tokens.
#pragma once

#include <string>
#include <vector>

#include "emend/error.h"
#include "model_host/token_tree.h"

struct llama_model;

namespace emend {

// The tokens before the answer. Empty for a model without a chat template, or with one that
// llama.cpp does not know: such a model simply continues the text.
[[nodiscard]] std::vector<Token> chat_opening(const llama_model* model);

class Tokeniser;

// What is said before an answer. Both are data: nothing in them becomes a control token.
struct ChatTurns {
  std::string system;
  std::string user;
};

// The tokens of a conversation up to where the model answers. Fails with invalid_argument for a
// model without a chat template, or with one that llama.cpp does not know.
[[nodiscard]] Result<std::vector<Token>> conversation(const llama_model* model,
                                                      const Tokeniser& tokeniser,
                                                      const ChatTurns& turns);

}  // namespace emend
