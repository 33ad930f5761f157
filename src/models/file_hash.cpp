// SPDX-License-Identifier: Apache-2.0
#include "models/file_hash.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

namespace emend {

namespace {

struct Stamp {
  std::uintmax_t size = 0;
  std::filesystem::file_time_type changed;

  friend bool operator==(const Stamp&, const Stamp&) = default;
};

// What is known already.
struct Known {
  std::mutex mutex;
  std::map<std::filesystem::path, std::pair<Stamp, std::string>> hashes;
};

Known& known() {
  static Known all;
  return all;
}

Result<Stamp> stamp_of(const std::filesystem::path& path) {
  std::error_code problem;
  Stamp stamp;
  stamp.size = std::filesystem::file_size(path, problem);
  if (!problem) stamp.changed = std::filesystem::last_write_time(path, problem);
  if (!problem) return stamp;
  const bool absent = problem == std::errc::no_such_file_or_directory;
  return fail(absent ? ErrorCode::not_found : ErrorCode::io_failed,
              path.string() + ": " + problem.message());
}

std::string hex(const unsigned char* bytes, std::size_t count) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 15U];
  }
  return text;
}

Result<std::string> computed(const std::filesystem::path& path) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                       &EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  std::ifstream file(path, std::ios::binary);
  std::vector<char> part(std::size_t{1} << 20U);
  while (file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    EVP_DigestUpdate(digest.get(), part.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) {
    return fail(ErrorCode::io_failed,
                path.string() + " cannot be read: " + std::generic_category().message(errno));
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned count = 0;
  EVP_DigestFinal_ex(digest.get(), bytes.data(), &count);
  return hex(bytes.data(), count);
}

}  // namespace

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
  auto stamp = stamp_of(path);
  if (!stamp) return tl::unexpected(std::move(stamp.error()));
  {
    const std::lock_guard lock(known().mutex);
    const auto found = known().hashes.find(path);
    if (found != known().hashes.end() && found->second.first == *stamp) {
      return found->second.second;
    }
  }
  auto hash = computed(path);
  if (!hash) return hash;
  const std::lock_guard lock(known().mutex);
  known().hashes[path] = {*stamp, *hash};
  return hash;
}

}  // namespace emend
