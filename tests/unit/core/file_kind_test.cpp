// SPDX-License-Identifier: Apache-2.0
#include "core/file_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace emend {
namespace {

using namespace std::string_literals;

FileKind kind_of(const std::string& bytes) {
  return find_kind({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(FileKind, IsFoundBySignature) {
  EXPECT_EQ(kind_of("\x89PNG\r\n\x1a\n...."), FileKind::png);
  EXPECT_EQ(kind_of("\xff\xd8\xff\xe0"), FileKind::jpeg);
  EXPECT_EQ(kind_of("II*\0...."s), FileKind::tiff);
  EXPECT_EQ(kind_of("MM\0*...."s), FileKind::tiff);
  EXPECT_EQ(kind_of("GIF89a"), FileKind::gif);
  EXPECT_EQ(kind_of("RIFF\1\2\3\4WEBPVP8 "), FileKind::webp);
  EXPECT_EQ(kind_of("P5 10 10 255\n"), FileKind::pnm);
  EXPECT_EQ(kind_of("P4\n# made by hand\n10 10\n"), FileKind::pnm);
  EXPECT_EQ(kind_of("\0\0\0\x0cjP  \r\n\x87\n"s), FileKind::jpeg2000);
  EXPECT_EQ(kind_of("%PDF-1.7\n"), FileKind::pdf);
}

TEST(FileKind, AnOfficeDocumentIsNoArchiveOfFiles) {
  const auto is_packed = [](const std::string& bytes) {
    EXPECT_EQ(kind_of(bytes), FileKind::zip);
    return is_packed_document({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  };
  const std::string header = "PK\x03\x04" + std::string(26, '\0');
  EXPECT_TRUE(is_packed(header + "[Content_Types].xml"));
  EXPECT_TRUE(is_packed(header + "mimetypeapplication/epub+zip"));
  EXPECT_FALSE(is_packed(header + "scans/page1.png"));
  EXPECT_FALSE(is_packed("PK\x05\x06" + std::string(18, '\0')));
}

TEST(FileKind, OfBmpNeedsAFittingHeader) {
  const std::string header = "BM" + std::string(12, '\0') + std::string("\x28\0\0\0", 4);
  EXPECT_EQ(kind_of(header + std::string(20, '\0')), FileKind::bmp);
  EXPECT_EQ(kind_of("BMW is a maker of cars in Munich."), FileKind::unknown);
}

TEST(FileKind, OfPdfIsFoundBehindOtherLines) {
  EXPECT_EQ(kind_of("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4"), FileKind::pdf);
  EXPECT_EQ(kind_of(std::string(2000, ' ') + "%PDF-1.4"), FileKind::unknown);
}

TEST(FileKind, OfAnythingElseIsUnknown) {
  EXPECT_EQ(kind_of(""), FileKind::unknown);
  EXPECT_EQ(kind_of("Dear Sir"), FileKind::unknown);
  EXPECT_EQ(kind_of("P5"), FileKind::unknown);
  EXPECT_EQ(kind_of("P5 is a page size"), FileKind::unknown);
  EXPECT_EQ(kind_of("RIFF\1\2\3\4WAVEfmt "), FileKind::unknown);
  EXPECT_EQ(kind_of("\xff\xd8"), FileKind::unknown);
}

TEST(FileKind, TextIsRecognised) {
  const auto is_text = [](const std::string& bytes) {
    return looks_like_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  };
  EXPECT_TRUE(is_text("Grüße,\r\n\tX\n"));
  EXPECT_FALSE(is_text("a\0b"s));
  EXPECT_FALSE(is_text(""));
}

}  // namespace
}  // namespace emend
