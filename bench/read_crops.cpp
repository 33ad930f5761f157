// SPDX-License-Identifier: Apache-2.0
// The reader of numbers alone: bench_read_crops READER.gguf < REQUESTS > ANSWERS
//
// A request is a line of JSON, {"image": PATH, "words": [{"box": [x, y, width, height],
// "text": TEXT, "confidence": 0 to 1}]}, with boxes on the page as the page worker has it and what
// Tesseract read there, how surely.
// The answer has for each word what the reader reads (null for nothing), as evidence and raw, how
// likely that is and how likely TEXT is, in nats. Crops per second, one thread, go to standard
// error. bench/number_reader.py drives it.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

#include "core/json_form.h"
#include "page_worker/input/input_file.h"
#include "page_worker/number_reader/read_numbers.h"
#include "page_worker/prepare/steps.h"

namespace emend {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

struct Speed {
  std::size_t crops = 0;
  Clock::duration time{};
};

json answer_for(NumberReader& reader, Pix* page, const json& word, Speed& speed) {
  const auto box = word.at("box").get<std::array<int, 4>>();
  const auto standing = word.at("text").get<std::string>();
  const Word asked{
      .box = {box[0], box[1], box[2], box[3]},
      .readings = {{.text = standing, .confidence = word.at("confidence").get<double>()}}};
  const auto begin = Clock::now();
  const auto found = read_word(reader, page, asked);
  if (!found) return nullptr;
  const auto evidence = as_evidence(reader, *found, standing);
  speed.time += Clock::now() - begin;
  ++speed.crops;
  const double ln_standing = found->ln_likelihood_of(standing);
  return {{"raw", found->text()},
          {"ln", found->ln_likelihood()},
          {"is_steady", found->is_steady()},
          {"ln_standing", std::max(ln_standing, -999.0)},
          {"evidence", evidence ? json(*evidence) : json(nullptr)}};
}

int run(const char* path) {
  auto reader = NumberReader::open(path, "");
  if (!reader) {
    std::cerr << reader.error().message << '\n';
    return 1;
  }
  Speed speed;
  Orientation orientation;
  const ReadOptions options;
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    auto file = open_input(request.at("image").get<std::string>(), options);
    auto decoded = file ? (*file)->decode(1, options) : tl::unexpected(file.error());
    auto page = decoded ? prepare(*decoded, options, orientation) : tl::unexpected(decoded.error());
    if (!page) {
      std::cerr << request.at("image") << ": " << page.error().message << '\n';
      return 1;
    }
    json words = json::array();
    for (const json& word : request.at("words")) {
      words.push_back(answer_for(*reader, page->pixels.get(), word, speed));
    }
    std::cout << json{{"words", std::move(words)}} << '\n';
  }
  const double seconds = std::chrono::duration<double>(speed.time).count();
  std::fprintf(stderr, "%zu crops, %.1f a second\n", speed.crops,
               static_cast<double>(speed.crops) / std::max(seconds, 1e-9));
  return 0;
}

}  // namespace
}  // namespace emend

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: bench_read_crops READER.gguf < REQUESTS > ANSWERS\n", stderr);
    return 2;
  }
  return emend::run(arguments[1]);
}
