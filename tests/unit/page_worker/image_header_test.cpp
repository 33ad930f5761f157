// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/image_header.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using fixtures::read_file;
using fixtures::TemporaryFolder;

Result<ImageSize> size_of(FileKind kind, const std::string& bytes) {
  return find_size(kind, {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

TEST(ImageHeader, GivesTheSizeOfEveryKind) {
  const TemporaryFolder folder;
  const PixPtr pix(pixCreate(70, 41, 8));
  pixSetAll(pix.get());
  const std::pair<FileKind, int> kinds[] = {
      {FileKind::png, IFF_PNG},     {FileKind::jpeg, IFF_JFIF_JPEG}, {FileKind::bmp, IFF_BMP},
      {FileKind::gif, IFF_GIF},     {FileKind::webp, IFF_WEBP},      {FileKind::pnm, IFF_PNM},
      {FileKind::jpeg2000, IFF_JP2}};
  for (const auto& [kind, format] : kinds) {
    const auto size = size_of(kind, read_file(folder.write("a", pix.get(), format)));
    ASSERT_TRUE(size) << name(kind) << ": " << size.error().message;
    EXPECT_EQ(size->width, 70) << name(kind);
    EXPECT_EQ(size->height, 41) << name(kind);
  }
}

TEST(ImageHeader, CutOffAtAnyByteIsRefusedOrTheSize) {
  const TemporaryFolder folder;
  const PixPtr pix(pixCreate(70, 41, 8));
  const std::pair<FileKind, int> kinds[] = {
      {FileKind::png, IFF_PNG},     {FileKind::jpeg, IFF_JFIF_JPEG}, {FileKind::bmp, IFF_BMP},
      {FileKind::gif, IFF_GIF},     {FileKind::webp, IFF_WEBP},      {FileKind::pnm, IFF_PNM},
      {FileKind::jpeg2000, IFF_JP2}};
  for (const auto& [kind, format] : kinds) {
    const std::string bytes = read_file(folder.write("a", pix.get(), format));
    for (std::size_t length = 1; length < std::min<std::size_t>(bytes.size(), 200); ++length) {
      const auto size = size_of(kind, bytes.substr(0, length));
      if (size && check_size(*size, 1'000'000)) {
        EXPECT_EQ(size->width, 70) << name(kind) << " cut at " << length;
      }
    }
  }
}

TEST(ImageHeader, OfABmpThatIsUpsideDownHasAPositiveHeight) {
  std::string bytes = "BM" + std::string(12, '\0') + std::string("\x28\0\0\0", 4) +
                      std::string("\x46\0\0\0", 4) + std::string("\xd7\xff\xff\xff", 4) +
                      std::string(30, '\0');
  const auto size = size_of(FileKind::bmp, bytes);
  ASSERT_TRUE(size);
  EXPECT_EQ(size->height, 41);
}

TEST(ImageHeader, SizesOutsideTheLimitsAreRefused) {
  constexpr std::int64_t kMaxPixels = 1'000'000;
  EXPECT_TRUE(check_size({1000, 1000}, kMaxPixels));
  EXPECT_EQ(check_size({0, 0}, kMaxPixels).error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(check_size({10, 0}, kMaxPixels).error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(check_size({-5, 10}, kMaxPixels).error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(check_size({1001, 1000}, kMaxPixels).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(check_size({35'000, 10}, kMaxPixels).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(check_size({4'294'967'295, 4'294'967'295}, kMaxPixels).error().code,
            ErrorCode::limit_exceeded);
}

TEST(ImageHeader, RefusalsSayWhatToDo) {
  const auto refused = check_size({35'000, 35'000}, 1'000'000);
  EXPECT_NE(refused.error().message.find("35000 x 35000"), std::string::npos);
  EXPECT_FALSE(refused.error().hint.empty());
}

}  // namespace
}  // namespace emend
