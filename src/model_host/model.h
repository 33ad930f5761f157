// SPDX-License-Identifier: Apache-2.0
// A GGUF that is loaded and ready to be asked.
#pragma once

#include <llama-cpp.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/model_messages.h"
#include "emend/error.h"
#include "model_host/gguf_file.h"
#include "model_host/placement.h"
#include "model_host/tokeniser.h"

namespace emend {

// Owns the weights and one context. One thread at a time.
class Model {
 public:
  // Tries the placements of the request, best first, until one has memory enough. Fails as
  // inspect_gguf does, or with unreadable_input when llama.cpp does not know the model,
  // limit_exceeded when memory does not suffice for any placement.
  [[nodiscard]] static Result<Model> load(const LoadRequest& request);

  [[nodiscard]] llama_context* context() const { return context_.get(); }
  [[nodiscard]] const Tokeniser& tokeniser() const { return tokeniser_; }
  [[nodiscard]] const LoadedModel& description() const { return description_; }

  // What stands before every text: the beginning that the vocabulary wants, and for an instruct
  // model the opening of a conversation.
  [[nodiscard]] const std::vector<Token>& opening() const { return opening_; }

  // The longest text that the model sees at once.
  [[nodiscard]] std::size_t window_tokens() const;
  // What one batch may hold. More is not refused by llama.cpp: it aborts the process.
  [[nodiscard]] std::size_t batch_tokens() const;
  [[nodiscard]] std::size_t batch_outputs() const { return batch_outputs_; }
  // Tokens of the cache, shared by all sequences.
  [[nodiscard]] std::size_t cells() const;
  // Whether several sequences can share the tokens with which they begin. Models whose memory is a
  // running state instead of a cache cannot.
  [[nodiscard]] bool can_share() const { return can_share_; }

 private:
  explicit Model(llama_model_ptr weights);

  [[nodiscard]] static Result<Model> load_as(const LoadRequest& request, const GgufSummary& summary,
                                             const Placement& placement);
  void open_conversation();
  [[nodiscard]] Result<void> make_context(const LoadRequest& request, const Placement& placement);
  void describe(const GgufSummary& summary, const Placement& placement);
  void describe(int fallback, const std::vector<Device>& gpus_before);

  llama_model_ptr weights_;
  llama_context_ptr context_;
  Tokeniser tokeniser_;
  std::vector<Token> opening_;
  LoadedModel description_;
  std::size_t batch_outputs_ = 0;
  bool can_share_ = true;
};

}  // namespace emend
