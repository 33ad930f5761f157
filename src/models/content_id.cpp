// SPDX-License-Identifier: Apache-2.0
#include "models/content_id.h"

#include "core/ascii.h"

namespace emend {

ContentHash::ContentHash(Kind kind, std::uint64_t size_bytes)
    : digest_(kind == Kind::git ? Digest::Algorithm::sha1 : Digest::Algorithm::sha256) {
  if (kind == Kind::git) {
    std::string head = "blob " + std::to_string(size_bytes);
    head.push_back('\0');
    digest_.add(head);
  }
}

void ContentHash::add(std::string_view bytes) {
  digest_.add(bytes);
}

std::string ContentHash::finish() {
  return to_hex(digest_.finish());
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
