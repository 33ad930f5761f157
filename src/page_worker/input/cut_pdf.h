// SPDX-License-Identifier: Apache-2.0
// PDF files that were cut off before their trailer, which says where a document begins. Neither
// poppler nor qpdf finds a document without one.
#pragma once

#include <filesystem>
#include <optional>

#include "emend/error.h"
#include "process/unnamed_file.h"

namespace emend {

// A copy with a new trailer, and with a new catalogue and tree of pages where those are lost; the
// pages then stand in the order of the file. Both libraries have to put the copy together from its
// objects, and say so. Nothing when there are no pages to be found: they lie in compressed objects,
// the file is encrypted (its key is in the trailer), or it is above 1 GiB. Fails with io_failed.
[[nodiscard]] Result<std::optional<UnnamedFile>> with_new_trailer(
    const std::filesystem::path& path);

}  // namespace emend
