// SPDX-License-Identifier: Apache-2.0
#include "process/memory.h"

#include <fstream>
#include <string>

namespace emend {

SystemMemory system_memory() {
  SystemMemory memory;
  std::ifstream info("/proc/meminfo");
  std::string key;
  std::int64_t kib = 0;
  for (std::string rest; info >> key >> kib && std::getline(info, rest);) {
    if (key == "MemTotal:") memory.total_mib = kib / 1024;
    if (key == "MemAvailable:") memory.available_mib = kib / 1024;
  }
  return memory;
}

}  // namespace emend
