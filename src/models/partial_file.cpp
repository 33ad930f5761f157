// SPDX-License-Identifier: Apache-2.0
#include "models/partial_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr std::size_t kHeadBytes = 4;
constexpr std::size_t kPartBytes = std::size_t{1} << 20U;

// A rename is on the disk when its folder is.
void write_through_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

Error write_error(const std::filesystem::path& path, int problem) {
  const std::string reason = std::generic_category().message(problem);
  const std::string folder = path.parent_path().string();
  if (problem == ENOSPC || problem == EDQUOT) {
    return {ErrorCode::io_failed, "the disk of " + folder + " is full (" + reason + ")",
            "Make room (emend models list shows what is there) and try again; what has arrived is "
            "kept. Or set HF_HOME to a folder on a larger disk."};
  }
  if (problem == EFBIG) {
    return {ErrorCode::io_failed, path.string() + " may not grow any larger (" + reason + ")",
            "Raise the limit (ulimit -f), or choose a disk that takes files of this size."};
  }
  return {ErrorCode::io_failed, path.string() + " cannot be written: " + reason,
          "Check who owns the folder, or choose another one (HF_HOME, directory_model_path)."};
}

PartialFile::PartialFile(std::filesystem::path path, int file, ContentHash::Kind kind,
                         std::uint64_t whole_bytes)
    : path_(std::move(path)),
      file_(file),
      kind_(kind),
      whole_bytes_(whole_bytes),
      hash_(kind, whole_bytes) {}

PartialFile::PartialFile(PartialFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      kind_(other.kind_),
      whole_bytes_(other.whole_bytes_),
      size_bytes_(other.size_bytes_),
      head_(std::move(other.head_)),
      hash_(std::move(other.hash_)) {}

PartialFile& PartialFile::operator=(PartialFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(file_, other.file_);
  std::swap(kind_, other.kind_);
  std::swap(whole_bytes_, other.whole_bytes_);
  std::swap(size_bytes_, other.size_bytes_);
  std::swap(head_, other.head_);
  std::swap(hash_, other.hash_);
  return *this;
}

PartialFile::~PartialFile() {
  close();
}

void PartialFile::close() {
  if (file_ >= 0) ::close(std::exchange(file_, -1));
}

Result<PartialFile> PartialFile::open(std::filesystem::path path, ContentHash::Kind kind,
                                      std::uint64_t size_bytes, const HashProgress& progress) {
  std::error_code problem;
  std::filesystem::create_directories(path.parent_path(), problem);
  if (problem) return tl::unexpected(write_error(path, problem.value()));
  // No link is followed: nobody who shares the folder makes us write somewhere else.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) return tl::unexpected(write_error(path, errno));
  PartialFile partial(std::move(path), file, kind, size_bytes);
  if (auto read = partial.take_in_what_is_there(progress); !read) {
    return tl::unexpected(std::move(read.error()));
  }
  if (partial.size_bytes_ > size_bytes) {
    if (auto emptied = partial.restart(); !emptied) {
      return tl::unexpected(std::move(emptied.error()));
    }
  }
  return partial;
}

Result<void> PartialFile::take_in_what_is_there(const HashProgress& progress) {
  std::vector<char> part(kPartBytes);
  for (;;) {
    const ssize_t count = ::read(file_, part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(write_error(path_, errno));
    if (count == 0) return {};
    note({part.data(), static_cast<std::size_t>(count)});
    if (progress && !progress(size_bytes_)) return fail(ErrorCode::cancelled, "stopped");
  }
}

void PartialFile::note(std::string_view bytes) {
  hash_.add(bytes);
  size_bytes_ += bytes.size();
  if (head_.size() < kHeadBytes) head_ += bytes.substr(0, kHeadBytes - head_.size());
}

Result<void> PartialFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return tl::unexpected(write_error(path_, errno));
    note(bytes.substr(0, static_cast<std::size_t>(count)));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> PartialFile::restart() {
  if (::ftruncate(file_, 0) != 0 || ::lseek(file_, 0, SEEK_SET) != 0) {
    return tl::unexpected(write_error(path_, errno));
  }
  hash_ = ContentHash(kind_, whole_bytes_);
  size_bytes_ = 0;
  head_.clear();
  return {};
}

Result<void> PartialFile::commit(const std::filesystem::path& target) {
  if (::fsync(file_) != 0) return tl::unexpected(write_error(path_, errno));
  close();
  std::error_code problem;
  std::filesystem::create_directories(target.parent_path(), problem);
  if (!problem) std::filesystem::rename(path_, target, problem);
  if (problem) return tl::unexpected(write_error(target, problem.value()));
  write_through_folder(target.parent_path());
  return {};
}

void PartialFile::discard() {
  close();
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace emend
