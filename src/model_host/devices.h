// SPDX-License-Identifier: Apache-2.0
// Where a model can run besides the CPU.
//
// GPU support is a plug-in: a ggml backend library of the same ggml version, in a folder of its
// own. It is loaded only when it is asked for, since merely looking at a GPU takes time and memory
// of it.
#pragma once

#include <ggml-backend.h>

#include <string>
#include <vector>

#include "emend/doctor.h"  // Device

namespace emend {

// Loads the backends of backend_directories() (process/locations.h) and of GGML_BACKEND_PATH.
// Returns what could not be loaded and why, one line each. Later calls do nothing.
std::vector<std::string> load_backends();

// GPUs that models may use, in llama.cpp's order; empty before load_backends() unless ggml was
// built with one.
[[nodiscard]] std::vector<ggml_backend_dev_t> gpu_devices();

// All devices, the CPU too, with the memory that is free now.
[[nodiscard]] std::vector<Device> described_devices();
[[nodiscard]] Device described(ggml_backend_dev_t device);

}  // namespace emend
