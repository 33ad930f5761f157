// SPDX-License-Identifier: Apache-2.0
#include "model_host/chat.h"

#include <llama.h>

#include <algorithm>
#include <array>
#include <exception>
#include <span>
#include <string>
#include <string_view>

#include "model_host/tokeniser.h"

namespace emend {

namespace {

constexpr std::array kConversation = {
    llama_chat_message{"system", "You copy scanned documents word for word."},
    llama_chat_message{"user", "Write out the page, without the errors of the scan."}};

// Stand in a template for what is said, which is put there as tokens afterwards.
constexpr const char* kSystemMark = "emend-system-3f6c1d";
constexpr const char* kUserMark = "emend-user-8b20e7";
constexpr std::array kMarked = {llama_chat_message{"system", kSystemMark},
                                llama_chat_message{"user", kUserMark}};

// Empty when llama.cpp does not know the template.
std::string written(const char* chat_template, std::span<const llama_chat_message> messages) {
  std::string text(512, '\0');
  for (;;) {
    const int length = llama_chat_apply_template(chat_template, messages.data(), messages.size(),
                                                 true, text.data(), static_cast<int>(text.size()));
    if (length < 0) return {};
    const bool is_whole = static_cast<std::size_t>(length) <= text.size();
    text.resize(static_cast<std::size_t>(length));
    if (is_whole) return text;
  }
}

// The template's own words; empty when the tokenizer fails.
std::vector<Token> control_tokens(const llama_model* model, std::string_view text) {
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

}  // namespace

std::vector<Token> chat_opening(const llama_model* model) {
  const char* chat_template = llama_model_chat_template(model, nullptr);
  if (chat_template == nullptr) return {};
  return control_tokens(model, written(chat_template, kConversation));
}

Result<std::vector<Token>> conversation(const llama_model* model, const Tokeniser& tokeniser,
                                        const ChatTurns& turns) {
  const char* chat_template = llama_model_chat_template(model, nullptr);
  const std::string form = chat_template == nullptr ? "" : written(chat_template, kMarked);
  const std::size_t system = form.find(kSystemMark);
  const std::size_t user = form.find(kUserMark);
  if (user == std::string::npos || (system != std::string::npos && system > user)) {
    return fail(ErrorCode::invalid_argument, "has no chat template, so it follows no prompt",
                "Use an instruct model, such as Qwen2.5-Instruct.");
  }
  std::vector<Token> all = tokeniser.beginning();
  std::size_t done = 0;
  Result<void> state;
  const auto add_form = [&](std::size_t end) {
    const auto tokens = control_tokens(model, std::string_view(form).substr(done, end - done));
    all.insert(all.end(), tokens.begin(), tokens.end());
  };
  const auto add_words = [&](std::size_t at, std::string_view mark, const std::string& words) {
    add_form(at);
    done = at + mark.size();
    const auto tokens = tokeniser.tokens(words);
    if (!tokens) state = tl::unexpected(tokens.error());
    if (tokens) all.insert(all.end(), tokens->begin(), tokens->end());
  };
  // Some templates have no place for a system's words; then the user says them.
  const bool has_system = system != std::string::npos;
  if (has_system) add_words(system, kSystemMark, turns.system);
  add_words(user, kUserMark, has_system ? turns.user : turns.system + "\n\n" + turns.user);
  add_form(form.size());
  if (!state) return tl::unexpected(std::move(state.error()));
  return all;
}

}  // namespace emend
