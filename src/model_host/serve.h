// SPDX-License-Identifier: Apache-2.0
// The requests that a model host answers; core/model_messages.h lists them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "emend/error.h"
#include "model_host/model.h"

namespace emend {

class ModelServer {
 public:
  // Always gives an answer of the shape of process/channel.h.
  [[nodiscard]] nlohmann::json answer(const nlohmann::json& request);

 private:
  [[nodiscard]] Result<nlohmann::json> perform(const nlohmann::json& request);
  [[nodiscard]] Result<nlohmann::json> load(const nlohmann::json& request);
  [[nodiscard]] Result<nlohmann::json> score(const nlohmann::json& request) const;

  std::optional<Model> model_;
};

}  // namespace emend
