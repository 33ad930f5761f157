// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/comic_file.h"

#include <utility>

namespace emend {

namespace {

bool is_image(FileKind kind) {
  return kind != FileKind::unknown && kind != FileKind::pdf && kind != FileKind::zip;
}

// What programs leave in folders: "__MACOSX/._page1.png" looks like an image by its name only, but
// ".trash/old.png" is one.
bool is_hidden(const std::string& label) {
  return label.front() == '.' || label.find("/.") != std::string::npos;
}

}  // namespace

Result<std::unique_ptr<ComicFile>> ComicFile::open(const std::filesystem::path& path) {
  auto archive = Archive::open(path);
  if (!archive) return tl::unexpected(std::move(archive.error()));
  std::vector<std::string> labels;
  std::optional<Error> first_error;
  for (ArchiveMember& member : (*archive)->members()) {
    if (member.error && !first_error) first_error = std::move(member.error);
    if (is_image(member.kind) && !is_hidden(member.label)) labels.push_back(member.label);
  }
  if (labels.empty()) {
    if (first_error) return tl::unexpected(std::move(*first_error));
    return fail(ErrorCode::unreadable_input, "there is no image in this archive");
  }
  return std::unique_ptr<ComicFile>(new ComicFile(std::move(*archive), std::move(labels)));
}

Result<PagePlace> ComicFile::place_of(int page, const ReadOptions& options) {
  if (page != page_) {
    page_ = 0;
    image_.reset();
    auto copy = UnnamedFile::create();
    if (!copy) return tl::unexpected(std::move(copy.error()));
    auto unpacked =
        archive_->unpack(labels_[static_cast<std::size_t>(page) - 1],
                         [&copy](std::string_view bytes) { return copy->write(bytes); });
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    copy_ = std::move(*copy);
    auto image = open_input(copy_->path(), options);
    if (!image) return tl::unexpected(std::move(image.error()));
    image_ = std::move(*image);
    page_ = page;
  }
  return PagePlace{image_.get(), copy_->path(), 1};
}

Result<DecodedPage> ComicFile::decode(int page, const ReadOptions& options) {
  auto place = place_of(page, options);
  if (!place) return tl::unexpected(std::move(place.error()));
  return place->file->decode(place->page, options);
}

}  // namespace emend
