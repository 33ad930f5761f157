// SPDX-License-Identifier: Apache-2.0
// A model as rewriting needs it: tokens go in, what it would say next comes out, and tokens can be
// taken back. llama.cpp is one such; a test scripts another.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "model_host/token_tree.h"  // Token

namespace emend {

class TokenStream {
 public:
  TokenStream() = default;
  TokenStream(const TokenStream&) = delete;
  TokenStream& operator=(const TokenStream&) = delete;
  virtual ~TokenStream() = default;

  // Text as the model's tokens; no control tokens, whatever it says.
  [[nodiscard]] virtual Result<std::vector<Token>> tokens(std::string_view text) const = 0;
  // The bytes that a token stands for; empty for control tokens.
  [[nodiscard]] virtual const std::string& piece(Token token) const = 0;
  // Whether the model says by it that its answer is done, and the usual token for that.
  [[nodiscard]] virtual bool is_end(Token token) const = 0;
  [[nodiscard]] virtual Token end() const = 0;

  // Computes `tokens` in one batch after all that stands. At most most_at_once() of them, and
  // no more than there is room for.
  [[nodiscard]] virtual Result<void> append(std::span<const Token> tokens) = 0;
  // What the model would say after token `index` of the last append(), and ln of the probability
  // that it says `token` there.
  [[nodiscard]] virtual Token best(std::size_t index) const = 0;
  [[nodiscard]] virtual double ln_probability(std::size_t index, Token token) const = 0;

  // Takes the last `count` tokens back.
  [[nodiscard]] virtual Result<void> forget(std::size_t count) = 0;
  // Whether that costs nothing. Models with a running state have to read everything again.
  [[nodiscard]] virtual bool forgets_cheaply() const = 0;

  [[nodiscard]] virtual std::size_t room() const = 0;          // for further tokens
  [[nodiscard]] virtual std::size_t most_at_once() const = 0;  // hard limit of a batch
  [[nodiscard]] virtual std::size_t good_batch() const = 0;    // what pays, usually
};

}  // namespace emend
