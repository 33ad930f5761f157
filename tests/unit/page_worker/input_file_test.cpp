// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/input_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fixtures::pdf_of;
using fixtures::read_file;
using fixtures::TemporaryFolder;
using fixtures::with_orientation;

PixPtr gradient(int width, int height) {
  PixPtr pix(pixCreate(width, height, 8));
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      pixSetPixel(pix.get(), x, y, static_cast<l_uint32>((x * 3 + y * 5) % 256));
    }
  }
  return pix;
}

Result<DecodedPage> decoded(const fs::path& path, int page = 1, const ReadOptions& options = {}) {
  auto file = open_input(path, options);
  if (!file) return tl::unexpected(std::move(file.error()));
  return (*file)->decode(page, options);
}

class InputFileTest : public testing::Test {
 protected:
  TemporaryFolder folder_;
};

TEST_F(InputFileTest, DecodesEveryKindOfImage) {
  const PixPtr pix = gradient(300, 200);
  const std::pair<FileKind, int> kinds[] = {
      {FileKind::png, IFF_PNG}, {FileKind::jpeg, IFF_JFIF_JPEG}, {FileKind::tiff, IFF_TIFF_LZW},
      {FileKind::bmp, IFF_BMP}, {FileKind::gif, IFF_GIF},        {FileKind::webp, IFF_WEBP},
      {FileKind::pnm, IFF_PNM}, {FileKind::jpeg2000, IFF_JP2}};
  for (const auto& [kind, format] : kinds) {
    // The name says nothing.
    const fs::path path = folder_.write("picture.docx", pix.get(), format);
    auto file = open_input(path, {});
    ASSERT_TRUE(file) << name(kind) << ": " << file.error().message;
    EXPECT_EQ((*file)->kind(), kind);
    EXPECT_EQ((*file)->page_count(), 1);
    const auto page = (*file)->decode(1, {});
    ASSERT_TRUE(page) << name(kind) << ": " << page.error().message;
    EXPECT_EQ(pixGetWidth(page->pixels.get()), 300) << name(kind);
    EXPECT_EQ(pixGetHeight(page->pixels.get()), 200) << name(kind);
    EXPECT_TRUE(page->repaired.empty());
  }
}

TEST_F(InputFileTest, TakesTheResolutionFromTheFile) {
  const PixPtr pix = gradient(30, 20);
  EXPECT_EQ(decoded(folder_.write("a", pix.get(), IFF_PNG))->dpi, 0);
  pixSetResolution(pix.get(), 400, 400);
  EXPECT_EQ(decoded(folder_.write("a", pix.get(), IFF_PNG))->dpi, 400);
}

TEST_F(InputFileTest, HonoursTheOrientationOfAPhotograph) {
  const PixPtr pix = gradient(60, 40);
  const std::string jpeg = read_file(folder_.write("a.jpg", pix.get(), IFF_JFIF_JPEG));
  const auto page = decoded(folder_.write("b.jpg", with_orientation(jpeg, 6, true)));
  ASSERT_TRUE(page);
  EXPECT_EQ(pixGetWidth(page->pixels.get()), 40);
  EXPECT_EQ(pixGetHeight(page->pixels.get()), 60);
}

TEST_F(InputFileTest, ReadsEveryPageOfATiff) {
  const fs::path path = folder_.path() / "a.tif";
  for (int page = 1; page <= 3; ++page) {
    const PixPtr pix = gradient(100 * page, 50);
    pixWriteTiff(path.c_str(), pix.get(), IFF_TIFF_LZW, page == 1 ? "w" : "a");
  }
  auto file = open_input(path, {});
  ASSERT_TRUE(file);
  ASSERT_EQ((*file)->page_count(), 3);
  for (const int page : {3, 1, 2}) {
    const auto picture = (*file)->decode(page, {});
    ASSERT_TRUE(picture);
    EXPECT_EQ(pixGetWidth(picture->pixels.get()), 100 * page);
  }
}

