// SPDX-License-Identifier: Apache-2.0
// Pages and files that the tests of the page worker make for themselves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "page_worker/picture.h"

namespace emend::fixtures {

// A folder that is gone after the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view bytes) const;
  // In Leptonica's format, such as IFF_PNG.
  [[nodiscard]] std::filesystem::path write(const std::string& name, Pix* pix, int format) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Black text on white, 8 bits, in letters that Tesseract reads well, one line below the other.
[[nodiscard]] PixPtr text_page(const std::vector<std::string>& lines);

// A sheet of letters, wide enough to be no receipt.
[[nodiscard]] PixPtr letter_page();
[[nodiscard]] PixPtr receipt_page();

// A PDF of one page for each picture (8 bits grey), which fills its page at 150 dpi.
[[nodiscard]] std::string pdf_of(const std::vector<Pix*>& pictures);

// One empty page of an inch; the password is "secret".
[[nodiscard]] std::string encrypted_pdf();

// `jpeg` with an EXIF segment that says how it should be turned.
[[nodiscard]] std::string with_orientation(const std::string& jpeg, int orientation,
                                           bool big_endian);

}  // namespace emend::fixtures
