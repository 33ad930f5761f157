// SPDX-License-Identifier: Apache-2.0
// make_model SHAPE FILE: writes a GGUF of random 8-bit weights in the shape of a real model. What
// it says is worthless; how long it takes and what memory it needs are those of the real one.
//
// The file is written as it is made, so a model larger than memory can be made too.
#include <ggml.h>
#include <gguf.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

struct Shape {
  std::string_view name;
  int width;
  int layers;
  int heads;
  int kv_heads;
  int feed_forward;
  int vocabulary;
};

constexpr std::array kShapes = {
    Shape{"tiny", 256, 6, 4, 4, 256, 16384},
    Shape{"qwen2.5-0.5b", 896, 24, 14, 2, 4864, 151936},
    Shape{"qwen2.5-1.5b", 1536, 28, 12, 2, 8960, 151936},
    Shape{"qwen2.5-3b", 2048, 36, 16, 2, 11008, 151936},
};

constexpr int kContext = 32768;
constexpr std::string_view kLetters =
    " etaoinsrhldcumfpgwybvkxjqzETAOINSRHLDCUMFPGWYBVKXJQZ0123456789.,-/";

using Gguf = std::unique_ptr<gguf_context, decltype(&gguf_free)>;
using Tensors = std::unique_ptr<ggml_context, decltype(&ggml_free)>;

// A byte as GPT-2 vocabularies write it: printable ones as themselves, the others from U+0100 on.
std::string written_byte(int byte) {
  const auto prints = [](int b) {
    return (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
  };
  int code = byte;
  if (!prints(byte)) {
    code = 256;
    for (int b = 0; b < byte; ++b) code += prints(b) ? 0 : 1;
  }
  if (code < 128) return {static_cast<char>(code)};
  return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
}

void set_strings(gguf_context* gguf, const char* key, const std::vector<std::string>& values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const auto& value : values) pointers.push_back(value.c_str());
  gguf_set_arr_str(gguf, key, pointers.data(), pointers.size());
}

// The bytes, then pairs and triples of letters until the vocabulary is as large as the real one: so
// text comes in about as many tokens, and every token has many that begin like it.
void set_vocabulary(gguf_context* gguf, int size) {
  constexpr std::array kControl = {"<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>"};
  const std::size_t text_tokens = static_cast<std::size_t>(size) - kControl.size();
  std::vector<std::string> tokens;
  tokens.reserve(text_tokens);
  for (int byte = 0; byte < 256; ++byte) tokens.push_back(written_byte(byte));
  std::vector<std::string> merges;
  const auto merge = [&](const std::string& left, const std::string& right) {
    if (tokens.size() >= text_tokens) return;
    merges.push_back(left + " " + right);
    tokens.push_back(left + right);
  };
  std::vector<std::string> letters;
  for (const char letter : kLetters) letters.push_back(written_byte(letter));
  for (const auto& first : letters) {
    for (const auto& second : letters) merge(first, second);
  }
  for (const auto& first : letters) {
    for (const auto& second : letters) {
      for (const auto& third : letters) merge(first + second, third);
    }
  }
  std::vector<std::int32_t> types(tokens.size(), 1);  // normal
  const auto end = static_cast<std::uint32_t>(tokens.size());
  for (const char* control : kControl) {
    tokens.emplace_back(control);
    types.push_back(3);  // control
  }
  gguf_set_val_str(gguf, "tokenizer.ggml.model", "gpt2");
  gguf_set_val_str(gguf, "tokenizer.ggml.pre", "qwen2");
  set_strings(gguf, "tokenizer.ggml.tokens", tokens);
  gguf_set_arr_data(gguf, "tokenizer.ggml.token_type", GGUF_TYPE_INT32, types.data(), types.size());
  set_strings(gguf, "tokenizer.ggml.merges", merges);
  gguf_set_val_u32(gguf, "tokenizer.ggml.eos_token_id", end);
  gguf_set_val_u32(gguf, "tokenizer.ggml.padding_token_id", end + 3);
  gguf_set_val_bool(gguf, "tokenizer.ggml.add_bos_token", false);
}

void set_shape(gguf_context* gguf, const Shape& shape) {
  const auto set = [&](const char* key, int value) {
    gguf_set_val_u32(gguf, key, static_cast<std::uint32_t>(value));
  };
  gguf_set_val_str(gguf, "general.architecture", "qwen2");
  gguf_set_val_str(gguf, "general.type", "model");
  gguf_set_val_str(gguf, "general.name", std::string(shape.name).c_str());
  set("qwen2.context_length", kContext);
  set("qwen2.embedding_length", shape.width);
  set("qwen2.block_count", shape.layers);
  set("qwen2.feed_forward_length", shape.feed_forward);
  set("qwen2.attention.head_count", shape.heads);
  set("qwen2.attention.head_count_kv", shape.kv_heads);
  gguf_set_val_f32(gguf, "qwen2.attention.layer_norm_rms_epsilon", 1e-6F);
  gguf_set_val_f32(gguf, "qwen2.rope.freq_base", 1e6F);
}

