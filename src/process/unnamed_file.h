// SPDX-License-Identifier: Apache-2.0
// A temporary file without a name: nothing stays behind, however this process ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <utility>

#include "emend/error.h"

namespace emend {

class UnnamedFile {
 public:
  // In the folder for temporary files. Fails with io_failed.
  [[nodiscard]] static Result<UnnamedFile> create();

  UnnamedFile(UnnamedFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  UnnamedFile& operator=(UnnamedFile&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~UnnamedFile();

  // Adds to its end. Fails with io_failed.
  [[nodiscard]] Result<void> write(std::string_view bytes);

  // Hands what is in it to `sink`, a piece at a time. Fails with io_failed or as the sink does.
  [[nodiscard]] Result<void> pour(const std::function<Result<void>(std::string_view)>& sink,
                                  std::uint64_t from = 0, std::uint64_t count = UINT64_MAX) const;

  // How this process and its children open it, as long as this object lives.
  [[nodiscard]] std::filesystem::path path() const;

 private:
  explicit UnnamedFile(int file) : file_(file) {}

  int file_ = -1;
};

}  // namespace emend
