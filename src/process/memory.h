// SPDX-License-Identifier: Apache-2.0
// How much memory the machine has.
#pragma once

#include <cstdint>

namespace emend {

struct SystemMemory {
  std::int64_t total_mib = 0;
  std::int64_t available_mib = 0;  // without swapping, as the kernel estimates it
};

// From /proc/meminfo (proc(5)); figures that are not there are 0.
[[nodiscard]] SystemMemory system_memory();

}  // namespace emend
