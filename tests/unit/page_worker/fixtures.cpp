// SPDX-License-Identifier: Apache-2.0
#include "unit/page_worker/fixtures.h"

#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace emend::fixtures {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  setMsgSeverity(L_SEVERITY_NONE);  // bad files are what the tests are about
  std::string pattern = (fs::temp_directory_path() / "emend-test-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path TemporaryFolder::write(const std::string& name, std::string_view bytes) const {
  std::ofstream(path_ / name, std::ios::binary) << bytes;
  return path_ / name;
}

fs::path TemporaryFolder::write(const std::string& name, Pix* pix, int format) const {
  pixWrite((path_ / name).c_str(), pix, format);
  return path_ / name;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

PixPtr text_page(const std::vector<std::string>& lines) {
  constexpr int kFontSize = 10;  // of the bitmap fonts that Leptonica carries, made for 300 dpi
  constexpr int kMargin = 60;
  constexpr int kLineHeight = 52;
  L_Bmf* font = bmfCreate(nullptr, kFontSize);
  int widest = 0;
  for (const auto& line : lines) {
    l_int32 width = 0;
    bmfGetStringWidth(font, line.c_str(), &width);
    widest = std::max(widest, width);
  }
  PixPtr page(pixCreate(widest + 2 * kMargin,
                        static_cast<int>(lines.size()) * kLineHeight + 2 * kMargin, 8));
  pixSetAll(page.get());
  int baseline = kMargin + kLineHeight / 2;
  for (const auto& line : lines) {
    l_int32 width = 0;
    pixSetTextline(page.get(), font, line.c_str(), 0, kMargin, baseline, &width, nullptr);
    baseline += kLineHeight;
  }
  bmfDestroy(&font);
  return page;
}

PixPtr letter_page() {
  std::vector<std::string> lines;
  for (int i = 0; i < 6; ++i) {
    lines.emplace_back("The quick brown fox jumps over the lazy dog while the band is playing on.");
    lines.emplace_back("Please find the signed papers enclosed, together with our best regards to");
    lines.emplace_back("everybody at your office, and let us know when the goods have arrived.");
  }
  return text_page(lines);
}

PixPtr receipt_page() {
  std::vector<std::string> lines{"CORNER SHOP", "12 Market Street", "Thank you"};
  for (int i = 0; i < 10; ++i) {
    lines.emplace_back("Fresh milk       1.20");
    lines.emplace_back("Brown bread      2.35");
  }
  lines.emplace_back("TOTAL           35.50");
  return text_page(lines);
}

namespace {

std::string grey_bytes(Pix* pix) {
  std::string bytes;
  for (int y = 0; y < pixGetHeight(pix); ++y) {
    for (int x = 0; x < pixGetWidth(pix); ++x) {
      l_uint32 value = 0;
      pixGetPixel(pix, x, y, &value);
      bytes += static_cast<char>(value);
    }
  }
  return bytes;
}

std::string stream(const std::string& entries, const std::string& content) {
  return "<< " + entries + " /Length " + std::to_string(content.size()) + " >>\nstream\n" +
         content + "\nendstream";
}

}  // namespace

std::string pdf_of(const std::vector<Pix*>& pictures) {
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", ""};
  std::string kids;
  for (Pix* picture : pictures) {
    const std::string size = "/Width " + std::to_string(pixGetWidth(picture)) + " /Height " +
                             std::to_string(pixGetHeight(picture));
    const std::string width = std::to_string(pixGetWidth(picture) * 72.0 / 150);
    const std::string height = std::to_string(pixGetHeight(picture) * 72.0 / 150);
    const std::size_t first = objects.size() + 1;
    const auto reference = [](std::size_t number) { return std::to_string(number) + " 0 R"; };
    kids += reference(first) + " ";
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + width + " " + height +
                      "] /Contents " + reference(first + 1) + " /Resources << /XObject << /Im " +
                      reference(first + 2) + " >> >> >>");
    objects.push_back(stream("", width + " 0 0 " + height + " 0 0 cm /Im Do"));
    objects.push_back(stream(
        "/Type /XObject /Subtype /Image " + size + " /ColorSpace /DeviceGray /BitsPerComponent 8",
        grey_bytes(picture)));
  }
  objects[1] =
      "<< /Type /Pages /Count " + std::to_string(pictures.size()) + " /Kids [ " + kids + "] >>";
  std::string pdf = "%PDF-1.4\n";
  std::string index = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const std::string offset = std::to_string(pdf.size());
    index += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(pdf.size());
  return pdf + index + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
         " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

std::string with_orientation(const std::string& jpeg, int orientation, bool big_endian) {
  const auto number = [big_endian](unsigned value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
    if (big_endian) std::reverse(bytes.begin(), bytes.end());
    return bytes;
  };
  std::string tiff = (big_endian ? "MM" : "II") + number(42, 2) + number(8, 4);
  tiff += number(2, 2);                                                    // two entries
  tiff += number(0x0100, 2) + number(4, 2) + number(1, 4) + number(9, 4);  // some other tag
  tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) +
          number(static_cast<unsigned>(orientation), 2) + number(0, 2);
  tiff += number(0, 4);
  const std::string content = std::string("Exif\0\0", 6) + tiff;
  const std::size_t length = content.size() + 2;
  return jpeg.substr(0, 2) + "\xff\xe1" + static_cast<char>(length >> 8U) +
         static_cast<char>(length & 0xffU) + content + jpeg.substr(2);
}

}  // namespace emend::fixtures
