// SPDX-License-Identifier: Apache-2.0
#include "model_host/model.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "model_host/chat.h"
#include "model_host/devices.h"
#include "model_host/engine_log.h"
#include "process/container.h"

namespace emend {

namespace {

constexpr std::size_t kMaxOutputBytes = std::size_t{128} << 20U;
// A thread with less than this to do waits for the others most of the time.
constexpr std::uint64_t kParametersPerThread = 25'000'000;

constexpr const char* kNeedContinuing =
    "emend needs a model that continues text, such as Qwen2.5 or Llama.";

// llama.cpp's flash attention on the CPU has a fast way for batches of 64 tokens and more. Below
// that it is slower than none: measured, with heads of 64 numbers by half, and with heads of 128
// behind a thousand tokens by a sixth of all (bench/rewrite_speed.py).
bool suits_flash_attention(const LoadRequest& request, const Placement& placement) {
  return !request.small_batches || placement.gpu_layers > 0;
}

int thread_count(int asked, const llama_model* weights) {
  if (asked > 0) return asked;
  const auto cores = static_cast<std::uint64_t>(usable_cores());
  const std::uint64_t useful = llama_model_n_params(weights) / kParametersPerThread;
  return static_cast<int>(std::clamp<std::uint64_t>(useful, 1, cores));
}

Error load_failure() {
  const std::string reason = engine_log_reason();
  if (engine_log_tells_of_memory()) {
    return {ErrorCode::limit_exceeded, "there is not enough memory: " + reason,
            "Choose a smaller model or a stronger quantization of it."};
  }
  const std::string version = llama_version();
  return {ErrorCode::unreadable_input,
          "llama.cpp cannot load it: " + (reason.empty() ? "no reason given" : reason),
          "This emend has llama.cpp " + version +
              ". The file may be damaged, or of a kind that this version does not know."};
}

// No GPU at all is something else than no layers on a GPU: without this, llama.cpp sends large
// batches there even when the weights are on the CPU.
std::vector<ggml_backend_dev_t> devices_for(const Placement& placement) {
  std::vector<ggml_backend_dev_t> devices;
  if (placement.gpu_layers > 0) devices = gpu_devices();
  devices.push_back(nullptr);  // the end of the list
  return devices;
}

std::vector<Device> described_gpus() {
  std::vector<Device> gpus;
  for (ggml_backend_dev_t gpu : gpu_devices()) gpus.push_back(described(gpu));
  return gpus;
}

}  // namespace

Model::Model(llama_model_ptr weights)
    : weights_(std::move(weights)), tokeniser_(llama_model_get_vocab(weights_.get())) {
  can_share_ = !llama_model_is_recurrent(weights_.get()) && !llama_model_is_hybrid(weights_.get());
}

Result<Model> Model::load(const LoadRequest& request) {
  auto summary = inspect_gguf(request.path);
  if (!summary) return tl::unexpected(std::move(summary.error()));
  const auto gpus = request.gpu_layers == 0 ? std::vector<Device>() : described_gpus();
  const auto list = placements(summary->needs, request, gpus);
  Error error{ErrorCode::limit_exceeded, "every way to run it has failed",
              "Choose a smaller model or a stronger quantization of it."};
  for (std::size_t i = static_cast<std::size_t>(request.fallback); i < list.size(); ++i) {
    auto model = load_as(request, *summary, list[i]);
    if (model) model->describe(static_cast<int>(i), gpus);
    if (model || model.error().code != ErrorCode::limit_exceeded) return model;
    error = std::move(model.error());
  }
  return tl::unexpected(std::move(error));
}

Result<Model> Model::load_as(const LoadRequest& request, const GgufSummary& summary,
                             const Placement& placement) {
  forget_engine_log();
  auto devices = devices_for(placement);
  llama_model_params parameters = llama_model_default_params();
  parameters.devices = devices.data();
  parameters.n_gpu_layers = placement.gpu_layers;
  llama_model_ptr weights(llama_model_load_from_file(request.path.c_str(), parameters));
  if (!weights) return tl::unexpected(load_failure());
  if (llama_model_has_encoder(weights.get()) || llama_model_is_diffusion(weights.get())) {
    return fail(ErrorCode::unreadable_input,
                "is not a causal language model (" + summary.architecture + ")", kNeedContinuing);
  }
  Model model(std::move(weights));
  if (auto made = model.make_context(request, placement); !made) {
    return tl::unexpected(std::move(made.error()));
  }
  if (llama_get_memory(model.context()) == nullptr) {
    return fail(
        ErrorCode::unreadable_input,
        "is an encoder (" + summary.architecture + "), which cannot say how likely a text is",
        kNeedContinuing);
  }
  model.describe(summary, placement);
  model.open_conversation();
  return model;
}

Result<void> Model::make_context(const LoadRequest& request, const Placement& placement) {
  const auto batch = static_cast<std::size_t>(placement.batch);
  const std::size_t row_bytes = std::max<std::size_t>(1, tokeniser_.size()) * sizeof(float);
  batch_outputs_ = std::clamp<std::size_t>(kMaxOutputBytes / row_bytes, 1, batch);

  llama_context_params parameters = llama_context_default_params();
  parameters.n_ctx = static_cast<std::uint32_t>(cache_tokens(placement.context));
  parameters.n_batch = static_cast<std::uint32_t>(batch);
  parameters.n_ubatch = static_cast<std::uint32_t>(batch);
  parameters.n_outputs_max = static_cast<std::uint32_t>(batch_outputs_);
  // With a unified cache every sequence id is accepted whatever n_seq_max says, and a larger one
  // would reserve a row of logits for each.
  parameters.n_seq_max = 1;
  parameters.kv_unified = can_share_;
  parameters.n_threads = thread_count(request.threads, weights_.get());
  parameters.n_threads_batch = parameters.n_threads;
  parameters.offload_kqv = placement.gpu_layers > 0;
  parameters.op_offload = placement.gpu_layers > 0;
  if (!suits_flash_attention(request, placement)) {
    parameters.flash_attn_type = LLAMA_FLASH_ATTN_TYPE_DISABLED;
  }
  context_.reset(llama_init_from_model(weights_.get(), parameters));
  if (!context_) return tl::unexpected(load_failure());
  return {};
}

// With a small context the text matters more than what is said before it.
void Model::open_conversation() {
  opening_ = tokeniser_.beginning();
  const std::vector<Token> chat = chat_opening(weights_.get());
  if (chat.size() > window_tokens() / 4) return;
  opening_.insert(opening_.end(), chat.begin(), chat.end());
  description_.is_instruct = !chat.empty();
}

void Model::describe(const GgufSummary& summary, const Placement& placement) {
  description_.name = summary.name;
  description_.architecture = summary.architecture;
  description_.parameters = llama_model_n_params(weights_.get());
  description_.layers = llama_model_n_layer(weights_.get()) + 1;
  description_.gpu_layers = std::min(placement.gpu_layers, description_.layers);
  description_.context = placement.context;
  description_.batch = placement.batch;
}

void Model::describe(int fallback, const std::vector<Device>& gpus_before) {
  description_.fallback = fallback;
  if (description_.gpu_layers == 0) return;
  for (const Device& gpu : gpus_before) {
    description_.gpus.push_back(
        {gpu.name, gpu.description, engine_log_bytes_on(gpu.name), gpu.memory_free_mib});
  }
}

std::size_t Model::window_tokens() const {
  return static_cast<std::size_t>(description_.context);
}

std::size_t Model::batch_tokens() const {
  return llama_n_batch(context_.get());
}

std::size_t Model::cells() const {
  return llama_n_ctx(context_.get());
}

}  // namespace emend
