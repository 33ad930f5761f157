// SPDX-License-Identifier: Apache-2.0
#include "pipeline/steps.h"

#include <unistd.h>

#include <fstream>
#include <iomanip>
#include <sstream>
#include <system_error>

#include "emend/json.h"

namespace emend {

Result<std::filesystem::path> steps_folder(const std::filesystem::path& folder, std::size_t index,
                                           std::size_t count) {
  if (folder.empty()) return folder;
  std::ostringstream number;
  number << std::setw(3) << std::setfill('0') << index + 1;
  const std::filesystem::path own = count == 1 ? folder : folder / number.str();
  std::error_code problem;
  std::filesystem::create_directories(own, problem);
  if (problem) return fail(ErrorCode::io_failed, own.string() + ": " + problem.message());
  if (::access(own.c_str(), W_OK) != 0) {
    return fail(ErrorCode::io_failed, own.string() + " cannot be written");
  }
  return own;
}

Result<void> keep_step(const std::filesystem::path& folder, const Page& page,
                       std::string_view stage) {
  if (folder.empty()) return {};
  std::ostringstream name;
  name << std::setw(6) << std::setfill('0') << page.number << '_' << stage << ".json";
  std::ofstream file(folder / name.str(), std::ios::binary);
  file << to_json(page) << '\n';
  file.close();
  if (!file) return fail(ErrorCode::io_failed, (folder / name.str()).string() + ": not written");
  return {};
}

}  // namespace emend
