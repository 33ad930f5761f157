// SPDX-License-Identifier: Apache-2.0
// make_tiny_model FILE [TEXT]: writes a GGUF that llama.cpp runs. Its weights are random, so that
// its opinion of any text is worthless, which is what a test of the guard wants. With TEXT it knows
// which letter follows which in that file.
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "fakes/tiny_gguf.h"

namespace {

emend::fakes::TinyModel model_of(const std::string& text) {
  static std::array<std::array<int, 256>, 256> counts{};
  for (std::size_t i = 1; i < text.size(); ++i) {
    ++counts.at(static_cast<unsigned char>(text[i - 1])).at(static_cast<unsigned char>(text[i]));
  }
  return emend::fakes::TinyModel::bigram({}, [](int token, int next) {
    constexpr double kUnseen = 1e-6;
    if (token > 255 || next > 255) return std::log(kUnseen);
    const auto first = static_cast<std::size_t>(token);
    return std::log(counts.at(first).at(static_cast<std::size_t>(next)) + kUnseen);
  });
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::uint32_t kSeed = 11;
  if (argc == 2) {
    emend::fakes::TinyModel::random({}, {.context = 1024}, kSeed).write(argv[1]);
    return 0;
  }
  if (argc != 3) {
    std::fputs("usage: make_tiny_model FILE [TEXT]\n", stderr);
    return 2;
  }
  std::ifstream file(argv[2]);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (text.empty()) {
    std::fprintf(stderr, "make_tiny_model: %s: nothing to read\n", argv[2]);
    return 1;
  }
  model_of(text).write(argv[1]);
  return 0;
}
