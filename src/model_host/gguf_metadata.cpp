// SPDX-License-Identifier: Apache-2.0
#include "model_host/gguf_metadata.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/unicode.h"
#include "model_host/engine_log.h"

namespace emend {

namespace {

constexpr const char* kGetAgain = "Copy or download the file again.";
constexpr std::size_t kMaxLayers = 10'000;

Result<void> check_magic(const std::filesystem::path& path) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorCode::not_found, "there is no such model file",
                "Give the path of a GGUF file, or the model \"embedded\".");
  }
  if (std::filesystem::is_directory(status)) {
    return fail(ErrorCode::unreadable_input, "is a directory, not a GGUF file",
                "Give the path of the file in it.");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::io_failed,
                "cannot be opened: " + std::generic_category().message(errno));
  }
  std::array<char, 4> magic{};
  file.read(magic.data(), magic.size());
  if (file.gcount() == 0) return fail(ErrorCode::unreadable_input, "is empty", kGetAgain);
  if (std::string_view(magic.data(), magic.size()) != GGUF_MAGIC) {
    return fail(ErrorCode::unreadable_input, "is not a GGUF file",
                "The file does not begin with \"GGUF\". A download that failed often leaves a web "
                "page or a pointer file instead.");
  }
  return {};
}

Result<void> check_length(const gguf_context* gguf, const std::filesystem::path& path) {
  std::uint64_t needed = gguf_get_data_offset(gguf);
  for (std::int64_t i = 0; i < gguf_get_n_tensors(gguf); ++i) {
    const std::uint64_t end = gguf_get_data_offset(gguf) + gguf_get_tensor_offset(gguf, i) +
                              gguf_get_tensor_size(gguf, i);
    needed = std::max(needed, end);
  }
  std::error_code problem;
  const std::uintmax_t length = std::filesystem::file_size(path, problem);
  if (problem || length >= needed) return {};
  return fail(ErrorCode::unreadable_input,
              "is cut short: " + std::to_string(length) + " of " + std::to_string(needed) +
                  " bytes are there",
              kGetAgain);
}

std::int64_t greatest(const gguf_context* gguf, std::int64_t id) {
  const std::size_t count = gguf_get_arr_n(gguf, id);
  std::int64_t best = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (gguf_get_arr_type(gguf, id) == GGUF_TYPE_INT32) {
      best = std::max<std::int64_t>(
          best, static_cast<const std::int32_t*>(gguf_get_arr_data(gguf, id))[i]);
    } else if (gguf_get_arr_type(gguf, id) == GGUF_TYPE_UINT32) {
      best = std::max<std::int64_t>(
          best, static_cast<const std::uint32_t*>(gguf_get_arr_data(gguf, id))[i]);
    }
  }
  return best;
}

// Of "blk.17.attn_q.weight": 17; kMaxLayers when it is no layer's.
std::size_t layer_of(std::string_view tensor) {
  constexpr std::string_view kBlock = "blk.";
  std::size_t layer = kMaxLayers;
  if (tensor.starts_with(kBlock)) {
    tensor.remove_prefix(kBlock.size());
    std::from_chars(tensor.data(), tensor.data() + tensor.size(), layer);
  }
  return std::min(layer, kMaxLayers);
}

}  // namespace

Result<GgufMetadata> GgufMetadata::read(const std::filesystem::path& path) {
  if (auto checked = check_magic(path); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  forget_engine_log();
  Gguf gguf(gguf_init_from_file(path.c_str(), {.no_alloc = true, .ctx = nullptr}), &gguf_free);
  if (!gguf) {
    return fail(ErrorCode::unreadable_input, "is damaged or cut short: " + engine_log_reason(),
                kGetAgain);
  }
  if (auto checked = check_length(gguf.get(), path); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  return GgufMetadata(std::move(gguf));
}

std::int64_t GgufMetadata::find(const std::string& key) const {
  return gguf_find_key(gguf_.get(), key.c_str());
}

std::string GgufMetadata::text(const std::string& key) const {
  const std::int64_t id = find(key);
  if (id < 0 || gguf_get_kv_type(gguf_.get(), id) != GGUF_TYPE_STRING) return {};
  return repaired_utf8(gguf_get_val_str(gguf_.get(), id));
}

std::int64_t GgufMetadata::number(const std::string& key, std::int64_t otherwise) const {
  const std::int64_t id = find(key);
  if (id < 0) return otherwise;
  const gguf_context* gguf = gguf_.get();
  switch (gguf_get_kv_type(gguf, id)) {
    case GGUF_TYPE_BOOL:
      return gguf_get_val_bool(gguf, id) ? 1 : 0;
    case GGUF_TYPE_UINT16:
      return gguf_get_val_u16(gguf, id);
    case GGUF_TYPE_INT32:
      return gguf_get_val_i32(gguf, id);
    case GGUF_TYPE_UINT32:
      return gguf_get_val_u32(gguf, id);
    case GGUF_TYPE_UINT64:
      return static_cast<std::int64_t>(gguf_get_val_u64(gguf, id));
    case GGUF_TYPE_ARRAY:
      return greatest(gguf, id);
    default:
      return otherwise;
  }
}

std::int64_t GgufMetadata::length(const std::string& key) const {
  const std::int64_t id = find(key);
  if (id < 0 || gguf_get_kv_type(gguf_.get(), id) != GGUF_TYPE_ARRAY) return 0;
  return static_cast<std::int64_t>(gguf_get_arr_n(gguf_.get(), id));
}

void GgufMetadata::add_weights(ModelNeeds& needs) const {
  for (std::int64_t i = 0; i < gguf_get_n_tensors(gguf_.get()); ++i) {
    const std::string_view name = gguf_get_tensor_name(gguf_.get(), i);
    const std::uint64_t bytes = gguf_get_tensor_size(gguf_.get(), i);
    const std::size_t layer = layer_of(name);
    if (layer < kMaxLayers) {
      if (layer >= needs.layers.size()) needs.layers.resize(layer + 1);
      needs.layers[layer] += bytes;
    } else {
      (name.starts_with("output") ? needs.output : needs.input) += bytes;
    }
  }
}

}  // namespace emend
