// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/image_file.h"

#include <string>
#include <utility>

#include "page_worker/input/exif.h"
#include "page_worker/input/image_header.h"

namespace emend {

namespace {

constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{1} << 30U;

[[nodiscard]] tl::unexpected<Error> cannot_decode(FileKind kind) {
  return fail(ErrorCode::unreadable_input,
              "this " + std::string(name(kind)) + " image is damaged or incomplete",
              "Open it in an image viewer and save it again, or fetch it again.");
}

// The share of rows at the bottom that all look the same: what the decoder filled in where a file
// ends too early. A page that is cut off there may well end in white, so look at this only when the
// decoder complained.
double empty_share(Pix* pix) {
  const int height = pixGetHeight(pix);
  const int words = pixGetWpl(pix);
  const l_uint32* last = pixGetData(pix) + static_cast<std::ptrdiff_t>(height - 1) * words;
  int row = height - 1;
  while (row > 0 && std::equal(last, last + words,
                               last - static_cast<std::ptrdiff_t>(words) * (height - row))) {
    --row;
  }
  return static_cast<double>(height - 1 - row) / height;
}

}  // namespace

Result<std::unique_ptr<ImageFile>> ImageFile::open(const File& file, FileKind kind) {
  if (file.size() > kMaxFileBytes) {
    return fail(ErrorCode::limit_exceeded,
                "the file has " + std::to_string(file.size()) + " bytes, more than any page needs");
  }
  auto bytes = file.read_start(static_cast<std::size_t>(file.size()));
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  auto size = find_size(kind, *bytes);
  if (!size) return tl::unexpected(std::move(size.error()));
  return std::unique_ptr<ImageFile>(new ImageFile(kind, std::move(*bytes)));
}

Result<DecodedPage> ImageFile::decode(int /*page*/, const ReadOptions& options) {
  const auto size = find_size(kind_, bytes_);
  if (!size) return tl::unexpected(size.error());
  if (auto checked = check_size(*size, options.max_pixels); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  if (kind_ == FileKind::jpeg) return decode_jpeg();
  DecodedPage page{.pixels = PixPtr(pixReadMem(bytes_.data(), bytes_.size()))};
  if (!page.pixels) return cannot_decode(kind_);
  page.dpi = pixGetXRes(page.pixels.get());
  return page;
}

Result<DecodedPage> ImageFile::decode_jpeg() const {
  constexpr double kNothingLeft = 0.95;
  l_int32 warnings = 0;
  DecodedPage page{.pixels = PixPtr(pixReadMemJpeg(bytes_.data(), bytes_.size(), 0, 1, &warnings,
                                                   L_JPEG_CONTINUE_WITH_BAD_DATA))};
  if (!page.pixels) return cannot_decode(FileKind::jpeg);
  if (warnings > 0) {
    const double missing = empty_share(page.pixels.get());
    if (missing > kNothingLeft) return cannot_decode(FileKind::jpeg);
    page.repaired = "the JPEG image is damaged; what could be decoded was read";
    if (const int percent = static_cast<int>(missing * 100); percent > 0) {
      page.repaired += ", about " + std::to_string(percent) + " % at the bottom is missing";
    }
  }
  page.dpi = pixGetXRes(page.pixels.get());
  page.pixels = oriented(std::move(page.pixels), find_exif_orientation(bytes_));
  if (!page.pixels) return fail(ErrorCode::limit_exceeded, "not enough memory to turn the image");
  return page;
}

}  // namespace emend
