// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "emend/journal.h"
#include "pipeline/journal.h"

namespace emend {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::chrono::hours kStaleAfter{30 * 24};

// With the time at which each was last written.
std::vector<std::pair<fs::file_time_type, fs::path>> journals_in(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (at->path().extension() != ".journal" || !at->is_regular_file(problem)) continue;
    const auto time = at->last_write_time(problem);
    if (!problem) found.emplace_back(time, at->path());
  }
  return found;
}

std::optional<UnfinishedJob> described(const fs::path& path) {
  auto file = RecordFile::look_at(path);
  if (!file) return std::nullopt;
  std::optional<json> header;
  std::int64_t pages = 0;
  file->scan([&](std::string_view record, std::uint64_t place) {
    if (place == 0) {
      header = journal_header(record);
      return header.has_value();
    }
    ++pages;
    return true;
  });
  if (!header || header->value("inputs", json::array()).empty()) return std::nullopt;
  try {
    std::error_code problem;
    return UnfinishedJob{path,
                         header->at("inputs").get<std::vector<std::string>>(),
                         header->at("words").get<std::vector<std::string>>(),
                         header->at("directory").get<std::string>(),
                         pages,
                         fs::file_size(path, problem),
                         file->is_being_written()};
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

}  // namespace

fs::path default_journal_folder() {
  const auto set = [](const char* name) -> fs::path {
    const char* value = std::getenv(name);
    return value != nullptr && *value == '/' ? fs::path(value) : fs::path();
  };
  if (const fs::path state = set("XDG_STATE_HOME"); !state.empty()) {
    return state / "emend" / "journals";
  }
  if (const fs::path home = set("HOME"); !home.empty()) {
    return home / ".local" / "state" / "emend" / "journals";
  }
  return {};
}

std::vector<UnfinishedJob> unfinished_jobs(const fs::path& folder) {
  auto files = journals_in(folder.empty() ? default_journal_folder() : folder);
  std::sort(files.rbegin(), files.rend());
  std::vector<UnfinishedJob> jobs;
  for (const auto& [time, path] : files) {
    if (auto job = described(path)) jobs.push_back(std::move(*job));
  }
  return jobs;
}

std::optional<fs::path> journal_of_command(const fs::path& folder, const json& words,
                                           const json& directory) {
  if (words.empty()) return std::nullopt;  // it had a password
  for (const auto& [time, path] : journals_in(folder)) {
    auto file = RecordFile::look_at(path);
    if (!file) continue;
    bool is_same = false;
    file->scan([&](std::string_view record, std::uint64_t /*place*/) {
      const auto header = journal_header(record);
      is_same = header && header->value("words", json()) == words &&
                header->value("directory", json()) == directory;
      return false;
    });
    if (is_same) return path;
  }
  return std::nullopt;
}

void remove_stale_journals(const fs::path& folder) {
  const auto now = fs::file_time_type::clock::now();
  for (const auto& [time, path] : journals_in(folder)) {
    if (now - time < kStaleAfter) continue;
    // Its lock is ours or somebody is at it.
    if (auto file = RecordFile::open(path); file && *file) (*file)->remove();
  }
}

}  // namespace emend
