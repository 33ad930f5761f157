// SPDX-License-Identifier: Apache-2.0
// proofread_pages [LANGUAGES]: proofreading alone, over pages that were recognised before.
//
// Reads documents of docs/json.md, one a line, as `emend --model none --format json` writes them,
// corrects them with the embedded model of EMEND_DATA_DIR, and writes them the same way. On
// standard error: the seconds that this took, and how many of them the GGUF did.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>

#include "emend/json.h"
#include "pipeline/proofreader.h"

int main(int argc, char** argv) {
  const std::string languages = argc > 1 ? argv[1] : "eng";
  auto proofreader = emend::Proofreader::create({}, {}, {languages}, {});
  if (!proofreader) {
    std::fprintf(stderr, "%s\n", proofreader.error().message.c_str());
    return 1;
  }
  const auto started = std::chrono::steady_clock::now();
  std::string line;
  while (std::getline(std::cin, line)) {
    auto document = emend::document_from_json(line);
    if (!document) {
      std::fprintf(stderr, "%s\n", document.error().message.c_str());
      return 1;
    }
    proofreader->begin_document();
    for (emend::Page& page : document->pages) page = proofreader->correct(page, {});
    std::cout << emend::to_json(*document) << '\n';
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
  std::fprintf(stderr, "%.2f s, of which the GGUF %.2f s\n", taken.count(),
               proofreader->model_seconds());
  return 0;
}
