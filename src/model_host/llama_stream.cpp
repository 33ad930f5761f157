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
constexpr std::size_t kGoodOnCpu = 20;
constexpr std::size_t kGoodOnGpu = 40;
constexpr std::size_t kMostAtOnce = 96;

tl::unexpected<Error> unusable_numbers() {
  return fail(ErrorCode::engine_failed, "the model gives no usable numbers",
              "Its file may be damaged; try another one.");
}

}  // namespace

Result<void> LlamaStream::begin(std::span<const Token> prompt) {
  LlamaStream* const only = this;
  const std::vector<Token> tokens(prompt.begin(), prompt.end());
  return begin_all({&only, 1}, {&tokens, 1});
}

Result<void> LlamaStream::begin_all(std::span<LlamaStream* const> streams,
                                    std::span<const std::vector<Token>> prompts) {
  std::size_t common = streams.size() > 1 ? prompts.front().size() : 0;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const std::vector<Token>& prompt = prompts[i];
    streams[i]->cached_.clear();
    streams[i]->best_.clear();
    if (prompt.empty() || prompt.size() + 1 > streams[i]->limit()) {
      return fail(ErrorCode::limit_exceeded,
                  "a prompt of " + std::to_string(prompt.size()) +
                      " tokens is more than the model's context of " +
                      std::to_string(streams[i]->limit()) + " can hold",
                  "Use a longer context, or a model that has one.");
    }
    const auto [end, unused] = std::mismatch(prompt.begin(), prompt.end() - 1,
                                             prompts.front().begin(), prompts.front().end());
    common = std::min(common, static_cast<std::size_t>(end - prompt.begin()));
  }
  LlamaStream& first = *streams.front();
  const llama_memory_t memory = llama_get_memory(first.model_->context());
  llama_memory_clear(memory, !first.model_->can_share());
  const auto shared = std::span(prompts.front()).first(common);
  if (auto done = first.compute_all(shared); !done) return done;
  for (LlamaStream* other : streams.subspan(1)) {
    llama_memory_seq_cp(memory, first.share_.sequence, other->share_.sequence, 0,
                        static_cast<llama_pos>(common));
    other->cached_.assign(shared.begin(), shared.end());
  }
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const auto own =
        std::span<const Token>(prompts[i]).subspan(common, prompts[i].size() - 1 - common);
    if (auto done = streams[i]->compute_all(own); !done) return done;
    streams[i]->save_checkpoint();
  }
  return {};
}

Result<void> LlamaStream::compute_all(std::span<const Token> tokens) {
  while (!tokens.empty()) {
    const std::size_t count = std::min(tokens.size(), model_->batch_tokens());
    const Part part{this, tokens.first(count)};
    if (auto done = compute({&part, 1}, false); !done) return done;
    tokens = tokens.subspan(count);
  }
  return {};
}

Result<void> LlamaStream::compute(std::span<const Part> parts, bool with_outputs) {
  std::vector<Token> ids;
  std::vector<llama_pos> positions;
  std::vector<llama_seq_id*> sequences;
  for (const Part& part : parts) {
    for (std::size_t i = 0; i < part.tokens.size(); ++i) {
      ids.push_back(part.tokens[i]);
      positions.push_back(static_cast<llama_pos>(part.stream->cached_.size() + i));
      sequences.push_back(&part.stream->share_.sequence);
    }
  }
  std::vector<std::int32_t> sequence_counts(ids.size(), 1);
  std::vector<std::int8_t> outputs(ids.size(), with_outputs ? 1 : 0);
  llama_batch batch{};
  batch.n_tokens = static_cast<std::int32_t>(ids.size());
  batch.token = ids.data();
  batch.pos = positions.data();
  batch.n_seq_id = sequence_counts.data();
  batch.seq_id = sequences.data();
  batch.logits = outputs.data();
  forget_engine_log();
  llama_context* context = parts.front().stream->model_->context();
  if (const int status = llama_decode(context, batch); status != 0) {
    return fail(ErrorCode::engine_failed, "llama.cpp failed with status " + std::to_string(status) +
                                              ": " + engine_log_reason());
  }
  for (const Part& part : parts) {
    part.stream->cached_.insert(part.stream->cached_.end(), part.tokens.begin(), part.tokens.end());
    part.stream->computed_ += static_cast<std::int64_t>(part.tokens.size());
  }
  return {};
}

Result<void> LlamaStream::append(std::span<const Token> tokens) {
  LlamaStream* const only = this;
  const std::vector<Token> all(tokens.begin(), tokens.end());
  return append_all({&only, 1}, {&all, 1});
}

