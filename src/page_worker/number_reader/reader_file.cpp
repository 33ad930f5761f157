// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/reader_file.h"

#include <ggml.h>
#include <gguf.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "core/digest.h"
#include "core/unicode.h"

namespace emend {

namespace {

using Gguf = std::unique_ptr<gguf_context, decltype(&gguf_free)>;

constexpr std::uintmax_t kLargestFile = 64U << 20U;  // a reader has 2 MB
constexpr std::int64_t kMostTensors = 256;
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kHeight = 32;
constexpr const char* kArchitecture = "emend-reader";

Result<std::string> bytes_of(const std::filesystem::path& path) {
  std::error_code problem;
  const auto size = std::filesystem::file_size(path, problem);
  if (problem == std::errc::no_such_file_or_directory) {
    return fail(ErrorCode::not_found, "the number reader's file is not there");
  }
  if (problem) return fail(ErrorCode::io_failed, "the number reader: " + problem.message());
  if (size > kLargestFile) return damaged_reader("it is too large");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || bytes.size() != size) {
    return fail(ErrorCode::io_failed, "the number reader's file cannot be read");
  }
  return bytes;
}

bool has_text(const gguf_context* gguf, const char* key, std::string_view value) {
  const std::int64_t id = gguf_find_key(gguf, key);
  return id >= 0 && gguf_get_kv_type(gguf, id) == GGUF_TYPE_STRING &&
         gguf_get_val_str(gguf, id) == value;
}

bool has_number(const gguf_context* gguf, const char* key, std::uint32_t value) {
  const std::int64_t id = gguf_find_key(gguf, key);
  return id >= 0 && gguf_get_kv_type(gguf, id) == GGUF_TYPE_UINT32 &&
         gguf_get_val_u32(gguf, id) == value;
}

Result<std::vector<char32_t>> alphabet_of(const gguf_context* gguf) {
  constexpr std::size_t kMostSigns = 4096;
  const std::int64_t id = gguf_find_key(gguf, "emend-reader.alphabet");
  if (id < 0 || gguf_get_kv_type(gguf, id) != GGUF_TYPE_ARRAY ||
      gguf_get_arr_type(gguf, id) != GGUF_TYPE_STRING || gguf_get_arr_n(gguf, id) > kMostSigns) {
    return damaged_reader("it has no alphabet");
  }
  std::vector<char32_t> alphabet;
  for (std::size_t i = 0; i < gguf_get_arr_n(gguf, id); ++i) {
    const std::string sign = gguf_get_arr_str(gguf, id, i);
    const auto points = is_valid_utf8(sign) ? to_code_points(sign) : std::u32string();
    if (points.size() != 1) return damaged_reader("a class of its alphabet is no single sign");
    alphabet.push_back(points.front());
  }
  const std::set<char32_t> different(alphabet.begin(), alphabet.end());
  if (different.size() != alphabet.size()) return damaged_reader("its alphabet has a sign twice");
  if (alphabet.empty() || alphabet.back() != kSomethingElse) {
    return damaged_reader("its alphabet does not end in the class for other signs");
  }
  for (char32_t digit = U'0'; digit <= U'9'; ++digit) {
    if (!different.contains(digit)) return damaged_reader("its alphabet lacks a digit");
  }
  return alphabet;
}

// The tensor's numbers as floats. The file is as long as it must be for them, or it is refused.
Result<Weights> weights_of(const gguf_context* gguf, std::int64_t id, const std::string& bytes) {
  const ggml_type type = gguf_get_tensor_type(gguf, id);
  if (type != GGML_TYPE_F32 && type != GGML_TYPE_F16) {
    return damaged_reader("its numbers are of a kind that is not used here");
  }
  Weights weights;
  const std::int64_t* shape = gguf_get_tensor_ne(gguf, id);
  std::size_t count = 1;
  for (std::size_t i = 0; i < weights.shape.size(); ++i) {
    weights.shape.at(i) = shape[i];
    count *= static_cast<std::size_t>(shape[i]);
    if (shape[i] < 1 || count > kLargestFile) return damaged_reader("a tensor has no size");
  }
  const std::size_t size = gguf_get_tensor_size(gguf, id);
  const std::size_t begin = gguf_get_data_offset(gguf) + gguf_get_tensor_offset(gguf, id);
  const std::size_t number = type == GGML_TYPE_F32 ? sizeof(float) : sizeof(ggml_fp16_t);
  if (size != count * number || begin > bytes.size() || size > bytes.size() - begin) {
    return damaged_reader("it is cut short");
  }
  weights.values.resize(count);
  if (type == GGML_TYPE_F32) {
    std::memcpy(weights.values.data(), bytes.data() + begin, size);
    return weights;
  }
  std::vector<ggml_fp16_t> halves(count);
  std::memcpy(halves.data(), bytes.data() + begin, size);
  ggml_fp16_to_fp32_row(halves.data(), weights.values.data(), static_cast<std::int64_t>(count));
  return weights;
}

Result<ReaderFile> parsed(const std::string& bytes) {
  // What is wrong is in the error; ggml would also print it.
  ggml_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  const Gguf gguf(
      gguf_init_from_buffer(bytes.data(), bytes.size(), {.no_alloc = true, .ctx = nullptr}),
      &gguf_free);
  if (!gguf) return damaged_reader("it is no whole GGUF file");
  if (!has_text(gguf.get(), "general.architecture", kArchitecture)) {
    return damaged_reader("it holds something else");
  }
  if (!has_number(gguf.get(), "emend-reader.version", kVersion) ||
      !has_number(gguf.get(), "emend-reader.height", kHeight)) {
    return damaged_reader("it is of another version");
  }
  ReaderFile file;
  auto alphabet = alphabet_of(gguf.get());
  if (!alphabet) return tl::unexpected(std::move(alphabet.error()));
  file.alphabet = std::move(*alphabet);
  const std::int64_t count = gguf_get_n_tensors(gguf.get());
  if (count > kMostTensors) return damaged_reader("it has too many tensors");
  for (std::int64_t i = 0; i < count; ++i) {
    auto weights = weights_of(gguf.get(), i, bytes);
    if (!weights) return tl::unexpected(std::move(weights.error()));
    file.tensors.emplace(gguf_get_tensor_name(gguf.get(), i), std::move(*weights));
  }
  return file;
}

}  // namespace

tl::unexpected<Error> damaged_reader(const std::string& what) {
  return fail(ErrorCode::unreadable_input, "the number reader's file is damaged: " + what,
              "Install emend again; the file is part of it.");
}

Result<ReaderFile> open_reader_file(const std::filesystem::path& path, std::string_view digest) {
  const auto bytes = bytes_of(path);
  if (!bytes) return tl::unexpected(bytes.error());
  const std::string found = to_hex(sha256(*bytes));
  if (!digest.empty() && found != digest) {
    return damaged_reader("it is not the file that came with this emend");
  }
  auto file = parsed(*bytes);
  if (file) file->digest = found;
  return file;
}

}  // namespace emend
