// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <span>
#include <string>
#include <system_error>

#include "page_worker/input/comic_file.h"
#include "page_worker/input/file.h"
#include "page_worker/input/image_file.h"
#include "page_worker/input/pdf_file.h"
#include "page_worker/input/tiff_file.h"

namespace emend {

namespace {

constexpr const char* kReadableKinds =
    "emend reads PNG, JPEG, TIFF, BMP, GIF, WebP, PNM, JPEG 2000 and PDF, and archives of these "
    "(ZIP, CBZ). The content decides, not the name.";

[[nodiscard]] tl::unexpected<Error> unknown_kind(std::span<const std::uint8_t> start) {
  if (looks_like_text(start)) {
    return fail(ErrorCode::unreadable_input, "this is text, neither an image nor a PDF",
                "`emend correct` proofreads text. " + std::string(kReadableKinds));
  }
  return fail(ErrorCode::unreadable_input, "neither an image nor a PDF", kReadableKinds);
}

template <typename T>
Result<std::unique_ptr<InputFile>> as_input(Result<std::unique_ptr<T>> file) {
  if (!file) return tl::unexpected(std::move(file.error()));
  return std::unique_ptr<InputFile>(std::move(*file));
}

}  // namespace

Result<std::unique_ptr<InputFile>> open_input(const std::filesystem::path& path,
                                              const ReadOptions& options) {
  auto file = File::open(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (file->size() == 0) return fail(ErrorCode::unreadable_input, "the file is empty");
  auto start = file->read_start(kKindBytes);
  if (!start) return tl::unexpected(std::move(start.error()));

  const FileKind kind = find_kind(*start);
  switch (kind) {
    case FileKind::unknown:
      return unknown_kind(*start);
    case FileKind::pdf:
      return as_input(PdfFile::open(path, options.password));
    case FileKind::zip:
      if (is_packed_document(*start)) return unknown_kind(*start);
      return as_input(ComicFile::open(path));
    case FileKind::tiff:
      return as_input(TiffFile::open(std::move(*file)));
    default:
      return as_input(ImageFile::open(*file, kind));
  }
}

}  // namespace emend