Result<void> LlamaStream::append_all(std::span<LlamaStream* const> streams,
                                     std::span<const std::vector<Token>> tokens) {
  std::vector<Part> parts;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    LlamaStream& stream = *streams[i];
    stream.best_.clear();
    if (tokens[i].size() > stream.most_at_once() || tokens[i].size() > stream.room()) {
      return fail(ErrorCode::limit_exceeded, "the text is longer than the model's context",
                  "Use a longer context, or a model that has one.");
    }
    stream.save_checkpoint();
    stream.first_row_ = rows;
    rows += tokens[i].size();
    parts.push_back({&stream, tokens[i]});
  }
  if (auto done = compute(parts, true); !done) return done;
  for (const Part& part : parts) {
    if (auto read = part.stream->read_best(part.tokens.size()); !read) return read;
  }
  return {};
}

Result<void> LlamaStream::read_best(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto logits = row(i);
    if (logits.empty()) return unusable_numbers();
    const auto highest = std::max_element(logits.begin(), logits.end());
    const bool has_nan =
        std::any_of(logits.begin(), logits.end(), [](float x) { return std::isnan(x); });
    if (has_nan || !std::isfinite(*highest)) return unusable_numbers();
    best_.push_back(static_cast<Token>(highest - logits.begin()));
  }
  return {};
}

// What the model thinks of the next token after token `index` of the last append(); empty when that
// is not to be had.
std::span<const float> LlamaStream::row(std::size_t index) const {
  const float* logits =
      llama_get_logits_ith(model_->context(), static_cast<std::int32_t>(first_row_ + index));
  if (logits == nullptr) return {};
  return {logits, model_->tokeniser().size()};
}

double LlamaStream::ln_probability(std::size_t index, Token token) const {
  const auto logits = row(index);
  return logits[static_cast<std::size_t>(token)] - ln_sum_exp(logits);
}

// Only the part of the state that has no past: what hybrids have of a cache can be cut.
void LlamaStream::save_checkpoint() {
  if (model_->can_share()) return;
  llama_context* context = model_->context();
  checkpoint_.resize(
      llama_state_seq_get_size_ext(context, share_.sequence, LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY));
  const std::size_t written =
      llama_state_seq_get_data_ext(context, checkpoint_.data(), checkpoint_.size(), share_.sequence,
                                   LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY);
  if (written != checkpoint_.size() || cached_.empty()) checkpoint_.clear();
  checkpoint_tokens_ = cached_.size();
}

bool LlamaStream::return_to_checkpoint(std::size_t most_tokens) {
  if (checkpoint_.empty() || checkpoint_tokens_ > most_tokens) return false;
  llama_context* context = model_->context();
  const std::size_t read =
      llama_state_seq_set_data_ext(context, checkpoint_.data(), checkpoint_.size(), share_.sequence,
                                   LLAMA_STATE_SEQ_FLAGS_PARTIAL_ONLY);
  return read == checkpoint_.size() &&
         llama_memory_seq_rm(llama_get_memory(context), share_.sequence,
                             static_cast<llama_pos>(checkpoint_tokens_), -1);
}

Result<void> LlamaStream::forget(std::size_t count) {
  const std::size_t left = cached_.size() - std::min(count, cached_.size());
  const llama_memory_t memory = llama_get_memory(model_->context());
  if (model_->can_share() &&
      llama_memory_seq_rm(memory, share_.sequence, static_cast<llama_pos>(left), -1)) {
    cached_.resize(left);
    return {};
  }
  std::size_t kept = 0;
  if (return_to_checkpoint(left)) {
    kept = checkpoint_tokens_;
  } else {
    llama_memory_clear(memory, true);
  }
  const std::vector<Token> again(cached_.begin() + static_cast<std::ptrdiff_t>(kept),
                                 cached_.begin() + static_cast<std::ptrdiff_t>(left));
  cached_.resize(kept);
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

std::size_t LlamaStream::limit() const {
  const std::size_t window = model_->window_tokens();
  return share_.tokens == 0 ? window : std::min(window, share_.tokens);
}

std::size_t LlamaStream::room() const {
  return limit() - std::min(cached_.size(), limit());
}

std::size_t LlamaStream::most_at_once() const {
  const std::size_t all = std::min(model_->batch_tokens(), model_->batch_outputs());
  return std::min(kMostAtOnce, all / share_.streams);
}

// What a batch costs for itself is shared, so smaller parts of it pay: see batch_size.h.
std::size_t LlamaStream::good_batch() const {
  const std::size_t alone = model_->description().gpu_layers > 0 ? kGoodOnGpu : kGoodOnCpu;
  return static_cast<std::size_t>(static_cast<double>(alone) /
                                  std::sqrt(static_cast<double>(share_.streams)));
}

}  // namespace emend
