// SPDX-License-Identifier: Apache-2.0
#include "models/file_hash.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <map>
#include <mutex>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "models/settings.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPartBytes = std::size_t{1} << 20U;
// Smaller files are read again faster than it is worth keeping a note of them.
constexpr off_t kNoteworthyBytes = off_t{16} << 20U;

std::string nanoseconds(const timespec& time) {
  return std::to_string(time.tv_sec) + "." + std::to_string(time.tv_nsec);
}

struct FileState {
  std::string stamp;  // changes when the file does
  off_t size = 0;
};

Result<FileState> state_of(const fs::path& path) {
  struct stat seen {};
  if (::stat(path.c_str(), &seen) == 0) {
    std::ostringstream stamp;
    stamp << seen.st_dev << ' ' << seen.st_ino << ' ' << seen.st_size << ' '
          << nanoseconds(seen.st_mtim) << ' ' << nanoseconds(seen.st_ctim);
    return FileState{stamp.str(), seen.st_size};
  }
  const bool absent = errno == ENOENT || errno == ENOTDIR;
  return fail(absent ? ErrorCode::not_found : ErrorCode::io_failed,
              path.string() + ": " + std::generic_category().message(errno));
}

std::string note_of(const FileState& state, ContentHash::Kind kind) {
  return (kind == ContentHash::Kind::git ? "git " : "sha256 ") + state.stamp;
}

// What this process knows already: hashes by file and state.
struct Known {
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, std::string> hashes;
};

Known& known() {
  static Known all;
  return all;
}

std::string resolved(const fs::path& path) {
  std::error_code ignored;
  const fs::path canonical = fs::canonical(path, ignored);
  return canonical.empty() ? path.string() : canonical.string();
}

std::string hash_of_text(std::string_view text) {
  ContentHash hash(ContentHash::Kind::sha256);
  hash.add(text);
  return hash.finish();
}

std::optional<fs::path> note_file(const std::string& path) {
  const auto folder = checksum_folder();
  if (!folder) return std::nullopt;
  return *folder / hash_of_text(path);
}

std::optional<std::string> recalled(const std::string& path, const std::string& note) {
  {
    const std::lock_guard lock(known().mutex);
    const auto found = known().hashes.find({path, note});
    if (found != known().hashes.end()) return found->second;
  }
  const auto file_path = note_file(path);
  if (!file_path) return std::nullopt;
  std::ifstream file(*file_path);
  std::string noted;
  std::string hash;
  if (!std::getline(file, noted) || !std::getline(file, hash) || noted != note || !is_oid(hash)) {
    return std::nullopt;
  }
  return hash;
}

// A note that cannot be written costs time on the next run and nothing else.
void write_note(const std::string& path, const std::string& note, const std::string& hash) {
  const auto file_path = note_file(path);
  if (!file_path) return;
  std::error_code ignored;
  fs::create_directories(file_path->parent_path(), ignored);
  const fs::path temporary = file_path->string() + "." + std::to_string(::getpid());
  std::ofstream file(temporary, std::ios::trunc);
  file << note << '\n' << hash << '\n' << path << '\n';
  file.close();
  if (file) fs::rename(temporary, *file_path, ignored);
  if (!file || ignored) fs::remove(temporary, ignored);
}

Result<std::string> computed(const fs::path& path, ContentHash::Kind kind, const FileState& state,
                             const HashProgress& progress) {
  ContentHash hash(kind, static_cast<std::uint64_t>(state.size));
  std::ifstream file(path, std::ios::binary);
  std::vector<char> part(kPartBytes);
  std::uint64_t done = 0;
  while (file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    hash.add({part.data(), static_cast<std::size_t>(file.gcount())});
    done += static_cast<std::uint64_t>(file.gcount());
    if (progress && !progress(done)) return fail(ErrorCode::cancelled, "stopped");
  }
  if (file.eof()) return hash.finish();
  return fail(ErrorCode::io_failed,
              path.string() + " cannot be read: " + std::generic_category().message(errno));
}

}  // namespace

Result<std::string> reread_hash_of_file(const fs::path& path, ContentHash::Kind kind,
                                        const HashProgress& progress) {
  auto state = state_of(path);
  if (!state) return tl::unexpected(std::move(state.error()));
  auto hash = computed(path, kind, *state, progress);
  // A file that changes under our eyes has no hash worth keeping.
  const auto after = state_of(path);
  if (!hash || !after || after->stamp != state->stamp) return hash;
  const std::string place = resolved(path);
  const std::string note = note_of(*state, kind);
  {
    const std::lock_guard lock(known().mutex);
    known().hashes[{place, note}] = *hash;
  }
  if (state->size >= kNoteworthyBytes) write_note(place, note, *hash);
  return hash;
}

Result<std::string> hash_of_file(const fs::path& path, ContentHash::Kind kind,
                                 const HashProgress& progress) {
  auto state = state_of(path);
  if (!state) return tl::unexpected(std::move(state.error()));
  if (auto hash = recalled(resolved(path), note_of(*state, kind))) return *hash;
  return reread_hash_of_file(path, kind, progress);
}

void remember_hash(const fs::path& path, ContentHash::Kind kind, const std::string& hash) {
  const auto state = state_of(path);
  if (!state) return;
  const std::string place = resolved(path);
  const std::string note = note_of(*state, kind);
  const std::lock_guard lock(known().mutex);
  known().hashes[{place, note}] = hash;
  if (state->size >= kNoteworthyBytes) write_note(place, note, hash);
}

Result<std::string> sha256_of_file(const fs::path& path) {
  return hash_of_file(path, ContentHash::Kind::sha256);
}

}  // namespace emend
