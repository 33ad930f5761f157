// SPDX-License-Identifier: Apache-2.0
// The requests that a model host answers; core/model_messages.h lists them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "emend/error.h"
#include "model_host/model.h"
#include "model_host/replay.h"

namespace emend {

// The first request decides whether devices are looked for; after that and before any foreign byte
// is read, the process gives up what it does not need (process/limits.h).
class ModelServer {
 public:
  // Always gives an answer of the shape of process/channel.h.
  [[nodiscard]] nlohmann::json answer(const nlohmann::json& request);

 private:
  [[nodiscard]] Result<nlohmann::json> perform(const nlohmann::json& request);
  [[nodiscard]] nlohmann::json describe();
  [[nodiscard]] Result<nlohmann::json> load(const nlohmann::json& request);
  [[nodiscard]] Result<nlohmann::json> load_replay(const std::string& path);
  [[nodiscard]] Result<nlohmann::json> score(const nlohmann::json& request) const;
  [[nodiscard]] Result<nlohmann::json> rewrite(const nlohmann::json& request) const;
  [[nodiscard]] nlohmann::json devices() const;
  void settle(bool with_devices);

  std::optional<Model> model_;
  std::optional<Replay> replay_;  // in place of a model
  std::vector<std::string> backend_problems_;
  bool is_limited_ = false;
};

}  // namespace emend
