// SPDX-License-Identifier: Apache-2.0
#include "output/zip_file.h"

#include <minizip/zip.h>

namespace emend {

namespace {

tl::unexpected<Error> cannot_write() {
  return fail(ErrorCode::io_failed, "an archive cannot be written",
              "TMPDIR names the folder for temporary files; is there room?");
}

}  // namespace

void ZipFile::Close::operator()(void* archive) const {
  zipClose(archive, nullptr);
}

Result<ZipFile> ZipFile::create(const std::filesystem::path& path) {
  void* archive = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  if (archive == nullptr) return cannot_write();
  return ZipFile(archive);
}

Result<void> ZipFile::begin(const std::string& name) {
  constexpr unsigned long kNoTime = 0x00210000;  // the first day that ZIP knows, 1980-01-01
  if (has_member_ && zipCloseFileInZip(archive_.get()) != ZIP_OK) return cannot_write();
  zip_fileinfo details{};
  details.dosDate = kNoTime;
  has_member_ = zipOpenNewFileInZip64(archive_.get(), name.c_str(), &details, nullptr, 0, nullptr,
                                      0, nullptr, Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0) == ZIP_OK;
  if (!has_member_) return cannot_write();
  return {};
}

Result<void> ZipFile::write(std::string_view bytes) {
  const auto count = static_cast<unsigned int>(bytes.size());
  if (zipWriteInFileInZip(archive_.get(), bytes.data(), count) != ZIP_OK) return cannot_write();
  return {};
}

Result<void> ZipFile::add(const std::string& name, std::string_view bytes) {
  if (auto begun = begin(name); !begun) return begun;
  return write(bytes);
}

Result<void> ZipFile::finish() {
  if (has_member_ && zipCloseFileInZip(archive_.get()) != ZIP_OK) return cannot_write();
  if (zipClose(archive_.release(), nullptr) != ZIP_OK) return cannot_write();
  return {};
}

}  // namespace emend
