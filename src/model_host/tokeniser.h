// SPDX-License-Identifier: Apache-2.0
// Text to tokens for scoring.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "model_host/token_tree.h"

struct llama_vocab;

namespace emend {

// Borrows the vocabulary, which belongs to the model. Text is text: nothing in it becomes a control
// token, whatever it says.
class Tokeniser {
 public:
  explicit Tokeniser(const llama_vocab* vocabulary);

  // Whether token b is the byte b and there is no other way to write it. Then any bytes can be
  // scored, and their probability is exact.
  [[nodiscard]] bool is_byte_level() const { return is_byte_level_; }

  // The tokens of `text` as the model was trained to see them. Ill-formed UTF-8 becomes U+FFFD,
  // except for a byte-level vocabulary.
  [[nodiscard]] Result<std::vector<Token>> tokens(std::string_view text) const;

  // What the model expects before every text; empty for most.
  [[nodiscard]] const std::vector<Token>& beginning() const { return beginning_; }

  // Stands for what came before when nothing is known of it: a text begins where a line begins.
  // Never empty.
  [[nodiscard]] const std::vector<Token>& line_feed() const { return line_feed_; }

  // The control tokens by which a byte-level model is told what it is to read: <|deu|> for "deu".
  // Names that it was not taught are left out; other vocabularies have no such tokens.
  [[nodiscard]] std::vector<Token> told(std::span<const std::string> about) const;

  // The bytes that a token stands for; empty for control tokens.
  [[nodiscard]] const std::string& piece(Token token) const;

  // All tokens whose bytes begin with `bytes`.
  [[nodiscard]] std::span<const Token> starting_with(std::string_view bytes) const;

  [[nodiscard]] std::size_t longest_piece() const { return longest_piece_; }

  [[nodiscard]] std::size_t size() const { return pieces_.size(); }

 private:
  [[nodiscard]] std::string piece_of(Token token) const;
  [[nodiscard]] bool find_byte_level() const;
  [[nodiscard]] std::map<std::string, Token, std::less<>> find_control_tokens() const;

  const llama_vocab* vocabulary_;
  std::vector<std::string> pieces_;  // by token
  std::vector<Token> by_piece_;      // tokens with a piece, in the order of their pieces
  std::vector<Token> beginning_;
  std::vector<Token> line_feed_;
  std::map<std::string, Token, std::less<>> control_;  // of a byte-level vocabulary, by name
  std::size_t longest_piece_ = 0;                      // bytes
  bool is_byte_level_ = false;
};

}  // namespace emend
