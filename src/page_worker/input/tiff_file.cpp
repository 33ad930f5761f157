// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/tiff_file.h"

#include <utility>

#include "page_worker/input/image_header.h"

namespace emend {

namespace {

[[nodiscard]] tl::unexpected<Error> damaged(const char* what) {
  return fail(ErrorCode::unreadable_input, what,
              "Fetch the file again, or try to repair it with `tiffcp`.");
}

}  // namespace

Result<std::unique_ptr<TiffFile>> TiffFile::open(File file) {
  l_int32 count = 0;
  if (tiffGetCount(file.stream(), &count) != 0 || count < 1) {
    return damaged("the header of this TIFF file is damaged");
  }
  return std::unique_ptr<TiffFile>(new TiffFile(std::move(file), count));
}

Result<DecodedPage> TiffFile::decode(int page, const ReadOptions& options) {
  l_int32 width = 0;
  l_int32 height = 0;
  if (freadHeaderTiff(file_.stream(), page - 1, &width, &height, nullptr, nullptr, nullptr, nullptr,
                      nullptr) != 0) {
    return damaged("the header of this TIFF page is damaged");
  }
  if (auto checked = check_size({width, height}, options.max_pixels); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  DecodedPage decoded{.pixels = PixPtr(pixReadStreamTiff(file_.stream(), page - 1))};
  if (!decoded.pixels) return damaged("this TIFF page is damaged or incomplete");
  decoded.dpi = pixGetXRes(decoded.pixels.get());
  return decoded;
}

}  // namespace emend
