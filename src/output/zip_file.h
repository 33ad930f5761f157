// SPDX-License-Identifier: Apache-2.0
// A ZIP archive that is written part by part, without a time in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "emend/error.h"

namespace emend {

class ZipFile {
 public:
  // Fails with io_failed, as everything here does.
  [[nodiscard]] static Result<ZipFile> create(const std::filesystem::path& path);

  // Ends the member before it, if there is one, and begins the next.
  [[nodiscard]] Result<void> begin(const std::string& name);
  [[nodiscard]] Result<void> write(std::string_view bytes);
  // A whole member.
  [[nodiscard]] Result<void> add(const std::string& name, std::string_view bytes);
  // Ends the archive. Call once, last.
  [[nodiscard]] Result<void> finish();

 private:
  struct Close {
    void operator()(void* archive) const;
  };
  explicit ZipFile(void* archive) : archive_(archive) {}

  std::unique_ptr<void, Close> archive_;
  bool has_member_ = false;
};

}  // namespace emend
