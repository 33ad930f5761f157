// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
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
    if (file >= 0) return std::pair{file, name};
    if (errno != EEXIST) break;
  }
  return system_failure(path);
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

Result<void> OutputFile::is_no_input(const std::filesystem::path& path,
                                     const std::vector<std::string>& inputs) {
  std::error_code ignored;
  for (const std::string& input : inputs) {
    if (input == "-" || !std::filesystem::equivalent(path, input, ignored)) continue;
    return emend::fail(ErrorCode::invalid_argument, path.string() + " is one of the inputs",
                       "choose another name with -o");
  }
  return {};
}

Result<OutputFile> OutputFile::open(const std::filesystem::path& path,
                                    const std::vector<std::string>& inputs) {
  if (auto other = is_no_input(path, inputs); !other) return tl::unexpected(other.error());
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
