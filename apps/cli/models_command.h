// SPDX-License-Identifier: Apache-2.0
// emend models: which models are on this machine, and how one gets here or goes away.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "emend/models.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the name is CLI11's
class App;
}

namespace emend::cli {

struct ModelsCommand {
  enum class Action { list, pull, verify, remove, path };

  Action action = Action::list;
  std::vector<std::string> names;
  StoreOptions store;
  bool json = false;
  bool quiet = false;
};

// The subcommand, which fills `command` when it is parsed.
[[nodiscard]] CLI::App* add_models(CLI::App& app, ModelsCommand& command);

[[nodiscard]] int run_models(const ModelsCommand& command, const std::stop_token& stop);

}  // namespace emend::cli
