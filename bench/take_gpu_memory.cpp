// SPDX-License-Identifier: Apache-2.0
// take_gpu_memory LEAVE_MIB: holds the memory of the first GPU but for LEAVE_MIB, so that another
// process finds it nearly full. Says how many MiB it took and keeps them until standard input ends.
#include <ggml-backend.h>
#include <llama.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "model_host/devices.h"

namespace {

constexpr std::size_t kMib = std::size_t{1} << 20U;
constexpr std::size_t kPieceMib = 256;  // drivers refuse very large pieces

using Buffer = std::unique_ptr<ggml_backend_buffer, decltype(&ggml_backend_buffer_free)>;

std::size_t free_mib(ggml_backend_dev_t device) {
  std::size_t free = 0;
  std::size_t total = 0;
  ggml_backend_dev_memory(device, &free, &total);
  return free / kMib;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: take_gpu_memory LEAVE_MIB\n", stderr);
    return 2;
  }
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  static_cast<void>(emend::load_backends());
  const auto gpus = emend::gpu_devices();
  if (gpus.empty()) {
    std::fputs("there is no GPU\n", stderr);
    return 1;
  }
  ggml_backend_dev_t gpu = gpus.front();
  const auto leave = static_cast<std::size_t>(std::atoll(argv[1]));
  const std::size_t there = free_mib(gpu);
  const std::size_t wanted = there > leave ? there - leave : 0;
  std::vector<Buffer> pieces;
  std::size_t taken = 0;
  while (taken + kPieceMib <= wanted) {
    ggml_backend_buffer* piece =
        ggml_backend_buft_alloc_buffer(ggml_backend_dev_buffer_type(gpu), kPieceMib * kMib);
    if (piece == nullptr) break;
    ggml_backend_buffer_clear(piece, 0);  // a page that nobody wrote to may not be there yet
    pieces.emplace_back(piece, &ggml_backend_buffer_free);
    taken += kPieceMib;
  }
  std::printf("%zu\n", taken);
  std::fflush(stdout);
  while (std::getchar() != EOF) continue;
  return 0;
}
