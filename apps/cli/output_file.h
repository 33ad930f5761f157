// SPDX-License-Identifier: Apache-2.0
// A place for results that never shows a half-written file under its final name.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "emend/error.h"

namespace emend::cli {

// A regular file is written beside its final name and renamed by commit(); what was not committed
// is removed. Standard output and special files (/dev/...) are written as they are.
class OutputFile {
 public:
  // Fails with io_failed when it cannot be written, before any work is done.
  [[nodiscard]] static Result<OutputFile> open(const std::filesystem::path& path);
  [[nodiscard]] static OutputFile standard_output();

  OutputFile(OutputFile&& other) noexcept = default;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  [[nodiscard]] Result<void> write(std::string_view bytes);
  // Everything is on its way to the disk and under its final name. Call once, last.
  [[nodiscard]] Result<void> commit();

 private:
  struct Closer {
    void operator()(std::FILE* file) const;
  };
  using File = std::unique_ptr<std::FILE, Closer>;

  OutputFile(File file, std::filesystem::path path, std::filesystem::path temporary);
  void discard();
  [[nodiscard]] tl::unexpected<Error> failure() const;

  File file_;
  std::filesystem::path path_;
  std::filesystem::path temporary_;  // empty when path_ itself is written
};

}  // namespace emend::cli
