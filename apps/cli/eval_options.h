// SPDX-License-Identifier: Apache-2.0
// The command line of emend eval.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/eval_command.h"

namespace emend::cli {

CLI::App* add_eval(CLI::App& app, EvalCommand& command);

}  // namespace emend::cli
