// SPDX-License-Identifier: Apache-2.0
// The name that a model file has by its contents.
#pragma once

#include <filesystem>
#include <string>

#include "emend/error.h"

namespace emend {

// SHA-256 of a whole file, 64 hexadecimal digits in lower case. Remembered within the process for
// as long as the file's size and time of change stay the same. Fails with not_found or io_failed.
// Safe from any thread.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace emend
