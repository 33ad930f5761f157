// SPDX-License-Identifier: Apache-2.0
#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
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

// The permissions that open() would have given; mkstemp is stricter than users expect.
mode_t usual_permissions() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
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

Result<OutputFile> OutputFile::open(const std::filesystem::path& path,
                                    const std::vector<std::string>& inputs) {
  std::error_code ignored;
  for (const std::string& input : inputs) {
    if (input != "-" && std::filesystem::equivalent(path, input, ignored)) {
      return emend::fail(ErrorCode::invalid_argument, path.string() + " is one of the inputs",
                         "choose another name with -o");
    }
  }
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file) return system_failure(path);
    return OutputFile(std::move(file), path, {});
  }
  std::string name = path.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return system_failure(path);
  ::fchmod(descriptor, usual_permissions());
  return OutputFile(File(::fdopen(descriptor, "wb")), path, name);
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