std::vector<ggml_tensor*> add_tensors(gguf_context* gguf, ggml_context* tensors,
                                      const Shape& shape) {
  std::vector<ggml_tensor*> all;
  const auto add = [&](const std::string& name, int columns, int rows) {
    ggml_tensor* tensor = rows == 0 ? ggml_new_tensor_1d(tensors, GGML_TYPE_F32, columns)
                                    : ggml_new_tensor_2d(tensors, GGML_TYPE_Q8_0, columns, rows);
    ggml_set_name(tensor, (name + ".weight").c_str());
    gguf_add_tensor(gguf, tensor);
    all.push_back(tensor);
  };
  const int width = shape.width;
  const int kv_width = width / shape.heads * shape.kv_heads;
  add("token_embd", width, shape.vocabulary);
  add("output_norm", width, 0);
  for (int i = 0; i < shape.layers; ++i) {
    const std::string block = "blk." + std::to_string(i) + ".";
    add(block + "attn_norm", width, 0);
    add(block + "ffn_norm", width, 0);
    add(block + "attn_q", width, width);
    add(block + "attn_k", width, kv_width);
    add(block + "attn_v", width, kv_width);
    add(block + "attn_output", width, width);
    add(block + "ffn_gate", width, shape.feed_forward);
    add(block + "ffn_up", width, shape.feed_forward);
    add(block + "ffn_down", shape.feed_forward, width);
  }
  return all;
}

// The next number of a splitmix64 generator.
std::uint64_t next(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t number = state;
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31U);
}

// A row of blocks of 32 numbers each: a 16-bit scale and 32 bytes. Scaled so that what comes out of
// a matrix is about as large as what went in.
void fill_row(std::vector<char>& row, std::int64_t columns, std::uint64_t& state) {
  constexpr double kDeviationOfABlock = 73.6;  // of a uniform byte
  const ggml_fp16_t scale = ggml_fp32_to_fp16(
      static_cast<float>(1.0 / (kDeviationOfABlock * std::sqrt(static_cast<double>(columns)))));
  const std::size_t block = ggml_type_size(GGML_TYPE_Q8_0);
  for (std::size_t start = 0; start < row.size(); start += block) {
    std::memcpy(row.data() + start, &scale, sizeof scale);
    for (std::size_t i = sizeof scale; i < block; i += sizeof(std::uint64_t)) {
      const std::uint64_t number = next(state);
      std::memcpy(row.data() + start + i, &number, sizeof number);
    }
  }
}

void write_numbers(std::ofstream& file, const ggml_tensor& tensor, std::uint64_t& state) {
  if (tensor.type == GGML_TYPE_F32) {
    const std::vector<float> ones(static_cast<std::size_t>(tensor.ne[0]), 1.0F);
    file.write(reinterpret_cast<const char*>(ones.data()),
               static_cast<std::streamsize>(ones.size() * sizeof(float)));
    return;
  }
  std::vector<char> row(ggml_row_size(tensor.type, tensor.ne[0]));
  for (std::int64_t i = 0; i < tensor.ne[1]; ++i) {
    fill_row(row, tensor.ne[0], state);
    file.write(row.data(), static_cast<std::streamsize>(row.size()));
  }
}

bool write_model(const Shape& shape, const char* path) {
  constexpr std::size_t kTensors = 1024;
  const Tensors tensors(ggml_init({ggml_tensor_overhead() * kTensors, nullptr, true}), &ggml_free);
  const Gguf gguf(gguf_init_empty(), &gguf_free);
  set_shape(gguf.get(), shape);
  set_vocabulary(gguf.get(), shape.vocabulary);
  const auto all = add_tensors(gguf.get(), tensors.get(), shape);
  std::vector<char> head(gguf_get_meta_size(gguf.get()));
  gguf_get_meta_data(gguf.get(), head.data());

  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(head.data(), static_cast<std::streamsize>(head.size()));
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t start =
        head.size() + gguf_get_tensor_offset(gguf.get(), static_cast<std::int64_t>(i));
    while (static_cast<std::size_t>(file.tellp()) < start) file.put('\0');
    write_numbers(file, *all[i], state);
  }
  // The last tensor is filled up as well.
  while (static_cast<std::size_t>(file.tellp()) % gguf_get_alignment(gguf.get()) != 0) {
    file.put('\0');
  }
  file.close();
  return !file.fail();
}

}  // namespace

int main(int argc, char** argv) {
  for (const Shape& shape : kShapes) {
    if (argc != 3 || shape.name != argv[1]) continue;
    if (write_model(shape, argv[2])) return 0;
    std::fprintf(stderr, "%s cannot be written\n", argv[2]);
    return 1;
  }
  std::fputs("usage: make_model SHAPE FILE, where SHAPE is one of", stderr);
  for (const Shape& shape : kShapes) std::fprintf(stderr, " %s", shape.name.data());
  std::fputs("\n", stderr);
  return 2;
}
