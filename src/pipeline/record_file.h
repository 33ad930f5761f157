// SPDX-License-Identifier: Apache-2.0
// A file of records that only grows, and of which every whole record survives whatever ends the
// process that writes it.
//
// A record is its length, a checksum and its bytes. One that is torn or damaged ends the file, with
// all that follows it: a reader never sees it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "emend/error.h"

namespace emend {

// Readable by its owner only. A writer holds a lock that the kernel takes back when it dies. Use
// from one thread at a time.
class RecordFile {
 public:
  // A file that is there, for its writer; nothing when it is not there. Fails with io_failed, and
  // with limit_exceeded while another process writes it.
  [[nodiscard]] static Result<std::optional<RecordFile>> open(const std::filesystem::path& path);
  // The same, made if need be, with its folder.
  [[nodiscard]] static Result<RecordFile> create(const std::filesystem::path& path);
  // A file that is there, also while another process writes it; nothing can be added.
  [[nodiscard]] static Result<RecordFile> look_at(const std::filesystem::path& path);

  RecordFile(RecordFile&& other) noexcept
      : file_(std::exchange(other.file_, -1)),
        path_(std::move(other.path_)),
        end_(other.end_),
        synced_s_(other.synced_s_) {}
  RecordFile& operator=(RecordFile&& other) noexcept;
  ~RecordFile();

  // Calls `visit` with each whole record and its place, in their order, until it returns false.
  // Adding goes on after the last one that it has seen; what is behind that is cut off then.
  using Visitor = std::function<bool(std::string_view record, std::uint64_t place)>;
  void scan(const Visitor& visit);

  // The record at a place that scan() or add() told. Fails with io_failed, or unreadable_input when
  // it is not whole any more.
  [[nodiscard]] Result<std::string> read(std::uint64_t place) const;

  // Returns the place of the new record. It is handed to the disk at once when a second has gone by
  // since that was last done, so a power loss costs what was added in the last second and what came
  // last; the end of a process alone costs nothing. Fails with io_failed, and the file is as it
  // was.
  [[nodiscard]] Result<std::uint64_t> add(std::string_view record);

  [[nodiscard]] Result<void> clear();  // no records are left; fails with io_failed
  // Under another name in the same folder. Fails with io_failed, also when there is such a file.
  [[nodiscard]] Result<void> rename(const std::filesystem::path& path);
  void remove();  // from the disk; it must not be used after that

  [[nodiscard]] bool is_being_written() const;  // by another process

 private:
  RecordFile(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}
  [[nodiscard]] tl::unexpected<Error> failure() const;

  int file_ = -1;
  std::filesystem::path path_;
  std::uint64_t end_ = 0;  // where the next record goes
  double synced_s_ = 0;    // on the steady clock
};

}  // namespace emend
