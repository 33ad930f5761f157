// SPDX-License-Identifier: Apache-2.0
#include "model_host/tokeniser.h"

#include <llama.h>

#include <algorithm>
#include <exception>
#include <tuple>
#include <utility>

#include "core/unicode.h"

namespace emend {

namespace {

constexpr std::size_t kByteValues = 256;

bool stands_for_text(llama_token_attr attributes) {
  constexpr unsigned kNoText =
      LLAMA_TOKEN_ATTR_UNKNOWN | LLAMA_TOKEN_ATTR_UNUSED | LLAMA_TOKEN_ATTR_CONTROL;
  return (static_cast<unsigned>(attributes) & kNoText) == 0;
}

}  // namespace

Tokeniser::Tokeniser(const llama_vocab* vocabulary) : vocabulary_(vocabulary) {
  const Token count = llama_vocab_n_tokens(vocabulary);
  pieces_.reserve(static_cast<std::size_t>(count));
  for (Token token = 0; token < count; ++token) {
    pieces_.push_back(piece_of(token));
    if (!pieces_.back().empty()) by_piece_.push_back(token);
    longest_piece_ = std::max(longest_piece_, pieces_.back().size());
  }
  std::sort(by_piece_.begin(), by_piece_.end(),
            [&](Token a, Token b) { return std::tie(piece(a), a) < std::tie(piece(b), b); });
  is_byte_level_ = find_byte_level();
  if (is_byte_level_) control_ = find_control_tokens();
  if (llama_vocab_get_add_bos(vocabulary) && llama_vocab_bos(vocabulary) != LLAMA_TOKEN_NULL) {
    beginning_ = {llama_vocab_bos(vocabulary)};
  }
  line_feed_ = tokens("\n").value_or(std::vector<Token>{});
  if (line_feed_.empty()) line_feed_ = {std::max(0, llama_vocab_eos(vocabulary))};
}

std::string Tokeniser::piece_of(Token token) const {
  if (!stands_for_text(llama_vocab_get_attr(vocabulary_, token))) return {};
  std::string text(16, '\0');
  for (;;) {
    const int length = llama_token_to_piece(vocabulary_, token, text.data(),
                                            static_cast<int>(text.size()), 0, false);
    if (length >= 0) {
      text.resize(static_cast<std::size_t>(length));
      return text;
    }
    text.resize(static_cast<std::size_t>(-length));
  }
}

bool Tokeniser::find_byte_level() const {
  if (by_piece_.size() != kByteValues) return false;
  for (std::size_t byte = 0; byte < kByteValues; ++byte) {
    if (pieces_[byte] != std::string(1, static_cast<char>(byte))) return false;
  }
  return true;
}

std::map<std::string, Token, std::less<>> Tokeniser::find_control_tokens() const {
  constexpr std::string_view kOpening = "<|";
  constexpr std::string_view kClosing = "|>";
  std::map<std::string, Token, std::less<>> found;
  for (auto token = static_cast<Token>(kByteValues); token < static_cast<Token>(pieces_.size());
       ++token) {
    const auto attributes = static_cast<unsigned>(llama_vocab_get_attr(vocabulary_, token));
    if ((attributes & LLAMA_TOKEN_ATTR_CONTROL) == 0) continue;
    std::string_view text = llama_vocab_get_text(vocabulary_, token);
    if (!text.starts_with(kOpening) || !text.ends_with(kClosing)) continue;
    if (text.size() <= kOpening.size() + kClosing.size()) continue;
    text.remove_prefix(kOpening.size());
    text.remove_suffix(kClosing.size());
    found.emplace(text, token);
  }
  return found;
}

std::vector<Token> Tokeniser::told(std::span<const std::string> about) const {
  std::vector<Token> tokens;
  for (const std::string& name : about) {
    const auto found = control_.find(name);
    if (found != control_.end()) tokens.push_back(found->second);
  }
  return tokens;
}

Result<std::vector<Token>> Tokeniser::tokens(std::string_view text) const {
  std::vector<Token> tokens;
  if (is_byte_level_) {
    for (const char c : text) tokens.push_back(static_cast<unsigned char>(c));
    return tokens;
  }
  const std::string valid = repaired_utf8(text);
  tokens.resize(valid.size() + 8);
  try {
    for (;;) {
      const int count =
          llama_tokenize(vocabulary_, valid.data(), static_cast<int>(valid.size()), tokens.data(),
                         static_cast<int>(tokens.size()), false, false);
      if (count >= 0) {
        tokens.resize(static_cast<std::size_t>(count));
        return tokens;
      }
      tokens.resize(static_cast<std::size_t>(-count));
    }
  } catch (const std::exception& problem) {
    return fail(ErrorCode::engine_failed,
                std::string("the model's tokenizer failed: ") + problem.what());
  }
}

const std::string& Tokeniser::piece(Token token) const {
  return pieces_.at(static_cast<std::size_t>(token));
}

std::span<const Token> Tokeniser::starting_with(std::string_view bytes) const {
  const auto first = std::partition_point(by_piece_.begin(), by_piece_.end(),
                                          [&](Token token) { return piece(token) < bytes; });
  const auto last = std::partition_point(
      first, by_piece_.end(), [&](Token token) { return piece(token).starts_with(bytes); });
  return {first, last};
}

}  // namespace emend
