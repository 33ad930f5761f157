// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace emend::cli {

namespace {

tl::unexpected<Error> system_failure(const std::filesystem::path& path) {
  return fail(ErrorCode::io_failed, path.string() + ": " + std::strerror(errno),
              "choose another place with -o");
}

// A new file beside `path`, with the permissions that the user's mask gives. mkstemp() would be
// stricter than users expect of a result.
Result<std::pair<int, std::string>> create_beside(const std::filesystem::path& path) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const std::string name =
        path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(i) + ".part";
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file >= 0) {
      (void)::flock(file, LOCK_EX | LOCK_NB);  // says that it has a writer
      return std::pair{file, name};
    }
    if (errno != EEXIST) break;
  }
  return system_failure(path);
}

// The number between `prefix` and the dash, of a name such as out.txt.1234-0.part; 0 = another
// name.
pid_t writer_of(const std::string& name, const std::string& prefix) {
  constexpr std::string_view kEnding = ".part";
  if (!name.starts_with(prefix) || !name.ends_with(kEnding)) return 0;
  pid_t writer = 0;
  const char* begin = name.data() + prefix.size();
  const auto [end, problem] = std::from_chars(begin, name.data() + name.size(), writer);
  return problem == std::errc{} && *end == '-' && writer > 0 ? writer : 0;
}

// What a run that was killed has left of this result. Its process is gone and so is its lock: with
// a shared folder the process may be another machine's.
void remove_what_is_left(const std::filesystem::path& path) {
  const std::string prefix = path.filename().string() + ".";
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    const pid_t writer = writer_of(at->path().filename().string(), prefix);
    if (writer == 0 || ::kill(writer, 0) == 0 || errno != ESRCH) continue;
    const int file = ::open(at->path().c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) continue;
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) ::unlink(at->path().c_str());
    ::close(file);
  }
}

// Where a chain of links ends, since renaming onto a link would replace it.
std::filesystem::path followed(const std::filesystem::path& path) {
  std::error_code problem;
  const auto target = std::filesystem::weakly_canonical(path, problem);
  return problem || !std::filesystem::is_symlink(path, problem) ? path : target;
}

}  // namespace

void OutputFile::Closer::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

OutputFile::OutputFile(File file, std::filesystem::path path, std::filesystem::path temporary)
    : file_(std::move(file)), path_(std::move(path)), temporary_(std::move(temporary)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  discard();
  file_ = std::move(other.file_);
  path_ = std::move(other.path_);
  temporary_ = std::exchange(other.temporary_, {});
  return *this;
}

OutputFile::~OutputFile() {
  discard();
}

void OutputFile::discard() {
  std::error_code ignored;  // what cannot be removed cannot be helped
  if (file_ && !temporary_.empty()) std::filesystem::remove(temporary_, ignored);
  file_.reset();
}

OutputFile OutputFile::standard_output() {
  return {File(stdout), "standard output", {}};
}

Result<OutputFile> OutputFile::open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file) return system_failure(path);
    return OutputFile(std::move(file), path, {});
  }
  const std::filesystem::path target = followed(path);
  const bool exists = std::filesystem::exists(target, ignored);
  // Renaming asks for no right to write the file that it replaces; users expect that it does.
  if (exists && ::access(target.c_str(), W_OK) != 0) return system_failure(path);
  remove_what_is_left(target);
  auto created = create_beside(target);
  if (!created) return tl::unexpected(std::move(created.error()));
  auto& [file, name] = *created;
  if (exists) {
    std::filesystem::permissions(name, std::filesystem::status(target, ignored).permissions(),
                                 ignored);
  }
  return OutputFile(File(::fdopen(file, "wb")), target, name);
}

tl::unexpected<Error> OutputFile::failure() const {
  return system_failure(path_);
}

Result<void> OutputFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) return failure();
  return {};
}

Result<void> OutputFile::commit() {
  if (std::fflush(file_.get()) != 0) return failure();
  if (temporary_.empty()) return {};
  if (::fsync(::fileno(file_.get())) != 0) return failure();
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) return failure();
  temporary_.clear();
  return {};
}

}  // namespace emend::cli
