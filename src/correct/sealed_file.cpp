// SPDX-License-Identifier: Apache-2.0
#include "correct/sealed_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "core/digest.h"

namespace emend {

namespace {

constexpr std::uintmax_t kLargestFile = 1U << 30;  // far above any model, far below size_t's end

}  // namespace

tl::unexpected<Error> damaged_file(const char* what) {
  return fail(ErrorCode::unreadable_input, std::string("this data file is damaged: ") + what,
              "Install emend again; the file is part of it.");
}

Result<SealedFile> SealedFile::open(const std::filesystem::path& path,
                                    const std::array<char, 8>& magic) {
  SealedFile file;
  auto opened = file.map(path).and_then([&] { return file.check(magic); });
  if (!opened) return tl::unexpected(std::move(opened.error()));
  return file;
}

SealedFile::SealedFile(SealedFile&& other) noexcept {
  *this = std::move(other);
}

SealedFile& SealedFile::operator=(SealedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(digest_, other.digest_);
  return *this;
}

SealedFile::~SealedFile() {
  if (data_ != nullptr) ::munmap(const_cast<unsigned char*>(data_), size_);
}

Result<void> SealedFile::map(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed;
    return fail(code, std::strerror(errno));
  }
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = is_file ? static_cast<std::uintmax_t>(status.st_size) : 0;
  const bool is_plausible = size >= kHashedFrom && size <= kLargestFile;
  void* address = MAP_FAILED;
  if (is_plausible) address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int problem = errno;
  ::close(descriptor);
  if (!is_plausible) return damaged_file("its size is wrong");
  if (address == MAP_FAILED) return fail(ErrorCode::io_failed, std::strerror(problem));
  data_ = static_cast<const unsigned char*>(address);
  size_ = size;
  return {};
}

Result<void> SealedFile::check(const std::array<char, 8>& magic) {
  if (std::memcmp(data_, magic.data(), magic.size()) != 0) {
    return damaged_file("it begins as something else");
  }
  const auto digest =
      sha256({reinterpret_cast<const char*>(data_) + kHashedFrom, size_ - kHashedFrom});
  if (std::memcmp(data_ + kDigestOffset, digest.data(), digest.size()) != 0) {
    return damaged_file("its checksum does not match");
  }
  digest_ = to_hex(digest);
  return {};
}

}  // namespace emend
