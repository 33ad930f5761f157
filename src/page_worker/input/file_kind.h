// SPDX-License-Identifier: Apache-2.0
// What a file is, by its content. Names are not looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace emend {

enum class FileKind : std::uint8_t { unknown, png, jpeg, tiff, bmp, gif, webp, pnm, jpeg2000, pdf };

// How much of the start of a file find_kind() can make use of. PDF allows that much before itself.
inline constexpr std::size_t kKindBytes = 1024;

[[nodiscard]] FileKind find_kind(std::span<const std::uint8_t> start);
[[nodiscard]] std::string_view name(FileKind kind);

// Whether the start of a file of unknown kind is text, for a better message.
[[nodiscard]] bool looks_like_text(std::span<const std::uint8_t> start);

}  // namespace emend
