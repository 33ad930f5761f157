// SPDX-License-Identifier: Apache-2.0
#include "model_host/chat.h"

#include <llama.h>

#include <array>
#include <exception>
#include <string>

namespace emend {

namespace {

constexpr std::array kConversation = {
    llama_chat_message{"system", "You copy scanned documents word for word."},
    llama_chat_message{"user", "Write out the page, without the errors of the scan."}};

// Empty when llama.cpp does not know the template.
std::string written(const char* chat_template) {
  std::string text(512, '\0');
  for (;;) {
    const int length =
        llama_chat_apply_template(chat_template, kConversation.data(), kConversation.size(), true,
                                  text.data(), static_cast<int>(text.size()));
    if (length < 0) return {};
    const bool is_whole = static_cast<std::size_t>(length) <= text.size();
    text.resize(static_cast<std::size_t>(length));
    if (is_whole) return text;
  }
}

}  // namespace

std::vector<Token> chat_opening(const llama_model* model) {
  const char* chat_template = llama_model_chat_template(model, nullptr);
  if (chat_template == nullptr) return {};
  const std::string text = written(chat_template);
  if (text.empty()) return {};
  std::vector<Token> tokens(text.size() + 8);
  try {
    const int count =
        llama_tokenize(llama_model_get_vocab(model), text.data(), static_cast<int>(text.size()),
                       tokens.data(), static_cast<int>(tokens.size()), false, true);
    tokens.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return tokens;
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace emend
