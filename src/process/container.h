// SPDX-License-Identifier: Apache-2.0
// What the container or service that this process runs in may use, which is often less than what
// the machine has.
#pragma once

#include <cstdint>
#include <filesystem>

namespace emend {

// 0 = no limit, or none that can be seen.
struct ContainerLimits {
  std::int64_t memory_mib = 0;
  double cpus = 0;

  friend bool operator==(const ContainerLimits&, const ContainerLimits&) = default;
};

// From the control group of this process and those above it (cgroups(7)): memory.max and cpu.max of
// version 2, or what version 1 calls them. `root` and `membership` are other places for tests.
[[nodiscard]] ContainerLimits container_limits(
    const std::filesystem::path& root = "/sys/fs/cgroup",
    const std::filesystem::path& membership = "/proc/self/cgroup");

// The cores that this process may use: those that it may be scheduled on, and no more than its
// container's share of time. At least 1.
[[nodiscard]] int usable_cores();

}  // namespace emend
