// SPDX-License-Identifier: Apache-2.0
#include "models/shelf.h"

#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "models/partial_file.h"

namespace emend {

Result<void> write_small_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code problem;
  std::filesystem::create_directories(path.parent_path(), problem);
  if (problem) return tl::unexpected(write_error(path, problem.value()));
  const std::filesystem::path fresh = path.string() + "." + std::to_string(::getpid()) + ".tmp";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  const int reason = errno;
  if (file) std::filesystem::rename(fresh, path, problem);
  if (file && !problem) return {};
  const Error error = write_error(path, file ? problem.value() : reason);
  std::filesystem::remove(fresh, problem);
  return tl::unexpected(error);
}

}  // namespace emend
