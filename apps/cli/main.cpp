// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/interrupt.h"

int main(int argc, char** argv) {
  namespace cli = emend::cli;
  cli::CommandLine line = cli::parse_command_line(argc, argv);
  if (line.read && line.read->resume && line.read->words.empty() && line.read->lists.empty()) {
    auto resumed = cli::resumed_command(*line.read);
    if (!resumed) {
      cli::Console(true).fail(resumed.error());
      return emend::exit_status(resumed.error().code);
    }
    line = std::move(*resumed);
  }
  if (line.exit_status) return *line.exit_status;
  const std::stop_token stop = cli::stop_on_signals();
  if (line.correct) return cli::run_correct(*line.correct, stop);
  if (line.eval) return cli::run_eval(*line.eval, stop);
  if (line.doctor) return cli::run_doctor(*line.doctor);
  if (line.models) return cli::run_models(*line.models, stop);
  return cli::run_read(*line.read, stop);
}
