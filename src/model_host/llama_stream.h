// SPDX-License-Identifier: Apache-2.0
// A loaded model as a TokenStream: one sequence in its cache.
#pragma once

#include <cstdint>
#include <vector>

#include "model_host/model.h"
#include "model_host/token_stream.h"

namespace emend {

// Use from one thread at a time. Borrows the model, whose cache is its own from begin() to its end.
class LlamaStream final : public TokenStream {
 public:
  explicit LlamaStream(const Model& model) : model_(&model) {}

  // Empties the cache and computes `prompt` but for its last token. Fails with limit_exceeded when
  // the context cannot hold it.
  [[nodiscard]] Result<void> begin(std::span<const Token> prompt);
  [[nodiscard]] std::int64_t computed() const { return computed_; }

  [[nodiscard]] Result<std::vector<Token>> tokens(std::string_view text) const override;
  [[nodiscard]] const std::string& piece(Token token) const override;
  [[nodiscard]] bool is_end(Token token) const override;
  [[nodiscard]] Token end() const override;
  [[nodiscard]] Result<void> append(std::span<const Token> tokens) override;
  [[nodiscard]] Token best(std::size_t index) const override { return best_.at(index); }
  [[nodiscard]] double ln_probability(std::size_t index, Token token) const override;
  [[nodiscard]] Result<void> forget(std::size_t count) override;
  [[nodiscard]] bool forgets_cheaply() const override { return model_->can_share(); }
  [[nodiscard]] std::size_t room() const override;
  [[nodiscard]] std::size_t most_at_once() const override;
  [[nodiscard]] std::size_t good_batch() const override;

 private:
  [[nodiscard]] Result<void> compute(std::span<const Token> tokens, bool with_outputs);
  [[nodiscard]] Result<void> compute_all(std::span<const Token> tokens);

  const Model* model_;
  std::vector<Token> cached_;
  std::vector<Token> best_;  // after each token of the last append()
  std::int64_t computed_ = 0;
};

}  // namespace emend
