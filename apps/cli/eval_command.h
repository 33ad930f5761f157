// SPDX-License-Identifier: Apache-2.0
// emend eval: how good are the results on documents of which the truth is known?
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/console.h"
#include "emend/evaluate.h"
#include "emend/inputs.h"
#include "emend/run.h"

namespace emend::cli {

struct EvalCommand {
  std::vector<std::string> words;  // documents and folders of them, or one JSONL file
  InputRules rules;
  std::filesystem::path truths;  // folder of NAME.txt; empty = beside the documents
  std::string against = "raw";   // "raw", a JSONL file or a folder of NAME.txt
  std::string results;             // a file or folder as of `against`: instead of emend's own
  std::string replay;              // JSONL {raw, output}: instead of a model
  std::size_t sample = 0;        // at most so many, spread evenly; 0 = all
  EvaluationOptions evaluation;
  std::string json;  // files for these forms; "-" is standard output
  std::string html;
  std::string texts;
  bool gate = false;
  bool quiet = false;
  Job job;
};

// The exit status. With command.gate it is kExitGate when correction harmed a number.
inline constexpr int kExitGate = 1;
[[nodiscard]] int run_eval(const EvalCommand& command, const std::stop_token& stop);

}  // namespace emend::cli
