// SPDX-License-Identifier: Apache-2.0
// The options of the table that all faces share, as flags of a command.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "emend/option_table.h"

namespace emend::cli {

inline void add_option(CLI::App& app, Job& job, const Option& option) {
  const auto set = [&job, &option](const std::string& text) {
    const auto done = option.set(job, text);
    if (!done) throw CLI::ValidationError(option.flags, done.error().message);
  };
  if (option.value.empty()) {
    app.add_flag_callback(
        option.flags, [set] { set("true"); }, option.help);
    return;
  }
  CLI::Option* added = app.add_option_function<std::string>(option.flags, set, option.help);
  added->type_name(option.value);
  if (!option.fallback.empty()) added->default_str(option.fallback);
}

// Those of the table that have flags and are wanted here.
template <typename Wanted>
void add_options(CLI::App& app, Job& job, Wanted wanted) {
  for (const Option& option : options()) {
    if (!option.flags.empty() && wanted(option)) add_option(app, job, option);
  }
}

}  // namespace emend::cli
