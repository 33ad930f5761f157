// SPDX-License-Identifier: Apache-2.0
#include "model_host/serve.h"

#include <string>
#include <utility>
#include <vector>

#include "core/json_form.h"
#include "core/model_messages.h"
#include "model_host/devices.h"
#include "model_host/scorer.h"
#include "process/channel.h"

namespace emend {

using nlohmann::json;

json ModelServer::answer(const json& request) {
  auto result = perform(request);
  return result ? ok_answer(std::move(*result)) : error_answer(result.error());
}

Result<json> ModelServer::perform(const json& request) {
  const auto operation = request.is_object() ? request.find("op") : request.end();
  if (operation != request.end() && *operation == "load") return load(request);
  if (operation != request.end() && *operation == "score") return score(request);
  if (operation != request.end() && *operation == "describe") return described_engine();
  return fail(ErrorCode::invalid_argument, "the model host was asked something that it cannot do");
}

Result<json> ModelServer::load(const json& request) {
  auto asked = parse_json_form<LoadRequest>(request);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  model_.reset();  // before the next one takes memory
  auto model = Model::load(*asked);
  if (!model) return tl::unexpected(std::move(model.error()).at(asked->path));
  model_.emplace(std::move(*model));
  return json(model_->description());
}

Result<json> ModelServer::score(const json& request) const {
  if (!model_) return fail(ErrorCode::invalid_argument, "no model is loaded");
  auto requests = parse_json_form<std::vector<ScoreRequest>>(request.value("requests", json()));
  if (!requests) return tl::unexpected(std::move(requests.error()));
  auto scored = emend::score(*model_, *requests);
  if (!scored) return tl::unexpected(std::move(scored.error()).at(model_->description().name));
  return json(*scored);
}

}  // namespace emend
