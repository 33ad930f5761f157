// SPDX-License-Identifier: Apache-2.0
#include "model_host/gguf_file.h"

#include <gguf.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/unicode.h"
#include "model_host/engine_log.h"

namespace emend {

namespace {

using Gguf = std::unique_ptr<gguf_context, decltype(&gguf_free)>;

constexpr std::string_view kGetAgain = "Copy or download the file again.";
constexpr std::string_view kNeedLanguageModel =
    "emend needs a causal language model in GGUF format, such as Qwen2.5 or Llama.";

tl::unexpected<Error> unreadable(std::string message, std::string_view hint) {
  return fail(ErrorCode::unreadable_input, std::move(message), std::string(hint));
}

// Metadata of a foreign file: a key may be absent or of any type.
std::string text_value(const gguf_context& gguf, const std::string& key) {
  const std::int64_t id = gguf_find_key(&gguf, key.c_str());
  if (id < 0 || gguf_get_kv_type(&gguf, id) != GGUF_TYPE_STRING) return {};
  return repaired_utf8(gguf_get_val_str(&gguf, id));
}

std::int64_t integer_value(const gguf_context& gguf, const std::string& key,
                           std::int64_t otherwise) {
  const std::int64_t id = gguf_find_key(&gguf, key.c_str());
  if (id < 0) return otherwise;
  switch (gguf_get_kv_type(&gguf, id)) {
    case GGUF_TYPE_BOOL:
      return gguf_get_val_bool(&gguf, id) ? 1 : 0;
    case GGUF_TYPE_UINT16:
      return gguf_get_val_u16(&gguf, id);
    case GGUF_TYPE_INT32:
      return gguf_get_val_i32(&gguf, id);
    case GGUF_TYPE_UINT32:
      return gguf_get_val_u32(&gguf, id);
    case GGUF_TYPE_UINT64:
      return static_cast<std::int64_t>(gguf_get_val_u64(&gguf, id));
    default:
      return otherwise;
  }
}

Result<void> check_magic(const std::filesystem::path& path) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (!std::filesystem::exists(status)) {
    return fail(ErrorCode::not_found, "there is no such model file",
                "Give the path of a GGUF file, or the model \"embedded\".");
  }
  if (std::filesystem::is_directory(status)) {
    return unreadable("is a directory, not a GGUF file", "Give the path of the file in it.");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::io_failed,
                "cannot be opened: " + std::generic_category().message(errno));
  }
  std::array<char, 4> magic{};
  file.read(magic.data(), magic.size());
  if (file.gcount() == 0) return unreadable("is empty", kGetAgain);
  if (std::string_view(magic.data(), magic.size()) != GGUF_MAGIC) {
    return unreadable(
        "is not a GGUF file",
        "The file does not begin with \"GGUF\". A download that failed often leaves a "
        "web page or a pointer file instead.");
  }
  return {};
}

Result<Gguf> read_metadata(const std::filesystem::path& path) {
  forget_engine_log();
  Gguf gguf(gguf_init_from_file(path.c_str(), {.no_alloc = true, .ctx = nullptr}), &gguf_free);
  if (gguf) return gguf;
  return unreadable("is damaged or cut short: " + engine_log_reason(), kGetAgain);
}

Result<void> check_length(const gguf_context& gguf, const std::filesystem::path& path) {
  std::uint64_t needed = gguf_get_data_offset(&gguf);
  for (std::int64_t i = 0; i < gguf_get_n_tensors(&gguf); ++i) {
    needed = std::max<std::uint64_t>(needed, gguf_get_data_offset(&gguf) +
                                                 gguf_get_tensor_offset(&gguf, i) +
                                                 gguf_get_tensor_size(&gguf, i));
  }
  std::error_code problem;
  const std::uintmax_t length = std::filesystem::file_size(path, problem);
  if (problem || length >= needed) return {};
  return unreadable("is cut short: " + std::to_string(length) + " of " + std::to_string(needed) +
                        " bytes are there",
                    kGetAgain);
}

Result<void> check_kind(const gguf_context& gguf, const std::string& architecture) {
  const std::string type = text_value(gguf, "general.type");
  if (!type.empty() && type != "model") {
    return unreadable("is a GGUF file of type \"" + type + "\", not a language model",
                      kNeedLanguageModel);
  }
  if (architecture.empty()) {
    return unreadable("does not say which architecture it has", kNeedLanguageModel);
  }
  if (architecture == "clip") {
    return unreadable("is the image part of a model, not a language model", kNeedLanguageModel);
  }
  const std::string tokenizer = text_value(gguf, "tokenizer.ggml.model");
  const bool later_part = integer_value(gguf, "split.no", 0) > 0;
  if (later_part) {
    return unreadable("is a later part of a model that comes in several files",
                      "Give the first part, whose name ends in -00001-of-...; the others are found "
                      "beside it.");
  }
  if (tokenizer.empty() || tokenizer == "none" || tokenizer == "no_vocab") {
    return unreadable("has no vocabulary, so text cannot be given to it", kNeedLanguageModel);
  }
  if (integer_value(gguf, architecture + ".attention.causal", 1) == 0 ||
      integer_value(gguf, architecture + ".pooling_type", 0) != 0) {
    return unreadable("is an encoder (" + architecture + "), which cannot say how likely a text is",
                      kNeedLanguageModel);
  }
  return {};
}

}  // namespace

Result<GgufSummary> inspect_gguf(const std::filesystem::path& path) {
  if (auto checked = check_magic(path); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  auto gguf = read_metadata(path);
  if (!gguf) return tl::unexpected(std::move(gguf.error()));
  const gguf_context& file = **gguf;
  const std::string architecture = text_value(file, "general.architecture");
  if (auto checked = check_length(file, path); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  if (auto checked = check_kind(file, architecture); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  GgufSummary summary;
  summary.architecture = architecture;
  summary.name = text_value(file, "general.name");
  if (summary.name.empty()) summary.name = repaired_utf8(path.stem().string());
  summary.layers = integer_value(file, architecture + ".block_count", 0);
  return summary;
}

}  // namespace emend
