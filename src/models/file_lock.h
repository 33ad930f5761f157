// SPDX-License-Identifier: Apache-2.0
// One process at a time, by a lock that the kernel takes back when its holder dies.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <utility>

#include "emend/error.h"
#include "models/clock.h"

namespace emend {

// Holds the lock until it is destroyed. It is flock(2), which huggingface_hub uses on the same
// files, so that it and emend wait for each other too.
class FileLock {
 public:
  // Waits for as long as another holds the lock; `while_waiting` is called now and then meanwhile.
  // Fails with io_failed, or cancelled when `stop` is requested. A file system without locks gives
  // none, and no failure: writing side by side is found out by the checksum.
  [[nodiscard]] static Result<FileLock> acquire(const std::filesystem::path& path, Clock& clock,
                                                const std::function<void()>& while_waiting,
                                                const std::stop_token& stop);

  FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~FileLock();

 private:
  explicit FileLock(int file) : file_(file) {}

  int file_ = -1;
};

}  // namespace emend
