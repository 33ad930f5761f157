// SPDX-License-Identifier: Apache-2.0
// Standard input as a file, because a page worker opens its input by name.
#pragma once

#include <filesystem>
#include <stop_token>
#include <utility>

#include "emend/error.h"

namespace emend {

// A file readable by this user alone, removed when this object goes.
class SpooledInput {
 public:
  // Copies `descriptor` to its end into a new file in the folder for temporary files. Fails with
  // io_failed, or cancelled when `stop` is requested while nothing comes.
  [[nodiscard]] static Result<SpooledInput> from(int descriptor, const std::stop_token& stop);

  SpooledInput(SpooledInput&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  SpooledInput& operator=(SpooledInput&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~SpooledInput();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit SpooledInput(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace emend
