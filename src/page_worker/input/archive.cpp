// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/archive.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "core/natural_order.h"
#include "core/unicode.h"
#include "process/unnamed_file.h"

namespace emend {

namespace {

constexpr int kDeepest = 2;  // an archive in an archive, and no further
constexpr unsigned long kEncrypted = 1;

[[nodiscard]] tl::unexpected<Error> damaged() {
  return fail(ErrorCode::unreadable_input, "this archive is damaged or empty",
              "Fetch it again, or try to repair it with `zip -FF damaged.zip --out repaired.zip`.");
}

[[nodiscard]] tl::unexpected<Error> bomb(const std::string& what) {
  return fail(ErrorCode::limit_exceeded, what,
              "If you trust it, unpack it and name its folder instead.");
}

bool is_bomb(std::uint64_t packed, std::uint64_t unpacked, const ArchiveLimits& limits) {
  return unpacked > limits.free_bytes && unpacked / limits.ratio > packed;
}

bool is_comic(std::string_view label) {
  return label.size() > 4 && lowered(label.substr(label.size() - 4)) == ".cbz";
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::string label_of(std::string_view name) {
  std::string path = repaired_utf8(name);
  for (char& c : path) {
    if (c == '\\') c = '/';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '_';
  }
  std::string label;
  for (std::size_t start = 0; start < path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string part = path.substr(start, end - start);
    if (!part.empty() && part != "." && part != "..") label += (label.empty() ? "" : "/") + part;
    start = end + 1;
  }
  return label;
}

void Archive::Close::operator()(void* file) const {
  unzClose(file);
}

Result<std::unique_ptr<Archive>> Archive::open(const std::filesystem::path& path,
                                               const ArchiveLimits& limits) {
  return open_at(path, limits, 1);
}

Result<std::unique_ptr<Archive>> Archive::open_at(const std::filesystem::path& path,
                                                  const ArchiveLimits& limits, int depth) {
  std::error_code problem;
  const std::uintmax_t size = std::filesystem::file_size(path, problem);
  if (problem) return fail(ErrorCode::io_failed, "cannot be opened: " + problem.message());
  void* file = unzOpen64(path.c_str());
  if (file == nullptr) return damaged();
  std::unique_ptr<Archive> archive(new Archive(file, limits, depth));
  if (auto listed = archive->list(size); !listed) return tl::unexpected(std::move(listed.error()));
  return archive;
}

Result<void> Archive::list(std::uint64_t archive_bytes) {
  unz_global_info64 summary{};
  if (unzGetGlobalInfo64(file_.get(), &summary) != UNZ_OK) return damaged();
  if (summary.number_entry > limits_.members) {
    return bomb("this archive has " + std::to_string(summary.number_entry) + " members, and " +
                std::to_string(limits_.members) + " are allowed");
  }
  std::uint64_t unpacked = 0;
  for (int found = unzGoToFirstFile(file_.get()); summary.number_entry > 0;
       found = unzGoToNextFile(file_.get())) {
    if (found == UNZ_END_OF_LIST_OF_FILE) break;
    if (found != UNZ_OK) return damaged();
    auto listed = list_next();
    if (!listed) return tl::unexpected(std::move(listed.error()));
    if (*listed) unpacked += entries_.back().unpacked;
  }
  // Members that share their data make a small file large without any of them standing out.
  if (is_bomb(archive_bytes, unpacked, limits_)) {
    return bomb("this archive would be " + std::to_string(unpacked >> 20U) + " MiB unpacked");
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return comes_before(a.label, b.label); });
  std::set<std::string> labels;
  for (Entry& entry : entries_) {
    std::string label = entry.label;
    for (int i = 2; !labels.insert(label).second; ++i) {
      label = entry.label + " (" + std::to_string(i) + ")";
    }
    entry.label = label;
  }
  return {};
}

// Adds the member at which the archive stands; false for a folder.
Result<bool> Archive::list_next() {
  unz_file_info64 about{};
  std::array<char, 4096> name{};
  unz64_file_pos place{};
  if (unzGetCurrentFileInfo64(file_.get(), &about, name.data(), name.size() - 1, nullptr, 0,
                              nullptr, 0) != UNZ_OK ||
      unzGetFilePos64(file_.get(), &place) != UNZ_OK) {
    return damaged();
  }
  const std::string_view raw(name.data());
  std::string label = label_of(raw);
  if (label.empty() || raw.back() == '/') return false;
  entries_.push_back({std::move(label), place.pos_in_zip_directory, place.num_of_file,
                      about.compressed_size, about.uncompressed_size,
                      (about.flag & kEncrypted) != 0});
  return true;
}

std::vector<ArchiveMember> Archive::members() {
  std::vector<ArchiveMember> members;
  for (const Entry& entry : entries_) {
    const auto start = start_of(entry);
    if (!start) {
      members.push_back({entry.label, FileKind::unknown, false, start.error()});
      continue;
    }
    ArchiveMember member{entry.label, find_kind(bytes_of(*start)), false, {}};
    member.is_packed_document =
        member.kind == FileKind::zip && is_packed_document(bytes_of(*start));
    const bool is_inner =
        member.kind == FileKind::zip && !member.is_packed_document && !is_comic(entry.label);
    if (is_inner && depth_ < kDeepest) {
      add_members_of(entry, members);
      continue;
    }
    if (is_inner) member.error = bomb("an archive in an archive in an archive").value();
    members.push_back(std::move(member));
  }
  return members;
}

void Archive::add_members_of(const Entry& entry, std::vector<ArchiveMember>& members) {
  auto inner = open_inner(entry);
  if (!inner) {
    members.push_back({entry.label, FileKind::zip, false, std::move(inner.error())});
    return;
  }
  for (ArchiveMember& member : (*inner)->members()) {
    if (members.size() >= limits_.members) return;
    member.label = entry.label + "/" + member.label;
    members.push_back(std::move(member));
  }
}

Result<std::unique_ptr<Archive>> Archive::open_inner(const Entry& entry) {
  auto copy = UnnamedFile::create();
  if (!copy) return tl::unexpected(std::move(copy.error()));
  auto read_all = read(entry, limits_.member_bytes,
                       [&copy](std::string_view bytes) { return copy->write(bytes); });
  if (!read_all) return tl::unexpected(std::move(read_all.error()));
  return open_at(copy->path(), limits_, depth_ + 1);  // keeps the file open
}

Result<void> Archive::unpack(const std::string& label, const Sink& sink) {
  for (const Entry& entry : entries_) {
    if (entry.label == label) return read(entry, limits_.member_bytes, sink);
  }
  for (const Entry& entry : entries_) {
    if (depth_ >= kDeepest || !label.starts_with(entry.label + "/")) continue;
    auto inner = open_inner(entry);
    if (!inner) return tl::unexpected(std::move(inner.error()));
    return (*inner)->unpack(label.substr(entry.label.size() + 1), sink);
  }
  return fail(ErrorCode::not_found, "there is nothing called " + label + " in the archive");
}

Result<void> Archive::begin(const Entry& entry) {
  if (entry.is_encrypted) {
    return fail(ErrorCode::unreadable_input, "this member of the archive is encrypted",
                "Unpack the archive with its password and name its folder instead.");
  }
  if (entry.unpacked > limits_.member_bytes || is_bomb(entry.packed, entry.unpacked, limits_)) {
    return bomb("this member of the archive would be " + std::to_string(entry.unpacked >> 20U) +
                " MiB unpacked");
  }
  const unz64_file_pos place{entry.directory_place, entry.number};
  if (unzGoToFilePos64(file_.get(), &place) != UNZ_OK) return damaged();
  if (unzOpenCurrentFile(file_.get()) == UNZ_OK) return {};
  return fail(ErrorCode::unreadable_input, "this member of the archive cannot be unpacked",
              "It is damaged, or packed in a way that is not known here. Unpack the archive and "
              "name its folder instead.");
}

Result<std::string> Archive::start_of(const Entry& entry) {
  std::string start;
  auto taken = read(entry, kKindBytes, [&start](std::string_view bytes) -> Result<void> {
    start += bytes;
    return {};
  });
  if (!taken) return tl::unexpected(std::move(taken.error()));
  return start;
}

// At most `most` bytes; all of them are checked against their sum.
Result<void> Archive::read(const Entry& entry, std::uint64_t most, const Sink& sink) {
  if (auto begun = begin(entry); !begun) return begun;
  std::array<char, std::size_t{1} << 16U> chunk{};
  std::uint64_t count = 0;
  while (count < most) {
    const auto wanted = static_cast<unsigned>(std::min<std::uint64_t>(chunk.size(), most - count));
    const int got = unzReadCurrentFile(file_.get(), chunk.data(), wanted);
    if (got == 0) break;
    count += got > 0 ? static_cast<std::uint64_t>(got) : 0;
    if (got < 0 || count > entry.unpacked) {
      unzCloseCurrentFile(file_.get());
      return damaged();
    }
    if (auto taken = sink({chunk.data(), static_cast<std::size_t>(got)}); !taken) {
      unzCloseCurrentFile(file_.get());
      return taken;
    }
  }
  const bool is_whole = count == entry.unpacked;
  if (unzCloseCurrentFile(file_.get()) == UNZ_CRCERROR && is_whole) {
    return damaged();
  }
  if (!is_whole && count < most) return damaged();
  return {};
}

}  // namespace emend
