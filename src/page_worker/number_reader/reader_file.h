// SPDX-License-Identifier: Apache-2.0
// The number reader's file: weights and alphabet of its network in a GGUF, made by training/reader.
//
// It is part of emend, and which bytes it has is compiled in. So what is not that very file is
// refused by its digest, before anything in it is believed. Its parts are checked all the same:
// ggml ends the process where two shapes do not fit.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

// Innermost dimension first, as ggml counts; 1 where there is none.
struct Weights {
  std::array<std::int64_t, 4> shape = {1, 1, 1, 1};
  std::vector<float> values;
};

struct ReaderFile {
  std::string digest;              // SHA-256 of the file in hex
  std::vector<char32_t> alphabet;  // of class 1, 2, ...; class 0 is the blank
  std::map<std::string, Weights> tensors;
};

// What the last class stands for: a sign that is none of the others.
inline constexpr char32_t kSomethingElse = 0xFFFD;

// Fails with not_found, io_failed, or unreadable_input when the file has another digest than
// `digest` (in hex; empty = any), is no reader of this kind and version, or is cut short.
[[nodiscard]] Result<ReaderFile> open_reader_file(const std::filesystem::path& path,
                                                  std::string_view digest);

// unreadable_input, with a way out.
[[nodiscard]] tl::unexpected<Error> damaged_reader(const std::string& what);

}  // namespace emend
