// SPDX-License-Identifier: Apache-2.0
#include "model_host/placement.h"

#include <algorithm>
#include <numeric>

#include "emend/options.h"

namespace emend {

namespace {

constexpr std::uint64_t kMib = std::uint64_t{1} << 20U;

constexpr int kDefaultContext = 1024;
// Room for several texts beside each other.
constexpr int kMinCacheTokens = 1024;
// Fewer tokens at a time keep a request shared with others short; a CPU gains little beyond this.
constexpr int kCpuBatch = 256;
constexpr int kGpuBatch = 512;
constexpr int kSmallBatch = 64;
constexpr int kSmallestContext = 256;

// A model below this runs before a GPU has woken up.
constexpr std::uint64_t kWorthAGpu = 64 * kMib;
// Programs, kernels and pools of the driver, beside what llama.cpp asks for.
constexpr std::uint64_t kDriver = 64 * kMib;

std::uint64_t margin(const Device& gpu) {
  const std::uint64_t total = static_cast<std::uint64_t>(gpu.memory_total_mib) * kMib;
  return std::clamp<std::uint64_t>(total / 16, 128 * kMib, 1024 * kMib);
}

int layer_count(const ModelNeeds& needs) {
  return static_cast<int>(needs.layers.size()) + 1;  // the output counts as one
}

int asked_layers(const ModelNeeds& needs, const LoadRequest& request, int fitting) {
  if (request.gpu_layers == kAllGpuLayers) return layer_count(needs);
  if (request.gpu_layers == kAutoGpuLayers) {
    return needs.weights() < kWorthAGpu ? 0 : fitting;
  }
  return std::clamp(request.gpu_layers, 0, layer_count(needs));
}

void add(std::vector<Placement>& list, const Placement& placement) {
  if (std::find(list.begin(), list.end(), placement) == list.end()) list.push_back(placement);
}

}  // namespace

std::uint64_t ModelNeeds::weights() const {
  return std::accumulate(layers.begin(), layers.end(), output + input);
}

int cache_tokens(int context) {
  return std::max(context, kMinCacheTokens);
}

int layers_that_fit(const ModelNeeds& needs, int context, int batch, std::span<const Device> gpus) {
  const std::uint64_t working =
      kDriver + static_cast<std::uint64_t>(batch) * needs.working_per_batch_token;
  std::uint64_t free = 0;
  for (const Device& gpu : gpus) {
    const std::uint64_t there = static_cast<std::uint64_t>(gpu.memory_free_mib) * kMib;
    const std::uint64_t taken = margin(gpu) + working;
    free += there > taken ? there - taken : 0;
  }
  const std::uint64_t cache =
      static_cast<std::uint64_t>(cache_tokens(context)) * needs.cache_per_token_and_layer;
  if (free < needs.output) return 0;
  free -= needs.output;
  int count = 1;
  for (auto layer = needs.layers.rbegin(); layer != needs.layers.rend(); ++layer) {
    if (free < *layer + cache) break;
    free -= *layer + cache;
    ++count;
  }
  return count;
}

std::vector<Placement> placements(const ModelNeeds& needs, const LoadRequest& request,
                                  std::span<const Device> gpus) {
  int context = request.context > 0 ? request.context : kDefaultContext;
  if (needs.trained_context > 0) context = std::min(context, needs.trained_context);
  const int gpu_batch = request.batch > 0 ? request.batch : kGpuBatch;
  const int cpu_batch = request.batch > 0 ? request.batch : kCpuBatch;

  std::vector<Placement> list;
  const int fitting = gpus.empty() ? 0 : layers_that_fit(needs, context, gpu_batch, gpus);
  const int asked = gpus.empty() ? 0 : asked_layers(needs, request, fitting);
  if (asked > 0) {
    add(list, {asked, context, gpu_batch});
    const int next = fitting > 0 && fitting < asked ? fitting : asked / 2;
    for (const int layers : {next, next / 2, next / 4}) {
      if (layers > 0) add(list, {layers, context, std::min(gpu_batch, kCpuBatch)});
    }
  }
  const int small_batch = std::min(cpu_batch, kSmallBatch);
  add(list, {0, context, cpu_batch});
  add(list, {0, context, small_batch});
  add(list, {0, std::min(context, std::max(context / 2, kSmallestContext)), small_batch});
  return list;
}

}  // namespace emend
