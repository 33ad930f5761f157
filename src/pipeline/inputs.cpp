// SPDX-License-Identifier: Apache-2.0
#include "emend/inputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "core/file_kind.h"
#include "core/natural_order.h"
#include "pipeline/archive_inputs.h"
#include "pipeline/file_pattern.h"
#include "pipeline/spool.h"
#include "pipeline/web_input.h"

namespace emend {

namespace fs = std::filesystem;

namespace {

enum class Look : std::uint8_t { document, archive, other, unreadable };

bool ends_with(const std::string& path, std::string_view ending) {
  if (path.size() < ending.size()) return false;
  return std::equal(ending.begin(), ending.end(), path.end() - static_cast<long>(ending.size()),
                    [](char a, char b) { return a == b || a == b - 'A' + 'a'; });
}

// Only the signature at its start is looked at.
Look look_at(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return Look::unreadable;
  std::array<std::uint8_t, kKindBytes> bytes{};
  struct stat status {};
  const bool is_file = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const ssize_t got = is_file ? ::read(file, bytes.data(), bytes.size()) : 0;
  ::close(file);
  if (got < 0) return Look::unreadable;
  const std::span<const std::uint8_t> start(bytes.data(), static_cast<std::size_t>(got));
  const FileKind kind = find_kind(start);
  if (kind == FileKind::unknown) return Look::other;
  if (kind != FileKind::zip) return Look::document;
  if (is_packed_document(start)) return Look::other;
  return ends_with(path.native(), ".cbz") ? Look::document : Look::archive;
}

bool is_hidden(const fs::path& name) {
  return name.native().starts_with('.');
}

// Gathers what the words stand for.
class Finder {
 public:
  Finder(const InputRules& rules, const ReadOptions& read, const std::stop_token& stop)
      : rules_(rules), read_(read), stop_(stop) {}

  void add_word(const std::string& word) {
    std::error_code problem;
    const std::size_t before = count();
    if (word == "-") {
      found_.files.push_back({"-", "stdin"});
    } else if (is_web_address(word)) {
      if (is_new(word)) found_.files.push_back({word, name_of_web_address(word)});
    } else if (fs::is_directory(word, problem)) {
      add_folder(word, name_of_folder(word), "");
    } else if (fs::exists(word, problem) || !is_pattern(word)) {
      add_named(word);
    } else {
      add_matches(word);
    }
    if (count() == before) add_nothing(word);
  }

  FoundInputs result() && { return std::move(found_); }

 private:
  // "scans/" -> "scans"; of "." and ".." results have no folder of their own.
  static std::string name_of_folder(const fs::path& folder) {
    const fs::path name =
        folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return name == "." || name == ".." || name == "/" ? std::string() : name.string();
  }

  // Of what a word led to, also what another one had led to before.
  [[nodiscard]] std::size_t count() const {
    return found_.files.size() + found_.errors.size() + repeats_;
  }

  void add_nothing(const std::string& word) {
    found_.errors.push_back(
        Error{ErrorCode::not_found, "there is no document in this folder or archive",
              "Kinds are told by content; --include and --exclude may have left all of it out."}
            .at(word));
  }

  [[nodiscard]] bool is_new(const fs::path& path) {
    const bool is_first = paths_.insert(path.lexically_normal()).second;
    if (!is_first) ++repeats_;
    return is_first;
  }

  void add_named(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    if (look_at(path) == Look::archive) return add_archive(path, name, "");
    // What it is, and whether it can be read at all, is found out when it is read.
    paths_.insert(fs::path(path).lexically_normal());
    found_.files.push_back({path, name});
  }

  void add_matches(const std::string& pattern) {
    const auto paths = matches(pattern);
    if (paths.empty()) {
      found_.errors.push_back(Error{ErrorCode::not_found, "no file has such a name",
                                    "Patterns are * ? [a-z], and ** for any folders."}
                                  .at(pattern));
    }
    for (const fs::path& path : paths) {
      std::error_code ignored;
      if (fs::is_directory(path, ignored)) {
        add_folder(path, name_of_folder(path), "");
      } else {
        add_found(path, path.filename().string(), path.filename().string());
      }
    }
  }

  // `name` is for results; `within` is the path from what the user named, for the rules.
  void add_folder(const fs::path& folder, const std::string& name, const std::string& within) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) return add_error(folder, errno);
    if (!folders_.insert({status.st_dev, status.st_ino}).second) {
      ++repeats_;
      return;
    }
    std::vector<fs::path> entries;
    std::error_code problem;
    for (fs::directory_iterator at(folder, problem), end; !problem && at != end;
         at.increment(problem)) {
      if (!is_hidden(at->path().filename())) entries.push_back(at->path());
    }
    if (problem) add_error(folder, problem.value());
    std::sort(entries.begin(), entries.end(), [](const fs::path& a, const fs::path& b) {
      return comes_before(a.native(), b.native());
    });
    for (const fs::path& entry : entries) {
      if (stop_.stop_requested()) return;
      add_entry(entry, joined(name, entry.filename()), joined(within, entry.filename()));
    }
  }