TEST_F(InputFileTest, RendersPagesOfAPdf) {
  const PixPtr first = gradient(150, 300);
  const PixPtr second = gradient(300, 150);
  const fs::path path = folder_.write("a.pdf", pdf_of({first.get(), second.get()}));
  auto file = open_input(path, {});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ((*file)->kind(), FileKind::pdf);
  ASSERT_EQ((*file)->page_count(), 2);
  const auto page = (*file)->decode(2, {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->dpi, 300);
  EXPECT_EQ(pixGetWidth(page->pixels.get()), 600);
  EXPECT_EQ(pixGetHeight(page->pixels.get()), 300);
  EXPECT_EQ(pixGetDepth(page->pixels.get()), 8);
  EXPECT_TRUE(page->repaired.empty());
  ReadOptions coarse;
  coarse.pdf_dpi = 150;
  EXPECT_EQ(pixGetWidth((*file)->decode(2, coarse)->pixels.get()), 300);
}

TEST_F(InputFileTest, PdfPixelsAreInTheRightPlace) {
  PixPtr pix(pixCreate(151, 80, 8));  // rows that end within a word
  pixSetAll(pix.get());
  pixRasterop(pix.get(), 100, 20, 20, 10, PIX_CLR, nullptr, 0, 0);
  ReadOptions options;
  options.pdf_dpi = 150;
  const auto page = decoded(folder_.write("a.pdf", pdf_of({pix.get()})), 1, options);
  ASSERT_TRUE(page);
  l_uint32 inside = 255;
  l_uint32 outside = 0;
  pixGetPixel(page->pixels.get(), 110, 25, &inside);
  pixGetPixel(page->pixels.get(), 25, 25, &outside);
  EXPECT_LT(inside, 50U);
  EXPECT_GT(outside, 200U);
}

TEST_F(InputFileTest, RendersAnOversizedPdfPageSmallerAndSaysSo) {
  const PixPtr pix = gradient(600, 600);
  ReadOptions options;
  options.max_pixels = 250'000;
  const auto page = decoded(folder_.write("a.pdf", pdf_of({pix.get()})), 1, options);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_LE(pixGetWidth(page->pixels.get()) * pixGetHeight(page->pixels.get()), 250'000);
  EXPECT_LT(page->dpi, 300);
  EXPECT_NE(page->reduced.find("instead of 300"), std::string::npos);
  options.max_pixels = 10'000;
  const auto refused = decoded(folder_.path() / "a.pdf", 1, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
}

struct BadFile {
  const char* name;
  std::string bytes;
  ErrorCode code;
};

TEST_F(InputFileTest, SaysWhatIsWrongWithAFile) {
  const BadFile files[] = {
      {"empty.png", "", ErrorCode::unreadable_input},
      {"text.png", "Dear Sir,\n", ErrorCode::unreadable_input},
      {"random.png", std::string("\x01\x02\x00\xfe", 4), ErrorCode::unreadable_input},
      {"header_only.png", "\x89PNG\r\n\x1a\n", ErrorCode::unreadable_input},
      {"zero.pgm", "P5 0 0 255\n", ErrorCode::unreadable_input},
      {"not_really.pdf", "%PDF-1.4\nhello", ErrorCode::unreadable_input},
      {"not_really.tif", std::string("II*\0\xff\xff\xff\xff", 8), ErrorCode::unreadable_input},
  };
  for (const BadFile& bad : files) {
    const auto page = decoded(folder_.write(bad.name, bad.bytes));
    ASSERT_FALSE(page) << bad.name;
    EXPECT_EQ(page.error().code, bad.code) << bad.name;
    EXPECT_FALSE(page.error().message.empty()) << bad.name;
  }
  EXPECT_EQ(decoded(folder_.path() / "missing.png").error().code, ErrorCode::not_found);
  EXPECT_EQ(decoded(folder_.path()).error().code, ErrorCode::io_failed);
}

TEST_F(InputFileTest, DoesNotWaitForANamedPipe) {
  const fs::path pipe = folder_.path() / "pipe.png";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(decoded(pipe).error().code, ErrorCode::io_failed);
}

TEST_F(InputFileTest, RefusesABombBeforeDecodingIt) {
  // 31,000 x 31,000 pixels in a few bytes: decoding them would take a gigabyte.
  ReadOptions options;
  const auto page = decoded(folder_.write("bomb.pbm", "P4 31000 31000\n"), 1, options);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::limit_exceeded);
  const auto wide = decoded(folder_.write("wide.pbm", "P4 35000 10\n"), 1, options);
  EXPECT_EQ(wide.error().code, ErrorCode::limit_exceeded);
}

TEST_F(InputFileTest, ATruncatedJpegIsReadAsFarAsItGoes) {
  const PixPtr pix = gradient(400, 400);
  const std::string jpeg = read_file(folder_.write("a.jpg", pix.get(), IFF_JFIF_JPEG));
  const auto most = decoded(folder_.write("b.jpg", jpeg.substr(0, jpeg.size() * 3 / 4)));
  ASSERT_TRUE(most) << most.error().message;
  EXPECT_NE(most->repaired.find("damaged"), std::string::npos);
  const auto nothing = decoded(folder_.write("c.jpg", jpeg.substr(0, 640)));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::unreadable_input);
  EXPECT_FALSE(nothing.error().hint.empty());
}

TEST_F(InputFileTest, ATruncatedPngIsAnError) {
  const PixPtr pix = gradient(400, 400);
  const std::string png = read_file(folder_.write("a.png", pix.get(), IFF_PNG));
  EXPECT_EQ(decoded(folder_.write("b.png", png.substr(0, png.size() / 2))).error().code,
            ErrorCode::unreadable_input);
}

TEST_F(InputFileTest, APdfWithAWrongIndexIsReadAndSaysSo) {
  const PixPtr pix = gradient(100, 100);
  std::string pdf = pdf_of({pix.get()});
  constexpr std::string_view kEntry = "0000000000 65535 f \n";
  const auto index = pdf.find(kEntry);
  ASSERT_NE(index, std::string::npos);
  pdf.replace(index + kEntry.size(), 10, "0000000003");  // where the first object is said to be
  const auto page = decoded(folder_.write("a.pdf", pdf));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_FALSE(page->repaired.empty());
}

TEST_F(InputFileTest, AnEncryptedPdfNeedsItsPassword) {
  const fs::path path = folder_.write("a.pdf", fixtures::encrypted_pdf());
  ReadOptions options;
  const auto locked = decoded(path, 1, options);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(locked.error().hint.find("--password"), std::string::npos);
  options.password = "guess";
  const auto wrong = decoded(path, 1, options);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("password"), std::string::npos);
  EXPECT_EQ(wrong.error().message.find("guess"), std::string::npos);
  options.password = "secret";
  const auto page = decoded(path, 1, options);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(pixGetWidth(page->pixels.get()), 300);
}

// Of a PDF that was cut off, the pages that are found are read, and it is said; without any page it
// is an error.
TEST_F(InputFileTest, ATruncatedPdfIsReadAsFarAsItsPagesCanBeFound) {
  const PixPtr pix = gradient(100, 100);
  const std::string pdf = pdf_of({pix.get()});
  const auto page = decoded(folder_.write("a.pdf", pdf.substr(0, pdf.size() / 2)));
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_FALSE(page->repaired.empty());
  const auto nothing = decoded(folder_.write("b.pdf", pdf.substr(0, 20)));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::unreadable_input);
}

}  // namespace
}  // namespace emend
