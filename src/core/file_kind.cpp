// SPDX-License-Identifier: Apache-2.0
#include "core/file_kind.h"

#include <algorithm>
#include <array>

namespace emend {

namespace {

struct Signature {
  FileKind kind;
  std::string_view bytes;
};

using namespace std::string_view_literals;

constexpr std::array kSignatures = {
    Signature{FileKind::png, "\x89PNG\r\n\x1a\n"sv},
    Signature{FileKind::jpeg, "\xff\xd8\xff"sv},
    Signature{FileKind::tiff, "II*\0"sv},
    Signature{FileKind::tiff, "MM\0*"sv},
    Signature{FileKind::tiff, "II+\0"sv},  // BigTIFF
    Signature{FileKind::tiff, "MM\0+"sv},
    Signature{FileKind::gif, "GIF87a"sv},
    Signature{FileKind::gif, "GIF89a"sv},
    Signature{FileKind::zip, "PK\x03\x04"sv},
    Signature{FileKind::zip, "PK\x05\x06"sv},  // with nothing in it
    Signature{FileKind::jpeg2000, "\0\0\0\x0cjP  \r\n\x87\n"sv},
};

// Two letters are a weak sign, so more of the header has to fit. The sizes are those of the headers
// from OS/2 1 to Windows 98.
bool is_bmp(std::string_view start) {
  constexpr std::array<unsigned char, 7> kHeaderSizes = {12, 16, 40, 52, 56, 108, 124};
  if (start.size() < 26 || !start.starts_with("BM") || start.substr(15, 3) != "\0\0\0"sv) {
    return false;
  }
  const auto size = static_cast<unsigned char>(start[14]);
  return std::find(kHeaderSizes.begin(), kHeaderSizes.end(), size) != kHeaderSizes.end();
}

bool is_pnm(std::string_view start) {
  if (start.size() < 8 || start[0] != 'P' || start[1] < '1' || start[1] > '6') return false;
  // White space or a comment, then the width: not a text that begins with "P4 ".
  const std::string_view rest = start.substr(2);
  const auto content = rest.find_first_not_of(" \t\r\n");
  if (content == 0 || content == std::string_view::npos) return false;
  return rest[content] == '#' || (rest[content] >= '0' && rest[content] <= '9');
}

}  // namespace

FileKind find_kind(std::span<const std::uint8_t> bytes) {
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()),
                               std::min(bytes.size(), kKindBytes));
  for (const auto& signature : kSignatures) {
    if (start.starts_with(signature.bytes)) return signature.kind;
  }
  if (start.starts_with("RIFF") && start.size() >= 12 && start.substr(8, 4) == "WEBP") {
    return FileKind::webp;
  }
  if (is_bmp(start)) return FileKind::bmp;
  if (is_pnm(start)) return FileKind::pnm;
  // Readers of PDF look for it this far; mail and web servers have put lines of their own before.
  if (start.find("%PDF-") != std::string_view::npos) return FileKind::pdf;
  return FileKind::unknown;
}

std::string_view name(FileKind kind) {
  static constexpr std::array<std::string_view, 11> kNames = {
      "unknown", "png", "jpeg", "tiff", "bmp", "gif", "webp", "pnm", "jpeg2000", "pdf", "zip"};
  return kNames.at(static_cast<std::size_t>(kind));
}

bool is_packed_document(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kName = 30;  // the length of the header of the first member
  const std::string_view start(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (start.size() < kName) return false;
  const std::string_view first = start.substr(kName);
  constexpr std::array kFirstNames = {"[Content_Types].xml"sv, "mimetype"sv, "_rels/"sv,
                                      "docProps/"sv, "META-INF/"sv};
  return std::any_of(kFirstNames.begin(), kFirstNames.end(),
                     [first](std::string_view name) { return first.starts_with(name); });
}

bool looks_like_text(std::span<const std::uint8_t> bytes) {
  const auto is_control = [](std::uint8_t byte) {
    return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f';
  };
  return !bytes.empty() && std::none_of(bytes.begin(), bytes.end(), is_control);
}

}  // namespace emend
