// SPDX-License-Identifier: Apache-2.0
// Standard input as a file, because a page worker opens its input by name.
#pragma once

#include <filesystem>
#include <stop_token>
#include <utility>

#include "emend/error.h"

namespace emend {

// A file that has no name any more, so that nothing stays behind however this process ends.
// Children of this process open it by path().
class SpooledInput {
 public:
  // Copies `descriptor` to its end into a new file in the folder for temporary files. Fails with
  // io_failed, or cancelled when `stop` is requested while nothing comes.
  [[nodiscard]] static Result<SpooledInput> from(int descriptor, const std::stop_token& stop);

  SpooledInput(SpooledInput&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  SpooledInput& operator=(SpooledInput&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~SpooledInput();

  [[nodiscard]] std::filesystem::path path() const;

 private:
  explicit SpooledInput(int file) : file_(file) {}

  int file_ = -1;
};

}  // namespace emend
