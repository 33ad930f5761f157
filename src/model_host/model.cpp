// SPDX-License-Identifier: Apache-2.0
#include "model_host/model.h"

#include <algorithm>
#include <cstdint>
#include <thread>
#include <utility>

#include "model_host/engine_log.h"
#include "model_host/gguf_file.h"

namespace emend {

namespace {

constexpr int kDefaultWindowTokens = 1024;
// Room for several texts beside each other.
constexpr int kMinCells = 1024;
// A CPU is as busy with 256 as with 512 tokens, and half as many fit its caches better.
constexpr int kDefaultBatchTokens = 256;
constexpr std::size_t kMaxOutputBytes = std::size_t{64} << 20U;
// A thread with less than this to do waits for the others most of the time.
constexpr std::uint64_t kParametersPerThread = 25'000'000;

int thread_count(int asked, const llama_model* weights) {
  if (asked > 0) return asked;
  const auto cores = std::max<std::uint64_t>(1, std::thread::hardware_concurrency());
  const std::uint64_t useful = llama_model_n_params(weights) / kParametersPerThread;
  return static_cast<int>(std::clamp<std::uint64_t>(useful, 1, cores));
}

Error load_failure() {
  const std::string reason = engine_log_reason();
  if (reason.find("unable to allocate") != std::string::npos ||
      reason.find("failed to allocate") != std::string::npos) {
    return {ErrorCode::limit_exceeded, "there is not enough memory: " + reason,
            "Choose a smaller model or a stronger quantization of it."};
  }
  const std::string version = llama_version();
  return {ErrorCode::unreadable_input,
          "llama.cpp cannot load it: " + (reason.empty() ? "no reason given" : reason),
          "This emend has llama.cpp " + version +
              ". The file may be damaged, or of a kind that this version does not know."};
}

}  // namespace

Model::Model(llama_model_ptr weights, const LoadRequest& request)
    : weights_(std::move(weights)), tokeniser_(llama_model_get_vocab(weights_.get())) {
  description_.parameters = llama_model_n_params(weights_.get());
  description_.layers = llama_model_n_layer(weights_.get());
  const int trained = llama_model_n_ctx_train(weights_.get());
  const int wanted = request.context > 0 ? request.context : kDefaultWindowTokens;
  window_tokens_ = static_cast<std::size_t>(trained > 0 ? std::min(trained, wanted) : wanted);
  description_.context = static_cast<int>(window_tokens_);
  can_share_ = !llama_model_is_recurrent(weights_.get()) && !llama_model_is_hybrid(weights_.get());
}

Result<Model> Model::load(const LoadRequest& request) {
  auto summary = inspect_gguf(request.path);
  if (!summary) return tl::unexpected(std::move(summary.error()));

  forget_engine_log();
  llama_model_params parameters = llama_model_default_params();
  parameters.n_gpu_layers = request.gpu_layers;
  llama_model_ptr weights(llama_model_load_from_file(request.path.c_str(), parameters));
  if (!weights) return tl::unexpected(load_failure());
  if (llama_model_has_encoder(weights.get()) || llama_model_is_diffusion(weights.get())) {
    return fail(ErrorCode::unreadable_input,
                "is not a causal language model (" + summary->architecture + ")",
                "emend needs a model that continues text, such as Qwen2.5 or Llama.");
  }
  Model model(std::move(weights), request);
  model.description_.name = summary->name;
  model.description_.architecture = summary->architecture;
  model.description_.gpu_layers = 0;
  if (auto made = model.make_context(request); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  return model;
}

Result<void> Model::make_context(const LoadRequest& request) {
  const int cells = std::max(static_cast<int>(window_tokens_), kMinCells);
  const int batch = request.batch > 0 ? request.batch : kDefaultBatchTokens;
  const std::size_t row_bytes = std::max<std::size_t>(1, tokeniser_.size()) * sizeof(float);
  batch_outputs_ =
      std::clamp<std::size_t>(kMaxOutputBytes / row_bytes, 1, static_cast<std::size_t>(batch));

  llama_context_params parameters = llama_context_default_params();
  parameters.n_ctx = static_cast<std::uint32_t>(cells);
  parameters.n_batch = static_cast<std::uint32_t>(batch);
  parameters.n_ubatch = static_cast<std::uint32_t>(batch);
  parameters.n_outputs_max = static_cast<std::uint32_t>(batch_outputs_);
  // With a unified cache every sequence id is accepted whatever n_seq_max says, and a larger one
  // would reserve a row of logits for each.
  parameters.n_seq_max = 1;
  parameters.kv_unified = can_share_;
  parameters.n_threads = thread_count(request.threads, weights_.get());
  parameters.n_threads_batch = parameters.n_threads;
  forget_engine_log();
  context_.reset(llama_init_from_model(weights_.get(), parameters));
  if (!context_) return tl::unexpected(load_failure());
  if (llama_get_memory(context_.get()) == nullptr) {
    return fail(
        ErrorCode::unreadable_input,
        "is an encoder (" + description_.architecture + "), which cannot say how likely a text is",
        "emend needs a model that continues text, such as Qwen2.5 or Llama.");
  }
  return {};
}

std::size_t Model::batch_tokens() const {
  return llama_n_batch(context_.get());
}

std::size_t Model::cells() const {
  return llama_n_ctx(context_.get());
}

}  // namespace emend
