// SPDX-License-Identifier: Apache-2.0
// The name that bytes have by themselves: SHA-256 for large files of the hub, and for small ones
// that git itself keeps the name of the git object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/digest.h"

namespace emend {

// Computes the name of bytes as they come.
class ContentHash {
 public:
  enum class Kind { sha256, git };

  // For Kind::git the size must be known beforehand; it is part of the name.
  explicit ContentHash(Kind kind, std::uint64_t size_bytes = 0);

  void add(std::string_view bytes);
  // Hexadecimal, in lower case. Nothing may be added after it.
  [[nodiscard]] std::string finish();

 private:
  Digest digest_;
};

// By the length of an oid of the hub: 64 digits are SHA-256, 40 are git's.
[[nodiscard]] ContentHash::Kind kind_of_oid(std::string_view oid);
[[nodiscard]] bool is_oid(std::string_view text);

// "sha256:<oid>" or "git:<oid>"; empty for an empty oid.
[[nodiscard]] std::string checksum_text(std::string_view oid);

}  // namespace emend
