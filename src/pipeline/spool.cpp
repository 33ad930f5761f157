// SPDX-License-Identifier: Apache-2.0
#include "pipeline/spool.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace emend {

namespace {

constexpr int kPollMs = 50;
constexpr std::size_t kChunkBytes = std::size_t{1} << 16U;

tl::unexpected<Error> system_failure(const std::string& what) {
  return fail(ErrorCode::io_failed, what + ": " + std::strerror(errno));
}

// 0 at the end of the input.
Result<std::size_t> read_some(int descriptor, std::array<char, kChunkBytes>& chunk,
                              const std::stop_token& stop) {
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "standard input: stopped");
    pollfd ready{descriptor, POLLIN, 0};
    if (::poll(&ready, 1, kPollMs) <= 0) continue;
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) return system_failure("standard input");
  }
}

Result<void> write_all(int file, const char* bytes, std::size_t count, const std::string& name) {
  while (count > 0) {
    const ssize_t written = ::write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(name);
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return {};
}

Result<void> copy(int from, int file, const std::string& name, const std::stop_token& stop) {
  std::array<char, kChunkBytes> chunk{};
  while (true) {
    const auto count = read_some(from, chunk, stop);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return {};
    if (auto written = write_all(file, chunk.data(), *count, name); !written) return written;
  }
}

}  // namespace

Result<SpooledInput> SpooledInput::from(int descriptor, const std::stop_token& stop) {
  std::error_code problem;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(problem);
  if (problem) {
    return fail(ErrorCode::io_failed, "no folder for temporary files: " + problem.message(),
                "set TMPDIR to a folder that can be written");
  }
  std::string name = (folder / "emend-input-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return system_failure(name);
  SpooledInput spooled(file);
  if (::unlink(name.c_str()) != 0) return system_failure(name);
  auto copied = copy(descriptor, file, name, stop);
  if (!copied) return tl::unexpected(std::move(copied.error()));
  return spooled;
}

std::filesystem::path SpooledInput::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file_);
}

SpooledInput::~SpooledInput() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace emend
