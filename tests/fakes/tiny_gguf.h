// SPDX-License-Identifier: Apache-2.0
// Tiny language models for tests: made in memory, written as GGUF, and computed here too, in double
// precision and without llama.cpp, so that a test knows what the model host has to answer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

struct gguf_context;

namespace emend::fakes {

// 256 tokens for the 256 bytes, in their order, then one for each merge of two earlier pieces, then
// the control tokens <|endoftext|>, <|im_start|>, <|im_end|>, <|pad|>.
struct Vocabulary {
  std::vector<std::pair<std::string, std::string>> merges;

  [[nodiscard]] int text_tokens() const { return 256 + static_cast<int>(merges.size()); }
  [[nodiscard]] int size() const { return text_tokens() + 4; }
  [[nodiscard]] int end_of_text() const { return text_tokens(); }
  // The bytes of a token; empty for a control token.
  [[nodiscard]] std::string piece(int token) const;
};

struct TinyShape {
  int width = 64;
  int layers = 2;
  int heads = 4;
  int kv_heads = 2;
  int feed_forward = 96;
  int context = 256;
};

// A model of the llama architecture.
class TinyModel {
 public:
  // Weights from a seed; every probability depends on the whole context.
  [[nodiscard]] static TinyModel random(Vocabulary vocabulary, TinyShape shape, std::uint32_t seed);

  // P(next | token) is the softmax over `next` of logit(token, next); what stood before does not
  // matter. The attention is there and adds nothing.
  [[nodiscard]] static TinyModel bigram(Vocabulary vocabulary,
                                        const std::function<double(int, int)>& logit);

  // `change` may spoil the metadata before the file is written.
  void write(const std::filesystem::path& path,
             const std::function<void(gguf_context*)>& change = {}) const;

  // Another one, of the mamba architecture: its memory is a running state, of which nothing can be
  // taken back. Weights from a seed.
  static void write_mamba(const std::filesystem::path& path, const Vocabulary& vocabulary,
                          std::uint32_t seed);

  // The same in two files, named as llama.cpp wants it: something-00001-of-00002.gguf and so on.
  void write_split(const std::filesystem::path& first, const std::filesystem::path& second) const;

  // Row i: ln P(token | tokens[0..i]) for every token of the vocabulary.
  [[nodiscard]] std::vector<std::vector<double>> ln_next(std::span<const int> tokens) const;

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  struct Matrix {
    std::string name;
    int columns = 0;
    int rows = 0;  // 0: a vector
    std::vector<float> numbers;
  };

  TinyModel(Vocabulary vocabulary, TinyShape shape);

  // `describe` adds the metadata.
  static void write_file(const std::filesystem::path& path, std::span<const Matrix> matrices,
                         const std::function<void(gguf_context*)>& describe);
  [[nodiscard]] const Matrix& matrix(const std::string& name) const;
  [[nodiscard]] Matrix& matrix(const std::string& name);
  [[nodiscard]] std::vector<double> times(const std::string& name,
                                          const std::vector<double>& input) const;
  [[nodiscard]] std::vector<double> normed(const std::string& name,
                                           const std::vector<double>& input) const;
  void attend(int index, std::vector<std::vector<double>>& states) const;
  void feed_forward(int index, std::vector<std::vector<double>>& states) const;

  Vocabulary vocabulary_;
  TinyShape shape_;
  std::vector<Matrix> matrices_;
};

}  // namespace emend::fakes
