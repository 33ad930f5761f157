// SPDX-License-Identifier: Apache-2.0
#include "pipeline/spool.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace emend {

namespace {

constexpr int kPollMs = 50;
constexpr std::size_t kChunkBytes = std::size_t{1} << 16U;

// 0 at the end of the input.
Result<std::size_t> read_some(int descriptor, std::array<char, kChunkBytes>& chunk,
                              const std::stop_token& stop) {
  while (true) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "standard input: stopped");
    pollfd ready{descriptor, POLLIN, 0};
    if (::poll(&ready, 1, kPollMs) <= 0) continue;
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) {
      return fail(ErrorCode::io_failed, std::string("standard input: ") + std::strerror(errno));
    }
  }
}

}  // namespace

Result<SpooledInput> SpooledInput::empty() {
  auto file = UnnamedFile::create();
  if (!file) return tl::unexpected(std::move(file.error()));
  return SpooledInput(std::move(*file));
}

Result<SpooledInput> SpooledInput::from(int descriptor, const std::stop_token& stop) {
  auto file = UnnamedFile::create();
  if (!file) return tl::unexpected(std::move(file.error()));
  std::array<char, kChunkBytes> chunk{};
  while (true) {
    const auto count = read_some(descriptor, chunk, stop);
    if (!count) return tl::unexpected(count.error());
    if (*count == 0) return SpooledInput(std::move(*file));
    if (auto written = file->write({chunk.data(), *count}); !written) {
      return tl::unexpected(std::move(written.error()));
    }
  }
}

}  // namespace emend
