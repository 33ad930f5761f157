// SPDX-License-Identifier: Apache-2.0
// The results of every stage as files, for whoever wants to see where a word was won or lost.
#pragma once

#include <filesystem>
#include <string_view>

#include "emend/document.h"
#include "emend/error.h"

namespace emend {

// Where the steps of input number `index` (from 0) of `count` go: `folder` itself when it is the
// only one, else 001, 002, ... in it. Made if need be; fails with io_failed. An empty `folder`
// stays empty and means "nowhere".
[[nodiscard]] Result<std::filesystem::path> steps_folder(const std::filesystem::path& folder,
                                                         std::size_t index, std::size_t count);

// Writes 000017_<stage>.json into `folder`; nothing when that is empty. Fails with io_failed.
[[nodiscard]] Result<void> keep_step(const std::filesystem::path& folder, const Page& page,
                                     std::string_view stage);

}  // namespace emend
