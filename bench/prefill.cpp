// SPDX-License-Identifier: Apache-2.0
// prefill MODEL BATCH THREADS GPU_LAYERS: what llama-bench measures as its prompt test (-p -b -ub
// -t -ngl -n 0), step by step. For each line of standard input, the number of tokens, it computes
// so many tokens of one sequence, BATCH at a time with the last one's result only, and answers with
// the seconds that this took.
#include <ggml-backend.h>
#include <llama-cpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "model_host/devices.h"

namespace {

struct Prefill {
  llama_model_ptr model;
  llama_context_ptr context;
  int batch;
};

Prefill loaded(const char* path, int batch, int threads, int gpu_layers) {
  Prefill prefill{.model = nullptr, .context = nullptr, .batch = batch};
  llama_model_params model = llama_model_default_params();
  ggml_backend_dev_t none = nullptr;
  if (gpu_layers == 0) model.devices = &none;
  model.n_gpu_layers = gpu_layers;
  prefill.model.reset(llama_model_load_from_file(path, model));
  if (!prefill.model) return prefill;
  llama_context_params context = llama_context_default_params();
  context.n_ctx = 1024;
  context.n_batch = static_cast<std::uint32_t>(batch);
  context.n_ubatch = static_cast<std::uint32_t>(batch);
  context.n_threads = threads;
  context.n_threads_batch = threads;
  context.offload_kqv = gpu_layers != 0;
  context.op_offload = gpu_layers != 0;
  prefill.context.reset(llama_init_from_model(prefill.model.get(), context));
  return prefill;
}

bool computed(const Prefill& prefill, int tokens, std::uint32_t& seed) {
  const int vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(prefill.model.get()));
  llama_memory_clear(llama_get_memory(prefill.context.get()), false);
  for (int done = 0; done < tokens;) {
    std::vector<llama_token> part(static_cast<std::size_t>(std::min(prefill.batch, tokens - done)));
    for (llama_token& token : part) {
      seed = seed * 1664525U + 1013904223U;
      token = static_cast<llama_token>((seed >> 8U) % static_cast<std::uint32_t>(vocabulary));
    }
    const int count = static_cast<int>(part.size());
    if (llama_decode(prefill.context.get(), llama_batch_get_one(part.data(), count)) != 0) {
      return false;
    }
    done += count;
  }
  llama_synchronize(prefill.context.get());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: prefill MODEL BATCH THREADS GPU_LAYERS\n", stderr);
    return 2;
  }
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  if (std::atoi(argv[4]) != 0) static_cast<void>(emend::load_backends());
  llama_backend_init();
  const Prefill prefill =
      loaded(argv[1], std::atoi(argv[2]), std::atoi(argv[3]), std::atoi(argv[4]));
  if (!prefill.context) {
    std::fprintf(stderr, "%s cannot be loaded\n", argv[1]);
    return 1;
  }
  std::uint32_t seed = 1;
  for (std::string line; std::getline(std::cin, line);) {
    const auto start = std::chrono::steady_clock::now();
    if (!computed(prefill, std::atoi(line.c_str()), seed)) return 1;
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << seconds.count() << std::endl;
  }
  return 0;
}
