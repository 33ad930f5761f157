// SPDX-License-Identifier: Apache-2.0
#include "fakes/tiny_gguf.h"

#include <ggml.h>
#include <gguf.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>

namespace emend::fakes {

namespace {

constexpr double kEpsilon = 1e-5;
constexpr double kRopeBase = 10000;

using Vector = std::vector<double>;

// A byte as GPT-2 vocabularies write it: printable ones as themselves, the others from U+0100 on.
std::string written_byte(unsigned char byte) {
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

std::string written(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) text += written_byte(static_cast<unsigned char>(c));
  return text;
}

void set_strings(gguf_context* gguf, const char* key, const std::vector<std::string>& values) {
  std::vector<const char*> pointers;
  for (const auto& value : values) pointers.push_back(value.c_str());
  gguf_set_arr_str(gguf, key, pointers.data(), pointers.size());
}

void set_vocabulary(gguf_context* gguf, const Vocabulary& vocabulary) {
  std::vector<std::string> tokens;
  std::vector<std::int32_t> types;
  for (int token = 0; token < vocabulary.text_tokens(); ++token) {
    tokens.push_back(written(vocabulary.piece(token)));
    types.push_back(1);  // normal
  }
  for (const char* control : {"<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>"}) {
    tokens.emplace_back(control);
    types.push_back(3);  // control
  }
  std::vector<std::string> merges;
  for (const auto& [left, right] : vocabulary.merges) {
    merges.push_back(written(left) + " " + written(right));
  }
  const auto end = static_cast<std::uint32_t>(vocabulary.end_of_text());
  gguf_set_val_str(gguf, "tokenizer.ggml.model", "gpt2");
  gguf_set_val_str(gguf, "tokenizer.ggml.pre", "qwen2");
  set_strings(gguf, "tokenizer.ggml.tokens", tokens);
  gguf_set_arr_data(gguf, "tokenizer.ggml.token_type", GGUF_TYPE_INT32, types.data(), types.size());
  set_strings(gguf, "tokenizer.ggml.merges", merges);
  gguf_set_val_u32(gguf, "tokenizer.ggml.eos_token_id", end);
  gguf_set_val_u32(gguf, "tokenizer.ggml.bos_token_id", end);
  gguf_set_val_u32(gguf, "tokenizer.ggml.padding_token_id", end + 3);
  gguf_set_val_bool(gguf, "tokenizer.ggml.add_bos_token", false);
}

void set_shape(gguf_context* gguf, const TinyShape& shape) {
  const auto set = [&](const char* key, int value) {
    gguf_set_val_u32(gguf, key, static_cast<std::uint32_t>(value));
  };
  gguf_set_val_str(gguf, "general.architecture", "llama");
  gguf_set_val_str(gguf, "general.type", "model");
  gguf_set_val_str(gguf, "general.name", "tiny");
  set("llama.context_length", shape.context);
  set("llama.embedding_length", shape.width);
  set("llama.block_count", shape.layers);
  set("llama.feed_forward_length", shape.feed_forward);
  set("llama.attention.head_count", shape.heads);
  set("llama.attention.head_count_kv", shape.kv_heads);
  set("llama.rope.dimension_count", shape.width / shape.heads);
  gguf_set_val_f32(gguf, "llama.attention.layer_norm_rms_epsilon", static_cast<float>(kEpsilon));
  gguf_set_val_f32(gguf, "llama.rope.freq_base", static_cast<float>(kRopeBase));
}

std::string block(int layer, const char* name) {
  return "blk." + std::to_string(layer) + "." + name + ".weight";
}

void rotate(std::span<double> head, std::size_t position) {
  for (std::size_t i = 0; i < head.size(); i += 2) {
    const double angle =
        static_cast<double>(position) *
        std::pow(kRopeBase, -static_cast<double>(i) / static_cast<double>(head.size()));
    const double x = head[i];
    const double y = head[i + 1];
    head[i] = x * std::cos(angle) - y * std::sin(angle);
    head[i + 1] = x * std::sin(angle) + y * std::cos(angle);
  }
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void add_to(Vector& sum, const Vector& added) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += added[i];
}

// In place: numbers become the logarithms of their softmax.
void ln_softmax(Vector& numbers) {
  const double highest = *std::max_element(numbers.begin(), numbers.end());
  double sum = 0;
  for (const double number : numbers) sum += std::exp(number - highest);
  for (double& number : numbers) number -= highest + std::log(sum);
}

}  // namespace

std::string Vocabulary::piece(int token) const {
  if (token < 256) return {static_cast<char>(token)};
  if (token >= text_tokens()) return {};
  const auto& [left, right] = merges[static_cast<std::size_t>(token) - 256];
  return left + right;
}

TinyModel::TinyModel(Vocabulary vocabulary, TinyShape shape)
    : vocabulary_(std::move(vocabulary)), shape_(shape) {
  const auto add = [&](const std::string& name, int columns, int rows) {
    const auto count =
        static_cast<std::size_t>(columns) * static_cast<std::size_t>(std::max(rows, 1));
    matrices_.push_back({name, columns, rows, std::vector<float>(count, rows == 0 ? 1.0F : 0.0F)});
  };
  const int width = shape.width;
  const int kv_width = width / shape.heads * shape.kv_heads;
  add("token_embd.weight", width, vocabulary_.size());
  add("output_norm.weight", width, 0);
  add("output.weight", width, vocabulary_.size());
  for (int i = 0; i < shape.layers; ++i) {
    add(block(i, "attn_norm"), width, 0);
    add(block(i, "ffn_norm"), width, 0);
    add(block(i, "attn_q"), width, width);
    add(block(i, "attn_k"), width, kv_width);
    add(block(i, "attn_v"), width, kv_width);
    add(block(i, "attn_output"), width, width);
    add(block(i, "ffn_gate"), width, shape.feed_forward);
    add(block(i, "ffn_up"), width, shape.feed_forward);
    add(block(i, "ffn_down"), shape.feed_forward, width);
  }
}

TinyModel TinyModel::random(Vocabulary vocabulary, TinyShape shape, std::uint32_t seed) {
  TinyModel model(std::move(vocabulary), shape);
  std::mt19937 generator(seed);
  for (Matrix& matrix : model.matrices_) {
    if (matrix.rows == 0) continue;
    // Uniform numbers by hand: the distributions of the standard library differ between versions.
    const double scale = matrix.name == "token_embd.weight"
                             ? 1.0
                             : 2.5 / std::sqrt(static_cast<double>(matrix.columns));
    for (float& number : matrix.numbers) {
      number = static_cast<float>(scale * (static_cast<double>(generator()) / 2147483648.0 - 1.0));
    }
  }
  return model;
}

TinyModel TinyModel::bigram(Vocabulary vocabulary, const std::function<double(int, int)>& logit) {
  const int size = vocabulary.size();
  const int width = (size + 63) / 64 * 64;
  TinyModel model(
      std::move(vocabulary),
      {.width = width, .layers = 1, .heads = 4, .kv_heads = 4, .feed_forward = 32, .context = 256});
  // What the one number of an embedding becomes in the last norm.
  const double normed = 1.0 / std::sqrt(1.0 / width + kEpsilon);
  for (int token = 0; token < size; ++token) {
    const auto place = static_cast<std::size_t>(token) * static_cast<std::size_t>(width + 1);
    model.matrix("token_embd.weight").numbers[place] = 1;
    for (int next = 0; next < size; ++next) {
      const auto cell = static_cast<std::size_t>(next) * static_cast<std::size_t>(width) +
                        static_cast<std::size_t>(token);
      model.matrix("output.weight").numbers[cell] = static_cast<float>(logit(token, next) / normed);
    }
  }
  return model;
}

void TinyModel::write(const std::filesystem::path& path,
                      const std::function<void(gguf_context*)>& change) const {
  write_file(path, matrices_, [&](gguf_context* gguf) {
    set_shape(gguf, shape_);
    set_vocabulary(gguf, vocabulary_);
    if (change) change(gguf);
  });
}

void TinyModel::write_mamba(const std::filesystem::path& path, const Vocabulary& vocabulary,
                            std::uint32_t seed) {
  constexpr int kWidth = 64;
  constexpr int kInner = 2 * kWidth;
  constexpr int kState = 16;
  constexpr int kKernel = 4;
  constexpr int kRank = 4;
  constexpr int kLayers = 2;
  std::mt19937 generator(seed);
  std::vector<Matrix> matrices;
  const auto add = [&](const std::string& name, int columns, int rows, double scale,
                       double middle = 0) {
    const auto count =
        static_cast<std::size_t>(columns) * static_cast<std::size_t>(std::max(rows, 1));
    matrices.push_back({name, columns, rows, std::vector<float>(count)});
    for (float& number : matrices.back().numbers) {
      const double uniform = static_cast<double>(generator()) / 2147483648.0 - 1.0;
      number = static_cast<float>(middle + scale * uniform);
    }
  };
  add("token_embd.weight", kWidth, vocabulary.size(), 1);
  add("output_norm.weight", kWidth, 0, 0, 1);
  add("output.weight", kWidth, vocabulary.size(), 0.6);
  for (int i = 0; i < kLayers; ++i) {
    const std::string block = "blk." + std::to_string(i) + ".";
    add(block + "attn_norm.weight", kWidth, 0, 0, 1);
    add(block + "ssm_in.weight", kWidth, 2 * kInner, 0.4);
    add(block + "ssm_conv1d.weight", kKernel, kInner, 0.8);
    add(block + "ssm_conv1d.bias", kInner, 0, 0.1);
    add(block + "ssm_x.weight", kInner, kRank + 2 * kState, 0.4);
    add(block + "ssm_dt.weight", kRank, kInner, 0.5);
    add(block + "ssm_dt.bias", kInner, 0, 0.5);
    add(block + "ssm_a", kState, kInner, 0.4, -0.5);  // a state fades: always below zero
    add(block + "ssm_d", kInner, 0, 0.5, 1);
    add(block + "ssm_out.weight", kInner, kWidth, 0.4);
  }
  write_file(path, matrices, [&](gguf_context* gguf) {
    const auto set = [&](const char* key, int value) {
      gguf_set_val_u32(gguf, key, static_cast<std::uint32_t>(value));
    };
    gguf_set_val_str(gguf, "general.architecture", "mamba");
    gguf_set_val_str(gguf, "general.type", "model");
    gguf_set_val_str(gguf, "general.name", "tiny mamba");
    set("mamba.context_length", 1024);
    set("mamba.embedding_length", kWidth);
    set("mamba.block_count", kLayers);
    set("mamba.feed_forward_length", 0);
    set("mamba.attention.head_count", 0);
    set("mamba.ssm.conv_kernel", kKernel);
    set("mamba.ssm.inner_size", kInner);
    set("mamba.ssm.state_size", kState);
    set("mamba.ssm.time_step_rank", kRank);
    gguf_set_val_f32(gguf, "mamba.attention.layer_norm_rms_epsilon", static_cast<float>(kEpsilon));
    set_vocabulary(gguf, vocabulary);
  });
}

void TinyModel::write_split(const std::filesystem::path& first,
                            const std::filesystem::path& second) const {
  const auto set_split = [&](gguf_context* gguf, std::uint16_t number) {
    gguf_set_val_u16(gguf, "split.no", number);
    gguf_set_val_u16(gguf, "split.count", 2);
    gguf_set_val_i32(gguf, "split.tensors.count", static_cast<std::int32_t>(matrices_.size()));
  };
  const std::span<const Matrix> all = matrices_;
  write_file(first, all.first(all.size() / 2), [&](gguf_context* gguf) {
    set_shape(gguf, shape_);
    set_vocabulary(gguf, vocabulary_);
    set_split(gguf, 0);
  });
  write_file(second, all.subspan(all.size() / 2), [&](gguf_context* gguf) { set_split(gguf, 1); });
}

void TinyModel::write_file(const std::filesystem::path& path, std::span<const Matrix> matrices,
                           const std::function<void(gguf_context*)>& describe) {
  std::size_t bytes = 0;
  for (const Matrix& matrix : matrices) {
    bytes += matrix.numbers.size() * sizeof(float) + 2 * ggml_tensor_overhead();
  }
  const std::unique_ptr<ggml_context, decltype(&ggml_free)> tensors(
      ggml_init({.mem_size = bytes, .mem_buffer = nullptr, .no_alloc = false}), &ggml_free);
  const std::unique_ptr<gguf_context, decltype(&gguf_free)> gguf(gguf_init_empty(), &gguf_free);
  describe(gguf.get());
  for (const Matrix& matrix : matrices) {
    ggml_tensor* tensor =
        matrix.rows == 0
            ? ggml_new_tensor_1d(tensors.get(), GGML_TYPE_F32, matrix.columns)
            : ggml_new_tensor_2d(tensors.get(), GGML_TYPE_F32, matrix.columns, matrix.rows);
    ggml_set_name(tensor, matrix.name.c_str());
    std::copy(matrix.numbers.begin(), matrix.numbers.end(), static_cast<float*>(tensor->data));
    gguf_add_tensor(gguf.get(), tensor);
  }
  gguf_write_to_file(gguf.get(), path.c_str(), false);
}

const TinyModel::Matrix& TinyModel::matrix(const std::string& name) const {
  return *std::find_if(matrices_.begin(), matrices_.end(),
                       [&](const Matrix& matrix) { return matrix.name == name; });
}

TinyModel::Matrix& TinyModel::matrix(const std::string& name) {
  return const_cast<Matrix&>(std::as_const(*this).matrix(name));
}

Vector TinyModel::times(const std::string& name, const Vector& input) const {
  const Matrix& weights = matrix(name);
  Vector output(static_cast<std::size_t>(weights.rows));
  auto number = weights.numbers.begin();
  for (double& sum : output) {
    for (const double value : input) sum += value * static_cast<double>(*number++);
  }
  return output;
}

Vector TinyModel::normed(const std::string& name, const Vector& input) const {
  const double scale =
      1.0 / std::sqrt(dot(input, input) / static_cast<double>(input.size()) + kEpsilon);
  Vector output(input);
  for (std::size_t i = 0; i < output.size(); ++i) {
    output[i] *= scale * static_cast<double>(matrix(name).numbers[i]);
  }
  return output;
}

void TinyModel::attend(int index, std::vector<Vector>& states) const {
  const auto head_size = static_cast<std::size_t>(shape_.width / shape_.heads);
  const auto heads = static_cast<std::size_t>(shape_.heads);
  const auto group = heads / static_cast<std::size_t>(shape_.kv_heads);
  std::vector<Vector> keys;
  std::vector<Vector> values;
  for (std::size_t position = 0; position < states.size(); ++position) {
    const Vector input = normed(block(index, "attn_norm"), states[position]);
    Vector query = times(block(index, "attn_q"), input);
    keys.push_back(times(block(index, "attn_k"), input));
    values.push_back(times(block(index, "attn_v"), input));
    for (std::size_t h = 0; h < heads; ++h) {
      rotate(std::span(query).subspan(h * head_size, head_size), position);
    }
    for (std::size_t h = 0; h < heads / group; ++h) {
      rotate(std::span(keys.back()).subspan(h * head_size, head_size), position);
    }
    Vector mixed(query.size());
    for (std::size_t h = 0; h < heads; ++h) {
      const std::size_t from = h / group * head_size;
      const auto asked = std::span<const double>(query).subspan(h * head_size, head_size);
      Vector weights;
      for (const Vector& key : keys) {
        weights.push_back(dot(asked, std::span(key).subspan(from, head_size)) /
                          std::sqrt(static_cast<double>(head_size)));
      }
      ln_softmax(weights);
      for (std::size_t past = 0; past < weights.size(); ++past) {
        for (std::size_t i = 0; i < head_size; ++i) {
          mixed[h * head_size + i] += std::exp(weights[past]) * values[past][from + i];
        }
      }
    }
    add_to(states[position], times(block(index, "attn_output"), mixed));
  }
}

void TinyModel::feed_forward(int index, std::vector<Vector>& states) const {
  for (Vector& state : states) {
    const Vector input = normed(block(index, "ffn_norm"), state);
    Vector gate = times(block(index, "ffn_gate"), input);
    const Vector up = times(block(index, "ffn_up"), input);
    for (std::size_t i = 0; i < gate.size(); ++i) gate[i] *= up[i] / (1.0 + std::exp(-gate[i]));
    add_to(state, times(block(index, "ffn_down"), gate));
  }
}

std::vector<Vector> TinyModel::ln_next(std::span<const int> tokens) const {
  std::vector<Vector> states;
  const auto width = static_cast<std::ptrdiff_t>(shape_.width);
  for (const int token : tokens) {
    const auto first = matrix("token_embd.weight").numbers.begin() + token * width;
    states.emplace_back(first, first + width);
  }
  for (int i = 0; i < shape_.layers; ++i) {
    attend(i, states);
    feed_forward(i, states);
  }
  for (Vector& state : states) {
    state = times("output.weight", normed("output_norm.weight", state));
    ln_softmax(state);
  }
  return states;
}

}  // namespace emend::fakes
