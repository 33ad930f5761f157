// SPDX-License-Identifier: Apache-2.0
// What a file is, by its content. Names are not looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace emend {

enum class FileKind : std::uint8_t {
  unknown,
  png,
  jpeg,
  tiff,
  bmp,
  gif,
  webp,
  pnm,
  jpeg2000,
  pdf,
  zip
};

// How much of the start of a file find_kind() can make use of. PDF allows that much before itself.
inline constexpr std::size_t kKindBytes = 1024;

[[nodiscard]] FileKind find_kind(std::span<const std::uint8_t> start);
[[nodiscard]] std::string_view name(FileKind kind);

// Whether a file of kind zip is the document of an office program, a book or a program: archives in
// form, but nothing that anybody packed for its files.
[[nodiscard]] bool is_packed_document(std::span<const std::uint8_t> start);

// Whether the start of a file of unknown kind is text, for a better message.
[[nodiscard]] bool looks_like_text(std::span<const std::uint8_t> start);

}  // namespace emend
