// SPDX-License-Identifier: Apache-2.0
// A file of the user's, open for reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "emend/error.h"

namespace emend {

class File {
 public:
  // Fails with not_found, or io_failed when it cannot be read or is no ordinary file.
  [[nodiscard]] static Result<File> open(const std::filesystem::path& path);

  [[nodiscard]] std::uintmax_t size() const { return size_; }
  [[nodiscard]] std::FILE* stream() const { return stream_.get(); }

  // The first bytes, at most `count`. The stream is at its start again afterwards.
  [[nodiscard]] Result<std::vector<std::uint8_t>> read_start(std::size_t count) const;

 private:
  struct Close {
    void operator()(std::FILE* stream) const { std::fclose(stream); }
  };
  File(std::FILE* stream, std::uintmax_t size) : stream_(stream), size_(size) {}

  std::unique_ptr<std::FILE, Close> stream_;
  std::uintmax_t size_;
};

}  // namespace emend
