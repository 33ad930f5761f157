// SPDX-License-Identifier: Apache-2.0
// make_tiny_model FILE: writes a GGUF with random weights that llama.cpp runs; its opinion of any
// text is worthless, which is what a test of the guard wants.
#include <cstdio>

#include "fakes/tiny_gguf.h"

int main(int argc, char** argv) {
  constexpr std::uint32_t kSeed = 11;
  if (argc != 2) {
    std::fputs("usage: make_tiny_model FILE\n", stderr);
    return 2;
  }
  emend::fakes::TinyModel::random({}, {.context = 1024}, kSeed).write(argv[1]);
  return 0;
}
