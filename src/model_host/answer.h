// SPDX-License-Identifier: Apache-2.0
// An answer while it is written: what stands, what is proposed, and what the model thinks of it.
//
// All but the last token that stands has been computed; that one goes into the next batch, before
// the proposal, so that one batch tells about the proposal's first token too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emend/error.h"
#include "model_host/token_stream.h"

namespace emend {

class Answer {
 public:
  // After a prompt whose last token is `last` and has not been computed yet. Borrows the stream.
  Answer(TokenStream& stream, Token last) : stream_(&stream), tokens_{last} {}

  // Begins a round with `proposal`, which is stream.most_at_once() - 1 tokens at most. The stream
  // has to compute what is returned before anything else is asked: the last token and these.
  [[nodiscard]] std::vector<Token> propose(std::span<const Token> proposal);
  // What the model would say in place of proposal[index], given those before it.
  [[nodiscard]] Token best(std::size_t index) const { return stream_->best(index); }
  [[nodiscard]] double ln_probability(std::size_t index, Token token) const {
    return stream_->ln_probability(index, token);
  }

  // Ends a round: the first `accepted` tokens of the proposal stand, and then `own`.
  [[nodiscard]] Result<void> settle(std::size_t accepted, std::optional<Token> own);

  // Back to when `size` tokens stood, between rounds.
  [[nodiscard]] Result<void> rewind(std::size_t size);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  // The tokens after the prompt.
  [[nodiscard]] std::span<const Token> tokens() const {
    return std::span<const Token>(tokens_).subspan(1);
  }
  [[nodiscard]] std::int64_t computed() const { return computed_; }
  [[nodiscard]] std::int64_t rounds() const { return rounds_; }

 private:
  TokenStream* stream_;
  std::vector<Token> tokens_;    // the prompt's last one first
  std::vector<Token> proposal_;  // of the round that is open
  std::int64_t computed_ = 0;
  std::int64_t rounds_ = 0;
};

}  // namespace emend
