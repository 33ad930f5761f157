// SPDX-License-Identifier: Apache-2.0
#include "pipeline/record_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>

#include "core/digest.h"
#include "process/channel.h"

namespace emend {

namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kChecksumBytes = 8;  // of SHA-256: against accidents, not against people
constexpr std::size_t kHeadBytes = kLengthBytes + kChecksumBytes;
constexpr double kSyncEveryS = 1;

using Head = std::array<char, kHeadBytes>;

Head head_of(std::string_view record) {
  Head head{};
  auto length = static_cast<std::uint32_t>(record.size());
  for (std::size_t i = 0; i < kLengthBytes; ++i, length >>= 8U) {
    head.at(i) = static_cast<char>(length & 255U);
  }
  const std::string checksum = sha256(record);
  std::copy_n(checksum.begin(), kChecksumBytes, head.begin() + kLengthBytes);
  return head;
}

std::uint32_t length_in(const Head& head) {
  std::uint32_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) {
    length = length << 8U | static_cast<unsigned char>(head.at(i));
  }
  return length;
}

// Whether all of `size` bytes were there.
bool read_at(int file, std::uint64_t place, char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::pread(file, bytes, size, static_cast<off_t>(place));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    place += static_cast<std::uint64_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_at(int file, std::uint64_t place, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(place));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    place += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// Nothing when there is no whole record. A damaged length must not become a large allocation, so it
// is held against what the file still has.
std::optional<std::string> record_at(int file, std::uint64_t place, std::uint64_t size) {
  Head head{};
  if (size < place || size - place < kHeadBytes) return std::nullopt;
  if (!read_at(file, place, head.data(), head.size())) return std::nullopt;
  const std::uint32_t length = length_in(head);
  if (length > size - place - kHeadBytes) return std::nullopt;
  std::string record(length, '\0');
  if (!read_at(file, place + kHeadBytes, record.data(), length)) return std::nullopt;
  if (head_of(record) != head) return std::nullopt;
  return record;
}

std::uint64_t size_of(int file) {
  struct stat now {};
  return ::fstat(file, &now) == 0 ? static_cast<std::uint64_t>(now.st_size) : 0;
}

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Whether `file` is still what the path leads to: its last writer may have removed it just now.
bool is_at(int file, const std::filesystem::path& path) {
  struct stat ours {};
  struct stat there {};
  return ::fstat(file, &ours) == 0 && ::lstat(path.c_str(), &there) == 0 &&
         ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

// A file system without locks keeps nobody out; that two write there at once is up to its users.
Result<void> lock(int file, const std::filesystem::path& path) {
  const bool is_locked = ::flock(file, LOCK_EX | LOCK_NB) == 0;
  const bool has_no_locks = !is_locked && errno != EWOULDBLOCK && errno != EINTR;
  if (has_no_locks || (is_locked && is_at(file, path))) return {};
  return fail(ErrorCode::limit_exceeded, path.string() + ": another process is at it");
}

}  // namespace

RecordFile& RecordFile::operator=(RecordFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(path_, other.path_);
  std::swap(end_, other.end_);
  std::swap(synced_s_, other.synced_s_);
  return *this;
}

RecordFile::~RecordFile() {
  if (file_ >= 0) ::close(file_);
}

tl::unexpected<Error> RecordFile::failure() const {
  return fail(ErrorCode::io_failed, path_.string() + ": " + std::strerror(errno));
}

Result<std::optional<RecordFile>> RecordFile::open(const std::filesystem::path& path) {
  RecordFile records(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW), path);
  if (records.file_ < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (records.file_ < 0) return records.failure();
  if (auto locked = lock(records.file_, path); !locked) return tl::unexpected(locked.error());
  return records;
}

Result<RecordFile> RecordFile::create(const std::filesystem::path& path) {
  std::error_code problem;
  const std::filesystem::path folder = path.parent_path();
  // Only what is made here is closed to others; a folder that is there is its owner's business.
  if (!folder.empty() && std::filesystem::create_directories(folder, problem)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  }
  constexpr mode_t kOwnerOnly = 0600;
  RecordFile records(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly),
                     path);
  if (records.file_ < 0) return records.failure();
  if (auto locked = lock(records.file_, path); !locked) return tl::unexpected(locked.error());
  return records;
}

Result<RecordFile> RecordFile::look_at(const std::filesystem::path& path) {
  RecordFile records(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW), path);
  if (records.file_ < 0) return records.failure();
  return records;
}

void RecordFile::scan(const Visitor& visit) {
  const std::uint64_t size = size_of(file_);
  end_ = 0;
  while (const auto record = record_at(file_, end_, size)) {
    const std::uint64_t place = end_;
    end_ += kHeadBytes + record->size();
    if (!visit(*record, place)) break;
  }
}

Result<std::string> RecordFile::read(std::uint64_t place) const {
  if (auto record = record_at(file_, place, size_of(file_))) return std::move(*record);
  return fail(ErrorCode::unreadable_input, path_.string() + ": damaged");
}

Result<std::uint64_t> RecordFile::add(std::string_view record) {
  if (record.size() > Channel::kMaxMessageBytes) {
    return fail(ErrorCode::limit_exceeded, path_.string() + ": a record is too long");
  }
  const Head head = head_of(record);
  std::string bytes(head.begin(), head.end());
  bytes += record;
  const std::uint64_t place = end_;
  // What is torn behind the end would look like a record if new ones happened to end there.
  const bool is_cut = size_of(file_) == end_ || ::ftruncate(file_, static_cast<off_t>(end_)) == 0;
  if (!is_cut || !write_at(file_, place, bytes)) {
    auto problem = failure();
    (void)!::ftruncate(file_, static_cast<off_t>(end_));  // if not, the next scan() stops there
    return problem;
  }
  if (const double now = now_s(); now - synced_s_ >= kSyncEveryS) {
    if (::fdatasync(file_) != 0) return failure();
    synced_s_ = now;
  }
  end_ += bytes.size();
  return place;
}

Result<void> RecordFile::clear() {
  end_ = 0;
  if (::ftruncate(file_, 0) != 0) return failure();
  return {};
}

Result<void> RecordFile::rename(const std::filesystem::path& path) {
  if (::link(path_.c_str(), path.c_str()) != 0) return failure();
  ::unlink(path_.c_str());
  path_ = path;
  return {};
}

void RecordFile::remove() {
  std::error_code ignored;  // what cannot be removed is found by the next run of the same job
  std::filesystem::remove(path_, ignored);
}

bool RecordFile::is_being_written() const {
  if (::flock(file_, LOCK_SH | LOCK_NB) != 0) return errno == EWOULDBLOCK;
  ::flock(file_, LOCK_UN);
  return false;
}

}  // namespace emend
