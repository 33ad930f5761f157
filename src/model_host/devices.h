// SPDX-License-Identifier: Apache-2.0
// What a model can run on here.
#pragma once

#include <nlohmann/json.hpp>

namespace emend {

// The answer to {"op":"describe"}: {"engine":"llama.cpp 0.5.0","devices":[{"name","description",
// "is_gpu","memory_total_mib","memory_free_mib"},...]}. A memory of 0 is unknown. Asking a CUDA
// device for its memory makes a CUDA context, which this process gives back by ending.
[[nodiscard]] nlohmann::json described_engine();

}  // namespace emend
