// SPDX-License-Identifier: Apache-2.0
// The words of the command line, turned into options. Nothing is read or written here.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/eval_command.h"
#include "cli/models_command.h"
#include "emend/error.h"
#include "emend/inputs.h"
#include "emend/output.h"
#include "emend/run.h"

namespace emend::cli {

// What is shown beside the result, on standard error.
struct Show {
  bool raw = false;       // the text as it was recognised
  bool diff = false;      // what correction changed
  bool rejected = false;  // what it proposed and did not do
};

struct ReadCommand {
  std::vector<std::string> words;  // what is to be read, as it was named
  std::vector<std::string> lists;  // files that name more
  InputRules rules;
  Job job;             // its inputs are found when the command runs
  std::string output;  // file, folder, pattern, or empty for standard output
  std::vector<Format> formats = {Format::txt};
  bool layout = false;  // txt as it is printed
  Show show;
  bool no_provenance = false;  // no file that says where a text came from
  bool no_journal = false;
  bool resume = false;  // without inputs: the job that was stopped last
  bool quiet = false;
  bool verbose = false;
  Console::Form progress = Console::Form::sentences;
};

struct CorrectCommand {
  std::string input = "-";
  Job job;  // of which only languages, correct and model matter
  Format format = Format::txt;
  Show show;
};

struct DoctorCommand {
  bool json = false;
};

// What the user asked for; exactly one command is set unless `exit_status` is.
struct CommandLine {
  std::optional<ReadCommand> read;
  std::optional<CorrectCommand> correct;
  std::optional<EvalCommand> eval;
  std::optional<DoctorCommand> doctor;
  std::optional<ModelsCommand> models;
  std::optional<int> exit_status;  // --help, --version, or a mistake that has been explained
};

[[nodiscard]] CommandLine parse_command_line(int argc, char** argv);

// The command of the job that was stopped last, with its folder as the working directory. Fails
// with not_found when there is none, and with invalid_argument when it must be given again.
[[nodiscard]] Result<CommandLine> resumed_command(const ReadCommand& command);

[[nodiscard]] int run_read(const ReadCommand& command, const std::stop_token& stop);
[[nodiscard]] int run_correct(const CorrectCommand& command, const std::stop_token& stop);
[[nodiscard]] int run_doctor(const DoctorCommand& command);

}  // namespace emend::cli
