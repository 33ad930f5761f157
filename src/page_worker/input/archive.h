// SPDX-License-Identifier: Apache-2.0
// ZIP archives: what is in them, and one member at a time out of them.
//
// A member is known by its label: its name in the archive made harmless. No file is ever written
// under such a name. Archives in archives are looked into once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_kind.h"
#include "emend/error.h"

namespace emend {

// What an archive may cost. More than these is a bomb, not a folder of scans.
struct ArchiveLimits {
  std::size_t members = 20'000;
  std::uint64_t member_bytes = std::uint64_t{2} << 30U;
  // An archive or a member that is larger than `free_bytes` unpacked may be larger than it is
  // packed by this much.
  std::uint64_t ratio = 250;
  std::uint64_t free_bytes = std::uint64_t{64} << 20U;
};

struct ArchiveMember {
  std::string label;  // "scans/march.png": UTF-8, no part of it is empty, . or .., unique
  FileKind kind = FileKind::unknown;
  bool is_packed_document = false;  // as is_packed_document()
  std::optional<Error> error;       // why it cannot be unpacked
};

class Archive {
 public:
  // Fails with unreadable_input or limit_exceeded. Encrypted members cannot be unpacked (Debian's
  // minizip is built without).
  [[nodiscard]] static Result<std::unique_ptr<Archive>> open(const std::filesystem::path& path,
                                                             const ArchiveLimits& limits = {});

  // In natural order. Those of an archive in the archive follow its label and a slash, and a slash
  // ends where the next begins: "all.zip/scans/march.png". An archive named *.cbz is one member.
  [[nodiscard]] std::vector<ArchiveMember> members();

  using Sink = std::function<Result<void>(std::string_view bytes)>;
  // Hands the bytes of a member to `sink`. Fails with not_found, unreadable_input, limit_exceeded
  // or as the sink does.
  [[nodiscard]] Result<void> unpack(const std::string& label, const Sink& sink);

 private:
  struct Entry {
    std::string label;
    std::uint64_t directory_place = 0;
    std::uint64_t number = 0;
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    bool is_encrypted = false;
  };
  struct Close {
    void operator()(void* file) const;
  };

  Archive(void* file, const ArchiveLimits& limits, int depth)
      : file_(file), limits_(limits), depth_(depth) {}
  [[nodiscard]] static Result<std::unique_ptr<Archive>> open_at(const std::filesystem::path& path,
                                                                const ArchiveLimits& limits,
                                                                int depth);
  [[nodiscard]] Result<void> list(std::uint64_t archive_bytes);
  [[nodiscard]] Result<bool> list_next();
  [[nodiscard]] Result<std::unique_ptr<Archive>> open_inner(const Entry& entry);
  void add_members_of(const Entry& entry, std::vector<ArchiveMember>& members);
  [[nodiscard]] Result<void> begin(const Entry& entry);
  [[nodiscard]] Result<std::string> start_of(const Entry& entry);
  [[nodiscard]] Result<void> read(const Entry& entry, std::uint64_t most, const Sink& sink);

  std::unique_ptr<void, Close> file_;
  ArchiveLimits limits_;
  int depth_;
  std::vector<Entry> entries_;  // in natural order
};

// `name`, which may be anything, as a label.
[[nodiscard]] std::string label_of(std::string_view name);

}  // namespace emend
