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

// Made by `qpdf --static-id --encrypt secret owner 256` from a PDF of one empty page of an inch.
std::string encrypted_pdf() {
  constexpr std::string_view kHex =
      "255044462d312e370a25bff7a2fe0a312030206f626a0a3c3c202f457874656e73696f6e73203c3c202f414442"
      "45203c3c202f4261736556657273696f6e202f312e37202f457874656e73696f6e4c6576656c2038203e3e203e"
      "3e202f5061676573203220302052202f54797065202f436174616c6f67203e3e0a656e646f626a0a322030206f"
      "626a0a3c3c202f436f756e742031202f4b696473205b203320302052205d202f54797065202f5061676573203e"
      "3e0a656e646f626a0a332030206f626a0a3c3c202f4d65646961426f78205b20302030203732203732205d202f"
      "506172656e74203220302052202f54797065202f50616765203e3e0a656e646f626a0a342030206f626a0a3c3c"
      "202f4346203c3c202f5374644346203c3c202f417574684576656e74202f446f634f70656e202f43464d202f41"
      "45535633202f4c656e677468203332203e3e203e3e202f46696c746572202f5374616e64617264202f4c656e67"
      "746820323536202f4f203c32303332316239343665353561303635653665316435653063643135653265613766"
      "376465626565306232643334313733633361363631653136386262653130333762313434343766363231616430"
      "30316134623564396161373930663063343e202f4f45203c643064636438613461393933666535663238623231"
      "346434666530666664383434616237616164333731623237623865613861303230623039626464376430383e20"
      "2f50202d34202f5065726d73203c64373237303734646362393735653037653835313165653234353335343761"
      "343e202f522036202f53746d46202f5374644346202f53747246202f5374644346202f55203c62303839666333"
      "333230616566633563363539346663656231356266333363663439343833636462636666613365626262393563"
      "30336131333336336131663065393964333263626239313530623438623730346130343938653936303033643e"
      "202f5545203c396430376337313238613936633937353631646139613035316335333630336634313730353537"
      "366536303666336630326633633233316431333431343139613e202f562035203e3e0a656e646f626a0a787265"
      "660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e20"
      "0a30303030303030313330203030303030206e200a30303030303030313839203030303030206e200a30303030"
      "303030323630203030303030206e200a747261696c6572203c3c202f526f6f74203120302052202f53697a6520"
      "35202f4944205b3c33313431353932363533353839373933323338343632363433333833323739353e3c333134"
      "31353932363533353839373933323338343632363433333833323739353e5d202f456e63727970742034203020"
      "52203e3e0a7374617274787265660a3830370a2525454f460a";
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < kHex.size(); i += 2) {
    bytes += static_cast<char>(digit(kHex[i]) * 16 + digit(kHex[i + 1]));
  }
  return bytes;
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
