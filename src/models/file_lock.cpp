// SPDX-License-Identifier: Apache-2.0
#include "models/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "models/partial_file.h"

namespace emend {

namespace {

constexpr Clock::Duration kPause{100};

// Whether `file` is still what the path leads to: a holder may delete its lock's file at the end,
// and a lock on a deleted file keeps nobody out.
bool is_at(int file, const std::filesystem::path& path) {
  struct stat ours {};
  struct stat there {};
  return ::fstat(file, &ours) == 0 && ::stat(path.c_str(), &there) == 0 &&
         ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::filesystem::path& path, Clock& clock,
                                   const std::function<void()>& while_waiting,
                                   const std::stop_token& stop) {
  std::error_code problem;
  std::filesystem::create_directories(path.parent_path(), problem);
  if (problem) return tl::unexpected(write_error(path, problem.value()));
  while (!stop.stop_requested()) {
    FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (lock.file_ < 0) return tl::unexpected(write_error(path, errno));
    const bool is_locked = ::flock(lock.file_, LOCK_EX | LOCK_NB) == 0;
    if (!is_locked && errno != EWOULDBLOCK && errno != EINTR) return lock;
    if (is_locked && is_at(lock.file_, path)) return lock;
    if (is_locked) continue;
    if (while_waiting) while_waiting();
    clock.sleep(kPause, stop);
  }
  return fail(ErrorCode::cancelled, "stopped");
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace emend
