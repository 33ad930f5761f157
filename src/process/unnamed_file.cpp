// SPDX-License-Identifier: Apache-2.0
#include "process/unnamed_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace emend {

namespace {

tl::unexpected<Error> system_failure(const std::string& what) {
  return fail(ErrorCode::io_failed, what + ": " + std::strerror(errno),
              "TMPDIR names the folder for temporary files; is there room?");
}

}  // namespace

Result<UnnamedFile> UnnamedFile::create() {
  std::error_code problem;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(problem);
  if (problem) {
    return fail(ErrorCode::io_failed, "no folder for temporary files: " + problem.message(),
                "set TMPDIR to a folder that can be written");
  }
  std::string name = (folder / "emend-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) return system_failure(name);
  UnnamedFile unnamed(file);
  if (::unlink(name.c_str()) != 0) return system_failure(name);
  return unnamed;
}

UnnamedFile::~UnnamedFile() {
  if (file_ >= 0) ::close(file_);
}

Result<void> UnnamedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("a temporary file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> UnnamedFile::pour(const std::function<Result<void>(std::string_view)>& sink,
                               std::uint64_t from, std::uint64_t count) const {
  std::array<char, std::size_t{1} << 16U> chunk{};
  while (count > 0) {
    const auto wanted = std::min<std::uint64_t>(chunk.size(), count);
    const ssize_t got = ::pread(file_, chunk.data(), wanted, static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("a temporary file");
    if (got == 0) return {};
    from += static_cast<std::uint64_t>(got);
    count -= static_cast<std::uint64_t>(got);
    if (auto taken = sink({chunk.data(), static_cast<std::size_t>(got)}); !taken) return taken;
  }
  return {};
}

std::filesystem::path UnnamedFile::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file_);
}

}  // namespace emend
