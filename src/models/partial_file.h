// SPDX-License-Identifier: Apache-2.0
// A file that is on its way: written to the end, hashed while it is written, and given its final
// name only when it is whole and on the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "emend/error.h"
#include "models/content_id.h"
#include "models/file_hash.h"

namespace emend {

// Owns the open file. What was written stays on the disk when it is destroyed, for the next
// attempt; discard() takes it away. All functions fail with io_failed.
class PartialFile {
 public:
  // Opens the file, or what an earlier attempt has left of it, which is read to hash it.
  // `size_bytes` is the size of the whole file. Fails with cancelled when `progress` says so.
  [[nodiscard]] static Result<PartialFile> open(std::filesystem::path path, ContentHash::Kind kind,
                                                std::uint64_t size_bytes,
                                                const HashProgress& progress = {});

  PartialFile(PartialFile&& other) noexcept;
  PartialFile& operator=(PartialFile&& other) noexcept;
  ~PartialFile();

  [[nodiscard]] std::uint64_t size_bytes() const { return size_bytes_; }
  [[nodiscard]] std::string_view head() const { return head_; }  // its first bytes, four at most
  [[nodiscard]] Result<void> append(std::string_view bytes);
  [[nodiscard]] Result<void> restart();  // from the first byte
  // Writes everything through to the disk and renames the file to `target`. Call once, last.
  [[nodiscard]] Result<void> commit(const std::filesystem::path& target);
  void discard();

  // The hash of all bytes. Call once, when nothing more is appended.
  [[nodiscard]] std::string hash() { return hash_.finish(); }

 private:
  PartialFile(std::filesystem::path path, int file, ContentHash::Kind kind,
              std::uint64_t whole_bytes);
  [[nodiscard]] Result<void> take_in_what_is_there(const HashProgress& progress);
  void note(std::string_view bytes);
  void close();

  std::filesystem::path path_;
  int file_ = -1;
  ContentHash::Kind kind_;
  std::uint64_t whole_bytes_ = 0;
  std::uint64_t size_bytes_ = 0;
  std::string head_;
  ContentHash hash_;
};

// io_failed with what `problem` (an errno) means for the file, and what to do about it.
[[nodiscard]] Error write_error(const std::filesystem::path& path, int problem);

}  // namespace emend
