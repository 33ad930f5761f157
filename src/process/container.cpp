// SPDX-License-Identifier: Apache-2.0
#include "process/container.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBytesPerMib = std::int64_t{1} << 20U;
// Version 1 writes "no limit" as a number near 2^63, rounded down to a page.
constexpr std::int64_t kNoLimitBytes = std::int64_t{1} << 60U;

// Nothing where the file is not there or says "max".
std::optional<std::int64_t> number_in(const fs::path& path) {
  std::ifstream file(path);
  std::int64_t value = 0;
  if (file >> value) return value;
  return std::nullopt;
}

template <typename Number>
void lower(Number& limit, Number found) {
  if (found > 0 && (limit == 0 || found < limit)) limit = found;
}

void lower_memory(ContainerLimits& limits, const fs::path& file) {
  const auto bytes = number_in(file);
  if (!bytes || *bytes >= kNoLimitBytes) return;
  lower(limits.memory_mib, std::max<std::int64_t>(1, *bytes / kBytesPerMib));
}

void look_in_version_2(ContainerLimits& limits, const fs::path& group) {
  lower_memory(limits, group / "memory.max");
  std::ifstream file(group / "cpu.max");
  double quota = 0;
  double period = 0;
  if (file >> quota >> period && period > 0) lower(limits.cpus, quota / period);
}

void look_in_version_1(ContainerLimits& limits, const fs::path& root) {
  lower_memory(limits, root / "memory" / "memory.limit_in_bytes");
  const auto quota = number_in(root / "cpu" / "cpu.cfs_quota_us");
  const auto period = number_in(root / "cpu" / "cpu.cfs_period_us");
  if (!quota || !period || *quota <= 0 || *period <= 0) return;
  lower(limits.cpus, static_cast<double>(*quota) / static_cast<double>(*period));
}

// The line "0::/a/b" names the group of version 2.
std::optional<fs::path> own_group(const fs::path& membership) {
  std::ifstream file(membership);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("0::/")) return fs::path(line.substr(4));
  }
  return std::nullopt;
}

}  // namespace

ContainerLimits container_limits(const fs::path& root, const fs::path& membership) {
  ContainerLimits limits;
  look_in_version_1(limits, root);
  // In a container the name is often that which the group has outside, and its files are at the
  // root.
  look_in_version_2(limits, root);
  const auto group = own_group(membership);
  if (!group) return limits;
  fs::path at = root;
  for (const fs::path& part : *group) {
    if (part.empty() || part == "..") continue;
    at /= part;
    look_in_version_2(limits, at);
  }
  return limits;
}

int usable_cores() {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const double share = container_limits().cpus;
  return share > 0 ? std::clamp(static_cast<int>(std::ceil(share)), 1, cores) : cores;
}

}  // namespace emend
