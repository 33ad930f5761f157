// SPDX-License-Identifier: Apache-2.0
#include "model_host/llama_stream.h"

#include <llama.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "model_host/engine_log.h"
#include "model_host/softmax.h"

namespace emend {

namespace {

// Measured: on a CPU a batch of more tokens takes longer for each, while a GPU hardly notices.
constexpr std::size_t kGoodOnCpu = 16;
constexpr std::size_t kGoodOnGpu = 40;
constexpr std::size_t kMostAtOnce = 96;

tl::unexpected<Error> unusable_numbers() {
  return fail(ErrorCode::engine_failed, "the model gives no usable numbers",
              "Its file may be damaged; try another one.");
}

}  // namespace

Result<void> LlamaStream::begin(std::span<const Token> prompt) {
  cached_.clear();
  best_.clear();
  if (prompt.empty() || prompt.size() + 1 > model_->window_tokens()) {
    return fail(ErrorCode::limit_exceeded,
                "a prompt of " + std::to_string(prompt.size()) +
                    " tokens is more than the model's context of " +
                    std::to_string(model_->window_tokens()) + " can hold",
                "Use a longer context, or a model that has one.");
  }
  llama_memory_clear(llama_get_memory(model_->context()), !model_->can_share());
  return compute_all(prompt.first(prompt.size() - 1));
}

Result<void> LlamaStream::compute_all(std::span<const Token> tokens) {
  while (!tokens.empty()) {
    const std::size_t count = std::min(tokens.size(), model_->batch_tokens());
    if (auto done = compute(tokens.first(count), false); !done) return done;
    tokens = tokens.subspan(count);
  }
  return {};
}

Result<void> LlamaStream::compute(std::span<const Token> tokens, bool with_outputs) {
  std::vector<Token> ids(tokens.begin(), tokens.end());
  std::vector<llama_pos> positions;
  std::vector<std::int32_t> sequence_counts(tokens.size(), 1);
  llama_seq_id sequence = 0;
  std::vector<llama_seq_id*> sequences(tokens.size(), &sequence);
  std::vector<std::int8_t> outputs(tokens.size(), with_outputs ? 1 : 0);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    positions.push_back(static_cast<llama_pos>(cached_.size() + i));
  }
  llama_batch batch{};
  batch.n_tokens = static_cast<std::int32_t>(ids.size());
  batch.token = ids.data();
  batch.pos = positions.data();
  batch.n_seq_id = sequence_counts.data();
  batch.seq_id = sequences.data();
  batch.logits = outputs.data();
  forget_engine_log();
  if (const int status = llama_decode(model_->context(), batch); status != 0) {
    return fail(ErrorCode::engine_failed, "llama.cpp failed with status " + std::to_string(status) +
                                              ": " + engine_log_reason());
  }
  cached_.insert(cached_.end(), tokens.begin(), tokens.end());
  computed_ += static_cast<std::int64_t>(tokens.size());
  return {};
}

Result<void> LlamaStream::append(std::span<const Token> tokens) {
  best_.clear();
  if (tokens.size() > most_at_once() || tokens.size() > room()) {
    return fail(ErrorCode::limit_exceeded, "the text is longer than the model's context",
                "Use a longer context, or a model that has one.");
  }
  if (auto done = compute(tokens, true); !done) return done;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const float* logits = llama_get_logits_ith(model_->context(), static_cast<std::int32_t>(i));
    if (logits == nullptr) return unusable_numbers();
    const std::span row(logits, model_->tokeniser().size());
    const auto highest = std::max_element(row.begin(), row.end());
    const bool has_nan = std::any_of(row.begin(), row.end(), [](float x) { return std::isnan(x); });
    if (has_nan || !std::isfinite(*highest)) return unusable_numbers();
    best_.push_back(static_cast<Token>(highest - row.begin()));
  }
  return {};
}

double LlamaStream::ln_probability(std::size_t index, Token token) const {
  const float* logits = llama_get_logits_ith(model_->context(), static_cast<std::int32_t>(index));
  const std::span row(logits, model_->tokeniser().size());
  return row[static_cast<std::size_t>(token)] - ln_sum_exp(row);
}

Result<void> LlamaStream::forget(std::size_t count) {
  const std::size_t left = cached_.size() - std::min(count, cached_.size());
  const llama_memory_t memory = llama_get_memory(model_->context());
  // A running state has no past to go back to.
  if (forgets_cheaply() && llama_memory_seq_rm(memory, 0, static_cast<llama_pos>(left), -1)) {
    cached_.resize(left);
    return {};
  }
  const std::vector<Token> again(cached_.begin(),
                                 cached_.begin() + static_cast<std::ptrdiff_t>(left));
  cached_.clear();
  llama_memory_clear(memory, true);
  return compute_all(again);
}

Result<std::vector<Token>> LlamaStream::tokens(std::string_view text) const {
  return model_->tokeniser().tokens(text);
}

const std::string& LlamaStream::piece(Token token) const {
  return model_->tokeniser().piece(token);
}

bool LlamaStream::is_end(Token token) const {
  return llama_vocab_is_eog(llama_model_get_vocab(llama_get_model(model_->context())), token);
}

Token LlamaStream::end() const {
  const llama_vocab* vocabulary = llama_model_get_vocab(llama_get_model(model_->context()));
  const Token turn = llama_vocab_eot(vocabulary);
  return std::max(0, turn != LLAMA_TOKEN_NULL ? turn : llama_vocab_eos(vocabulary));
}

std::size_t LlamaStream::room() const {
  return model_->window_tokens() - std::min(cached_.size(), model_->window_tokens());
}

std::size_t LlamaStream::most_at_once() const {
  return std::min({kMostAtOnce, model_->batch_tokens(), model_->batch_outputs()});
}

std::size_t LlamaStream::good_batch() const {
  return model_->description().gpu_layers > 0 ? kGoodOnGpu : kGoodOnCpu;
}

}  // namespace emend
