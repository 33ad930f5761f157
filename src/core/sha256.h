// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), to know that a data file is whole and which one it is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace emend {

class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  void update(std::string_view bytes);
  // The digest of all bytes so far. Nothing may be added after it.
  [[nodiscard]] Digest finish();

 private:
  void add_block(const unsigned char* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> pending_{};
  std::size_t pending_size_ = 0;
  std::uint64_t total_size_ = 0;
};

[[nodiscard]] Sha256::Digest sha256(std::string_view bytes);
[[nodiscard]] std::string to_hex(const Sha256::Digest& digest);  // lower case

}  // namespace emend