  void add_entry(const fs::path& path, const std::string& name, const std::string& within) {
    std::error_code problem;
    if (!fs::is_directory(path, problem)) {
      add_found(path, name, within);
    } else if (!is_ruled_out(rules_, within)) {
      add_folder(path, name, within);
    }
  }

  void add_found(const fs::path& path, const std::string& name, const std::string& within) {
    if (is_ruled_out(rules_, within)) return;
    const Look look = look_at(path);
    // Which members of an archive are wanted is decided for each.
    if (look == Look::archive) return add_archive(path, name, within);
    if (!is_wanted(rules_, within)) return;
    if (look == Look::unreadable) return add_error(path, errno);
    if (look == Look::other) {
      found_.skipped.push_back(path.string());
    } else if (is_new(path)) {
      found_.files.push_back({path.string(), name});
    }
  }

  void add_archive(const fs::path& path, const std::string& name, const std::string& within) {
    if (!is_new(path)) return;
    auto members = list_archive(path, read_, stop_);
    if (!members) {
      found_.errors.push_back(std::move(members.error()).at(path.string()));
      return;
    }
    for (MemberFile& member : *members) {
      const std::string inside = within.empty() ? member.label : within + "/" + member.label;
      if (is_hidden_member(member.label) || !is_wanted_member(inside)) continue;
      const std::string place = path.string() + "/" + member.label;
      if (member.error) {
        found_.errors.push_back(std::move(*member.error).at(place));
      } else if (member.is_document) {
        found_.files.push_back({place, name + "/" + member.label});
      } else {
        found_.skipped.push_back(place);
      }
    }
  }

  // A folder in an archive that is ruled out takes its members with it.
  [[nodiscard]] bool is_wanted_member(const std::string& path) const {
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      if (is_ruled_out(rules_, path.substr(0, slash))) return false;
    }
    return is_wanted(rules_, path);
  }

  static bool is_hidden_member(const std::string& label) {
    return label.starts_with('.') || label.find("/.") != std::string::npos ||
           label.starts_with("__MACOSX/");
  }

  static std::string joined(const std::string& folder, const fs::path& name) {
    return folder.empty() ? name.string() : folder + "/" + name.string();
  }

  void add_error(const fs::path& path, int problem) {
    found_.errors.push_back(Error{
        ErrorCode::io_failed,
        "cannot be opened: " + std::generic_category().message(problem),
        {}}.at(path.string()));
  }

  const InputRules& rules_;
  const ReadOptions& read_;
  const std::stop_token& stop_;
  FoundInputs found_;
  std::size_t repeats_ = 0;
  std::set<fs::path> paths_;                   // that are in it already
  std::set<std::pair<dev_t, ino_t>> folders_;  // that have been visited
};

Result<std::string> content_of(const std::string& path, const std::stop_token& stop) {
  constexpr std::size_t kMostBytes = std::size_t{256} << 20U;
  const bool is_stdin = path == "-";
  const int file = is_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const int problem = errno;
    return fail(problem == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed,
                path + ": " + std::generic_category().message(problem));
  }
  auto spooled = SpooledInput::from(file, stop);
  if (!is_stdin) ::close(file);
  if (!spooled) return tl::unexpected(std::move(spooled.error()).at(path));
  std::string content;
  auto poured = spooled->pour([&content](std::string_view bytes) -> Result<void> {
    if (content.size() + bytes.size() > kMostBytes) {
      return fail(ErrorCode::limit_exceeded, "the list of inputs is too long");
    }
    content += bytes;
    return {};
  });
  if (!poured) return tl::unexpected(std::move(poured.error()).at(path));
  return content;
}

}  // namespace

FoundInputs find_inputs(const std::vector<std::string>& words, const InputRules& rules,
                        const ReadOptions& read, const std::stop_token& stop) {
  Finder finder(rules, read, stop);
  for (const std::string& word : words) finder.add_word(word);
  FoundInputs found = std::move(finder).result();
  found.is_one_file =
      words.size() == 1 && found.files.size() == 1 && found.files.front().path == words.front();
  return found;
}

Result<std::vector<std::string>> read_input_list(const std::string& path,
                                                 const std::stop_token& stop) {
  const auto content = content_of(path, stop);
  if (!content) return tl::unexpected(content.error());
  const bool has_zeros = content->find('\0') != std::string::npos;
  std::vector<std::string> names;
  for (std::size_t start = 0; start < content->size();) {
    const std::size_t end =
        std::min(content->find(has_zeros ? '\0' : '\n', start), content->size());
    std::string name = content->substr(start, end - start);
    if (!has_zeros && name.ends_with('\r')) name.pop_back();
    if (!name.empty()) names.push_back(std::move(name));
    start = end + 1;
  }
  return names;
}

}  // namespace emend
