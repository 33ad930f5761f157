// SPDX-License-Identifier: Apache-2.0
// A data file of ours, mapped into memory: 8 bytes of magic, the SHA-256 of all that follows, then
// the rest, which is what the digest says or the file is refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "emend/error.h"

namespace emend {

class SealedFile {
 public:
  static constexpr std::size_t kDigestOffset = 8;
  static constexpr std::size_t kHashedFrom = 40;

  // Fails with not_found, io_failed or unreadable_input. Nobody may write to the file while it is
  // open: an update replaces it by a new one.
  [[nodiscard]] static Result<SealedFile> open(const std::filesystem::path& path,
                                               const std::array<char, 8>& magic);

  SealedFile() = default;
  SealedFile(SealedFile&& other) noexcept;
  SealedFile& operator=(SealedFile&& other) noexcept;
  ~SealedFile();

  [[nodiscard]] const unsigned char* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }             // at least kHashedFrom
  [[nodiscard]] const std::string& digest() const { return digest_; }  // in hex

 private:
  [[nodiscard]] Result<void> map(const std::filesystem::path& path);
  [[nodiscard]] Result<void> check(const std::array<char, 8>& magic);

  const unsigned char* data_ = nullptr;
  std::size_t size_ = 0;
  std::string digest_;
};

// unreadable_input for a data file of emend that is not what it should be.
[[nodiscard]] tl::unexpected<Error> damaged_file(const char* what);

}  // namespace emend
