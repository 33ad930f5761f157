// SPDX-License-Identifier: Apache-2.0
// What freeing a model gave back, measured. Bytes are as the kernel counts them.
//
//   #include <emend/ai.h>
//   emend::AI ai({.directory_model_path = "Models"});
//   const auto corrected = ai.run_postprocessor("Invoic of May");
//   const emend::FreeReport freed = ai.free_resources();
//   std::cout << freed.host_bytes_before - freed.host_bytes_after << " bytes given back\n";
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace emend {

// Memory of a GPU, each time as a process sees it that uses the GPU and holds no model.
struct FreedDevice {
  std::string name;
  std::string description;
  std::int64_t held_bytes = 0;       // by the model, for weights, cache and computing
  std::int64_t free_before_mib = 0;  // before the model was loaded
  std::int64_t free_loaded_mib = 0;  // while it was there
  std::int64_t free_after_mib = 0;   // now
};

struct FreeReport {
  bool was_loaded = false;  // a model was in a process of its own
  bool host_ended = false;  // false while others hold the same model
  std::int64_t host_bytes_before = 0;
  std::int64_t host_bytes_after = 0;  // 0: the process is gone
  std::vector<FreedDevice> devices;
};

}  // namespace emend
