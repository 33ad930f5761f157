// SPDX-License-Identifier: Apache-2.0
#include "models/content_id.h"

#include <openssl/evp.h>

#include <array>

#include "models/ascii.h"

namespace emend {

struct ContentHash::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(),
                                                                 &EVP_MD_CTX_free};
};

ContentHash::ContentHash(Kind kind, std::uint64_t size_bytes) : state_(std::make_unique<State>()) {
  EVP_DigestInit_ex(state_->digest.get(), kind == Kind::git ? EVP_sha1() : EVP_sha256(), nullptr);
  if (kind == Kind::git) {
    std::string head = "blob " + std::to_string(size_bytes);
    head.push_back('\0');
    add(head);
  }
}

ContentHash::ContentHash(ContentHash&&) noexcept = default;
ContentHash& ContentHash::operator=(ContentHash&&) noexcept = default;
ContentHash::~ContentHash() = default;

void ContentHash::add(std::string_view bytes) {
  EVP_DigestUpdate(state_->digest.get(), bytes.data(), bytes.size());
}

std::string ContentHash::finish() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned count = 0;
  EVP_DigestFinal_ex(state_->digest.get(), bytes.data(), &count);
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 15U];
  }
  return text;
}

ContentHash::Kind kind_of_oid(std::string_view oid) {
  return oid.size() == 40 ? ContentHash::Kind::git : ContentHash::Kind::sha256;
}

bool is_oid(std::string_view text) {
  return ascii::is_hex(text, 64) || ascii::is_hex(text, 40);
}

std::string checksum_text(std::string_view oid) {
  if (oid.empty()) return {};
  return (kind_of_oid(oid) == ContentHash::Kind::git ? "git:" : "sha256:") + std::string(oid);
}

}  // namespace emend
