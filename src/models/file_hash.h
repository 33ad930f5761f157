// SPDX-License-Identifier: Apache-2.0
// The name that a model file has by its contents, without reading gigabytes twice.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "emend/error.h"
#include "models/content_id.h"

namespace emend {

// Called with the bytes read so far; false ends the reading with cancelled.
using HashProgress = std::function<bool(std::uint64_t done_bytes)>;

// Hash of a whole file, in hexadecimal. What is known from an earlier reading, also of another
// process, is trusted for as long as the file's size, its times of change and its place on the disk
// stay the same. Fails with not_found, io_failed or cancelled. Safe from any thread.
[[nodiscard]] Result<std::string> hash_of_file(const std::filesystem::path& path,
                                               ContentHash::Kind kind,
                                               const HashProgress& progress = {});

// The same, but every byte is read in any case.
[[nodiscard]] Result<std::string> reread_hash_of_file(const std::filesystem::path& path,
                                                      ContentHash::Kind kind,
                                                      const HashProgress& progress = {});

// Notes the hash of a file that was computed while it was written.
void remember_hash(const std::filesystem::path& path, ContentHash::Kind kind,
                   const std::string& hash);

[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace emend
