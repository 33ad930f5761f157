// SPDX-License-Identifier: Apache-2.0
// What options and environment together decide, read once for each call of the public functions.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "emend/models.h"

namespace emend {

struct StoreSettings {
  std::filesystem::path folder;                     // plain folder; empty = the hub's cache
  std::filesystem::path cache;                      // the hub's cache, where downloads go
  std::vector<std::filesystem::path> other_caches;  // looked into, never written to
  std::string endpoint = "https://huggingface.co";  // without a slash at its end
  std::string token;
  std::string certificates;  // a file of them that the user wants trusted; empty = the system's
  bool may_download = true;
  bool is_offline = false;

  std::chrono::milliseconds connect_timeout{20'000};
  std::chrono::milliseconds stall_timeout{30'000};  // without a thousand bytes a second
  int attempts = 5;                                 // in a row that bring nothing new
  std::chrono::milliseconds first_wait{1'000};      // doubled from attempt to attempt
  std::chrono::milliseconds longest_wait{300'000};  // asked for by the hub; beyond it we give up
};

// Fails with invalid_argument when there is no place for models, or the endpoint is no address.
[[nodiscard]] Result<StoreSettings> settings_from(const StoreOptions& options);

// Where emend notes the hashes of files that it has read; nothing when there is no place for it.
[[nodiscard]] std::optional<std::filesystem::path> checksum_folder();

}  // namespace emend
