// SPDX-License-Identifier: Apache-2.0
// train_ngram: text files in, a byte n-gram model out.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "training/ngram/kneser_ney.h"
#include "training/ngram/ngram_file.h"

int main(int argc, char** argv) {
  CLI::App app("Makes a byte n-gram model from text files.");
  std::size_t order = 7;
  emend::training::PruningOptions pruning;
  std::string output;
  std::vector<std::string> inputs;
  app.add_option("--order", order, "longest n-gram")->check(CLI::Range(2, 8));
  app.add_option("--min-gain", pruning.min_gain, "nats an n-gram must save the training text")
      ->check(CLI::NonNegativeNumber);
  app.add_option("-o,--output", output, "the model file")->required();
  app.add_option("texts", inputs, "UTF-8 text files")->required()->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);

  std::string text = "\n";
  for (const auto& input : inputs) {
    std::ifstream file(input, std::ios::binary);
    text.append(std::istreambuf_iterator<char>(file), {});
    text += '\n';
  }
  const auto levels = emend::training::train(text, order, pruning);
  const auto bytes = emend::training::ngram_file(levels);
  std::ofstream file(output, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    std::fprintf(stderr, "cannot write %s\n", output.c_str());
    return 1;
  }
  std::printf("%s: order %zu, %zu bytes from %zu bytes of text; n-grams:", output.c_str(), order,
              bytes.size(), text.size());
  for (const auto& level : levels) std::printf(" %zu", level.labels.size());
  std::printf("\n");
  return 0;
}
