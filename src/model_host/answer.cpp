// SPDX-License-Identifier: Apache-2.0
#include "model_host/answer.h"

#include <cassert>

namespace emend {

std::vector<Token> Answer::propose(std::span<const Token> proposal) {
  proposal_.assign(proposal.begin(), proposal.end());
  std::vector<Token> batch{tokens_.back()};
  batch.insert(batch.end(), proposal.begin(), proposal.end());
  computed_ += static_cast<std::int64_t>(batch.size());
  ++rounds_;
  return batch;
}

Result<void> Answer::settle(std::size_t accepted, std::optional<Token> own) {
  assert(accepted <= proposal_.size());
  tokens_.insert(tokens_.end(), proposal_.begin(),
                 proposal_.begin() + static_cast<std::ptrdiff_t>(accepted));
  std::size_t too_many = proposal_.size() - accepted;
  if (own) {
    tokens_.push_back(*own);
  } else {
    ++too_many;  // the last one that stands is computed again, at the head of the next batch
  }
  proposal_.clear();
  return too_many == 0 ? Result<void>() : stream_->forget(too_many);
}

Result<void> Answer::rewind(std::size_t size) {
  assert(size >= 1 && size <= tokens_.size());
  const std::size_t too_many = tokens_.size() - size;
  tokens_.resize(size);
  return too_many == 0 ? Result<void>() : stream_->forget(too_many);
}

}  // namespace emend
