// SPDX-License-Identifier: Apache-2.0
// score_model: what a model thinks of text.
//
//   score_model MODEL.ngram bits FILE...   bits per byte of each file
//   score_model MODEL rank                 JSON lines {"before","candidates","after","about"} on
//                                          standard input; one JSON array of scores in nats a line
//                                          on standard output. MODEL may be a GGUF as well.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numbers>
#include <string>
#include <vector>

#include "correct/ngram_model.h"
#include "pipeline/hosted_model.h"

namespace {

int print_bits(const emend::NgramModel& model, int files, char** names) {
  for (int i = 0; i < files; ++i) {
    std::ifstream file(names[i], std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    auto state = model.start();
    const auto started = std::chrono::steady_clock::now();
    const double nats = model.advance(state, text);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    const auto size = static_cast<double>(text.size());
    std::printf("%-40s %9zu bytes  %.4f bits/byte  %.1f MB/s\n", names[i], text.size(),
                -nats / size / std::numbers::ln2, size / taken.count() / 1e6);
  }
  return 0;
}

int fail_with(const emend::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 1;
}

// Some places at a time, so that a GGUF can fill its batches.
int print_ranks(emend::LanguageModel& model) {
  constexpr std::size_t kTogether = 64;
  std::string line;
  std::vector<emend::ScoreRequest> requests;
  while (std::getline(std::cin, line)) {
    const auto json = nlohmann::json::parse(line);
    requests.push_back({json.at("before"), json.at("candidates"), json.at("after"),
                        json.value("about", std::vector<std::string>())});
    if (requests.size() < kTogether && std::cin.peek() != EOF) continue;
    const auto scores = model.score(requests);
    if (!scores) return fail_with(scores.error());
    for (const auto& row : *scores) std::printf("%s\n", nlohmann::json(row).dump().c_str());
    requests.clear();
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: score_model MODEL.ngram bits FILE... | MODEL rank\n");
    return 2;
  }
  const std::filesystem::path path = argv[1];
  if (path.extension() == ".gguf") {
    auto model = emend::HostedModel::open(path, {.threads = 1});
    return model ? print_ranks(**model) : fail_with(model.error());
  }
  auto model = emend::NgramModel::open(path);
  if (!model) return fail_with(model.error());
  if (std::string(argv[2]) == "bits") return print_bits(**model, argc - 3, argv + 3);
  return print_ranks(**model);
}
