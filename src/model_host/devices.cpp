// SPDX-License-Identifier: Apache-2.0
#include "model_host/devices.h"

#include <ggml-backend.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace emend {

using nlohmann::json;

namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

// ggml calls all of a CPU's memory free; the kernel knows better.
std::int64_t available_memory_mib() {
  std::ifstream info("/proc/meminfo");
  std::string key;
  std::int64_t kib = 0;
  for (std::string rest; info >> key >> kib && std::getline(info, rest);) {
    if (key == "MemAvailable:") return kib / 1024;
  }
  return 0;
}

json described(ggml_backend_dev_t device) {
  std::size_t free = 0;
  std::size_t total = 0;
  ggml_backend_dev_memory(device, &free, &total);
  const auto type = ggml_backend_dev_type(device);
  const bool is_gpu = type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU;
  const bool is_cpu = type == GGML_BACKEND_DEVICE_TYPE_CPU;
  return {{"name", ggml_backend_dev_name(device)},
          {"description", ggml_backend_dev_description(device)},
          {"is_gpu", is_gpu},
          {"memory_total_mib", total / kMebibyte},
          {"memory_free_mib",
           is_cpu ? available_memory_mib() : static_cast<std::int64_t>(free / kMebibyte)}};
}

}  // namespace

json described_engine() {
  json devices = json::array();
  for (std::size_t i = 0; i < ggml_backend_dev_count(); ++i) {
    devices.push_back(described(ggml_backend_dev_get(i)));
  }
  return {{"engine", "llama.cpp " EMEND_LLAMA_VERSION}, {"devices", std::move(devices)}};
}

}  // namespace emend
