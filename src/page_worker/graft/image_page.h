// SPDX-License-Identifier: Apache-2.0
// An image file as pages of a PDF file: the original data where PDF can hold it (JPEG, JPEG 2000,
// PNG without transparency), the same pixels without loss where it cannot.
#pragma once

#include <filesystem>
#include <qpdf/QPDF.hh>

#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/graft/stored_streams.h"
#include "page_worker/input/input_file.h"

namespace emend {

// Adds page `number` of the image `file`, which lies at `path`, to `pdf`. A page that cannot be
// decoded fails as decode() does and adds nothing. Throws what qpdf throws.
[[nodiscard]] Result<void> add_image_page(QPDF& pdf, StoredStreams& streams, InputFile& file,
                                          const std::filesystem::path& path, int number,
                                          const ReadOptions& options);

// In the place of a page that cannot be decoded, so that all others keep their numbers.
[[nodiscard]] Result<void> add_empty_page(QPDF& pdf, StoredStreams& streams);

}  // namespace emend
