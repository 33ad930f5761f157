// SPDX-License-Identifier: Apache-2.0
// Message digests (FIPS 180-4, by OpenSSL), to know that a file is whole and which one it is.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace emend {

// Computes the digest of bytes as they come.
class Digest {
 public:
  // SHA-1 is for git's names of objects only; it protects nothing.
  enum class Algorithm { sha1, sha256 };

  explicit Digest(Algorithm algorithm);
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();

  void add(std::string_view bytes);
  // The digest itself, 20 or 32 bytes. Nothing may be added after it.
  [[nodiscard]] std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256(std::string_view bytes);  // 32 bytes
[[nodiscard]] std::string to_hex(std::string_view bytes);  // lower case

}  // namespace emend
