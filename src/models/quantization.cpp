// SPDX-License-Identifier: Apache-2.0
#include "models/quantization.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"

namespace emend {

namespace {

struct Alias {
  std::string_view wish;
  std::vector<std::string> tags;
};

// What the tutorial, transformers and people write. A tag of GGUF needs no line here.
const std::vector<Alias>& aliases() {
  static const std::vector<Alias> all = {
      {"INT8", {"Q8_0"}},
      {"8BIT", {"Q8_0"}},
      {"Q8", {"Q8_0"}},
      {"INT4", {"Q4_K_M"}},
      {"4BIT", {"Q4_K_M"}},
      {"Q4", {"Q4_K_M"}},
      {"INT5", {"Q5_K_M"}},
      {"Q5", {"Q5_K_M"}},
      {"INT6", {"Q6_K"}},
      {"Q6", {"Q6_K"}},
      {"FP16", {"F16", "FP16"}},
      {"F16", {"F16", "FP16"}},
      {"FLOAT16", {"F16", "FP16"}},
      {"HALF", {"F16", "FP16"}},
      {"BFLOAT16", {"BF16"}},
      {"FP32", {"F32", "FP32"}},
      {"F32", {"F32", "FP32"}},
      {"FLOAT32", {"F32", "FP32"}},
      {"NONE", {"F16", "FP16", "BF16", "F32", "FP32"}},
  };
  return all;
}

bool is_bit_count(char c) {
  return c >= '1' && c <= '8';
}

// Whether a piece of a file's name has the form of a tag: Q4_K_M, IQ3_XXS, TQ1_0, BF16, MXFP4.
bool is_tag(std::string_view piece) {
  constexpr std::array<std::string_view, 7> kWhole = {"F16",  "FP16",  "BF16", "F32",
                                                      "FP32", "MXFP4", "NVFP4"};
  if (std::find(kWhole.begin(), kWhole.end(), piece) != kWhole.end()) return true;
  if (piece.starts_with("MXFP4_")) return true;
  if (piece.starts_with("IQ") || piece.starts_with("TQ")) piece.remove_prefix(1);
  return piece.size() >= 4 && piece[0] == 'Q' && is_bit_count(piece[1]) && piece[2] == '_';
}

bool separates(char c) {
  return c == '-' || c == '.' || c == '/' || c == ' ';
}

}  // namespace

std::vector<std::string> quantization_tags(std::string_view wish) {
  const std::string name = ascii::uppered(wish);
  for (const auto& alias : aliases()) {
    if (alias.wish == name) return alias.tags;
  }
  return {name};
}

bool is_unquantised_wish(std::string_view wish) {
  return ascii::uppered(wish) == "NONE";
}

std::string quantization_of(std::string_view path) {
  const std::string name = ascii::uppered(path);
  std::string last;
  std::string before;
  for (std::size_t start = 0; start <= name.size();) {
    auto end = start;
    while (end < name.size() && !separates(name[end])) ++end;
    std::string piece = name.substr(start, end - start);
    // "model_q4_k_m" is one piece; its tag begins at an underscore.
    for (auto at = piece.find('_'); !is_tag(piece) && at != std::string::npos;
         at = piece.find('_', at + 1)) {
      if (is_tag(std::string_view(piece).substr(at + 1))) piece.erase(0, at + 1);
    }
    if (is_tag(piece)) last = before == "UD" ? "UD-" + piece : piece;
    before = std::move(piece);
    start = end + 1;
  }
  return last;
}

bool has_tag(std::string_view path, std::string_view tag) {
  if (tag.empty()) return false;
  const std::string name = ascii::uppered(path);
  for (auto at = name.find(tag); at != std::string::npos; at = name.find(tag, at + 1)) {
    const auto end = at + tag.size();
    const bool starts = at == 0 || !ascii::is_alnum(name[at - 1]);
    const bool ends = end == name.size() || (!ascii::is_alnum(name[end]) && name[end] != '_');
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace emend
