// SPDX-License-Identifier: Apache-2.0
// GGUF files on the disk, as far as the store looks into them: not beyond the first four bytes.
#pragma once

#include <filesystem>

#include "emend/models.h"
#include "models/file_hash.h"
#include "models/model_choice.h"

namespace emend {

// The model that a path of a file or a folder leads to. Fails with not_found, invalid_argument when
// a folder has several, unreadable_input when a file is no GGUF, and io_failed.
[[nodiscard]] Result<StoredModel> local_model(const std::filesystem::path& path);

// Fails with unreadable_input when the file is no GGUF, saying what it seems to be.
[[nodiscard]] Result<void> check_magic(const std::filesystem::path& path);

// Whether the file is there with the size and the bytes that the hub lists.
[[nodiscard]] Result<bool> is_whole(const std::filesystem::path& path, const RepositoryFile& file,
                                    const HashProgress& progress);

}  // namespace emend
