// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace emend {

Result<File> File::open(const std::filesystem::path& path) {
  // Without O_NONBLOCK a named pipe would make this wait for ever.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const int problem = errno;
    if (problem == ENOENT || problem == ENOTDIR) {
      return fail(ErrorCode::not_found, "no such file");
    }
    return fail(ErrorCode::io_failed,
                "cannot be opened: " + std::generic_category().message(problem));
  }
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorCode::io_failed,
                S_ISDIR(status.st_mode) ? "is a folder" : "is no ordinary file");
  }
  std::FILE* stream = fdopen(descriptor, "rb");
  if (stream == nullptr) {
    ::close(descriptor);
    return fail(ErrorCode::io_failed, "cannot be opened");
  }
  return File(stream, static_cast<std::uintmax_t>(status.st_size));
}

Result<std::vector<std::uint8_t>> File::read_start(std::size_t count) const {
  std::vector<std::uint8_t> bytes(std::min<std::uintmax_t>(count, size_));
  std::rewind(stream_.get());
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), stream_.get()));
  const bool has_failed = std::ferror(stream_.get()) != 0;
  std::rewind(stream_.get());
  if (has_failed) return fail(ErrorCode::io_failed, "cannot be read");
  return bytes;
}

}  // namespace emend
