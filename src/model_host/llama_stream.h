// SPDX-License-Identifier: Apache-2.0
// A loaded model as TokenStreams: each is one sequence in its cache, and several of them can be
// computed in one batch. What their prompts begin with is computed once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model_host/model.h"
#include "model_host/token_stream.h"

namespace emend {

// Use from one thread at a time. Borrows the model, whose cache belongs to those that began
// together from then on to their end.
class LlamaStream final : public TokenStream {
 public:
  // Of a cache and of batches that several streams share; only where Model::can_share().
  struct Share {
    std::int32_t sequence = 0;  // another one for each
    std::size_t streams = 1;    // that begin together
    std::size_t tokens = 0;     // that this one may take of the cache; 0 = the model's window
  };

  explicit LlamaStream(const Model& model) : LlamaStream(model, Share{}) {}
  LlamaStream(const Model& model, Share share) : model_(&model), share_(share) {}

  // Empties the cache and computes `prompt` but for its last token. Fails with limit_exceeded when
  // the context cannot hold it.
  [[nodiscard]] Result<void> begin(std::span<const Token> prompt);
  // The same for several, each with a prompt of its own.
  [[nodiscard]] static Result<void> begin_all(std::span<LlamaStream* const> streams,
                                              std::span<const std::vector<Token>> prompts);
  // append() of several in one batch. What they tell is to be had until the next one.
  [[nodiscard]] static Result<void> append_all(std::span<LlamaStream* const> streams,
                                               std::span<const std::vector<Token>> tokens);
  [[nodiscard]] std::int64_t computed() const { return computed_; }

  [[nodiscard]] Result<std::vector<Token>> tokens(std::string_view text) const override;
  [[nodiscard]] const std::string& piece(Token token) const override;
  [[nodiscard]] bool is_end(Token token) const override;
  [[nodiscard]] Token end() const override;
  [[nodiscard]] Result<void> append(std::span<const Token> tokens) override;
  [[nodiscard]] Token best(std::size_t index) const override { return best_.at(index); }
  [[nodiscard]] double ln_probability(std::size_t index, Token token) const override;
  [[nodiscard]] Result<void> forget(std::size_t count) override;
  [[nodiscard]] bool forgets_cheaply() const override {
    return model_->can_share() || !checkpoint_.empty();
  }
  [[nodiscard]] std::size_t room() const override;
  [[nodiscard]] std::size_t most_at_once() const override;
  [[nodiscard]] std::size_t good_batch() const override;

 private:
  struct Part {
    LlamaStream* stream;
    std::span<const Token> tokens;
  };

  [[nodiscard]] static Result<void> compute(std::span<const Part> parts, bool with_outputs);
  [[nodiscard]] Result<void> compute_all(std::span<const Token> tokens);
  [[nodiscard]] Result<void> read_best(std::size_t count);
  [[nodiscard]] std::span<const float> row(std::size_t index) const;
  void save_checkpoint();
  [[nodiscard]] bool return_to_checkpoint(std::size_t most_tokens);
  [[nodiscard]] std::size_t limit() const;  // tokens

  const Model* model_;
  Share share_;
  std::vector<Token> cached_;
  std::size_t first_row_ = 0;  // in the last batch
  // A running state cannot be taken back token by token. This is what it was before the last batch,
  // after so many tokens; empty where it is not needed, or not to be had.
  std::vector<std::uint8_t> checkpoint_;
  std::size_t checkpoint_tokens_ = 0;
  std::vector<Token> best_;  // after each token of the last append()
  std::int64_t computed_ = 0;
};

}  // namespace emend
