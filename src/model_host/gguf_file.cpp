// SPDX-License-Identifier: Apache-2.0
#include "model_host/gguf_file.h"

#include <llama.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/unicode.h"
#include "model_host/gguf_metadata.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNeedLanguageModel =
    "emend needs a causal language model in GGUF format, such as Qwen2.5 or Llama.";
constexpr std::size_t kMaxPathBytes = 4096;

tl::unexpected<Error> unreadable(std::string message, std::string_view hint = kNeedLanguageModel) {
  return fail(ErrorCode::unreadable_input, std::move(message), std::string(hint));
}

Result<void> check_kind(const GgufMetadata& file, const std::string& architecture) {
  if (file.number("split.no", 0) > 0) {
    return unreadable("is a later part of a model that comes in several files",
                      "Give the first part, whose name ends in -00001-of-...; the others are found "
                      "beside it.");
  }
  const std::string type = file.text("general.type");
  if (!type.empty() && type != "model") {
    return unreadable("is a GGUF file of type \"" + type + "\", not a language model");
  }
  if (architecture.empty()) return unreadable("does not say which architecture it has");
  if (architecture == "clip")
    return unreadable("is the image part of a model, not a language model");
  const std::string tokenizer = file.text("tokenizer.ggml.model");
  if (tokenizer.empty() || tokenizer == "none" || tokenizer == "no_vocab") {
    return unreadable("has no vocabulary, so text cannot be given to it");
  }
  if (file.number(architecture + ".attention.causal", 1) == 0 ||
      file.number(architecture + ".pooling_type", 0) != 0) {
    return unreadable("is an encoder (" + architecture +
                      "), which cannot say how likely a text is");
  }
  return {};
}

// The other files of a model that comes in several.
Result<void> add_later_parts(const GgufMetadata& first, const fs::path& path, ModelNeeds& needs) {
  const auto count = static_cast<int>(first.number("split.count", 0));
  std::array<char, kMaxPathBytes> prefix{};
  if (count <= 1) return {};
  if (llama_split_prefix(prefix.data(), prefix.size(), path.c_str(), 0, count) == 0) {
    return unreadable("is the first of " + std::to_string(count) +
                          " files of a model, but its name does not end in -00001-of-...",
                      "Give the files their own names back; the number is part of them.");
  }
  for (int i = 1; i < count; ++i) {
    std::array<char, kMaxPathBytes> name{};
    llama_split_path(name.data(), name.size(), prefix.data(), i, count);
    auto part = GgufMetadata::read(name.data());
    if (!part) {
      return tl::unexpected(
          std::move(part.error()).at("its part " + fs::path(name.data()).filename().string()));
    }
    part->add_weights(needs);
  }
  return {};
}

// Four bytes a number, as results in between are kept. Attention that is not fused also keeps a
// number for each head and each token of the cache, which is the most of it for long contexts.
std::uint64_t working_bytes(const GgufMetadata& file, const std::string& architecture) {
  const auto get = [&](const char* key) {
    return static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, file.number(architecture + key, 0)));
  };
  const auto vocabulary = static_cast<std::uint64_t>(file.length("tokenizer.ggml.tokens"));
  const std::uint64_t attention =
      get(".attention.head_count") * static_cast<std::uint64_t>(cache_tokens(static_cast<int>(
                                         std::min<std::uint64_t>(get(".context_length"), 4096))));
  return sizeof(float) *
         (vocabulary + 8 * get(".embedding_length") + 3 * get(".feed_forward_length") + attention);
}

std::uint64_t cache_bytes(const GgufMetadata& file, const std::string& architecture) {
  const auto width = file.number(architecture + ".embedding_length", 0);
  const auto heads =
      std::max<std::int64_t>(1, file.number(architecture + ".attention.head_count", 1));
  const auto kv_heads = file.number(architecture + ".attention.head_count_kv", heads);
  const auto key = file.number(architecture + ".attention.key_length", width / heads);
  const auto value = file.number(architecture + ".attention.value_length", width / heads);
  constexpr std::int64_t kBytesPerNumber = 2;
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, kBytesPerNumber * kv_heads * (key + value)));
}

}  // namespace

Result<GgufSummary> inspect_gguf(const fs::path& path) {
  auto file = GgufMetadata::read(path);
  if (!file) return tl::unexpected(std::move(file.error()));
  GgufSummary summary;
  summary.architecture = file->text("general.architecture");
  if (auto checked = check_kind(*file, summary.architecture); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  summary.name = file->text("general.name");
  if (summary.name.empty()) summary.name = repaired_utf8(path.stem().string());

  ModelNeeds& needs = summary.needs;
  file->add_weights(needs);
  if (auto added = add_later_parts(*file, path, needs); !added) {
    return tl::unexpected(std::move(added.error()));
  }
  // A model without weights of its own for the output uses those of the input once more.
  if (needs.output < needs.input / 2) needs.output += needs.input;
  needs.cache_per_token_and_layer = cache_bytes(*file, summary.architecture);
  needs.working_per_batch_token = working_bytes(*file, summary.architecture);
  needs.trained_context = static_cast<int>(std::clamp<std::int64_t>(
      file->number(summary.architecture + ".context_length", 0), 0, 1 << 30));
  return summary;
}

}  // namespace emend
