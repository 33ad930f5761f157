// SPDX-License-Identifier: Apache-2.0
#include "model_host/serve.h"

#include <llama.h>

#include <utility>

#include "core/json_form.h"
#include "core/model_messages.h"
#include "core/replayed.h"
#include "model_host/devices.h"
#include "model_host/prompted.h"
#include "model_host/scorer.h"
#include "process/channel.h"
#include "process/limits.h"

namespace emend {

using nlohmann::json;

json ModelServer::answer(const json& request) {
  auto result = perform(request);
  return result ? ok_answer(std::move(*result)) : error_answer(result.error());
}

Result<json> ModelServer::perform(const json& request) {
  const std::string operation =
      request.is_object() ? request.value("op", json()).dump() : std::string();
  if (operation == "\"describe\"") return describe();
  if (operation == "\"load\"") return load(request);
  if (operation == "\"score\"") return score(request);
  if (operation == "\"rewrite\"") return rewrite(request);
  if (operation == "\"devices\"") return devices();
  return fail(ErrorCode::invalid_argument, "the model host was asked something that it cannot do");
}

void ModelServer::settle(bool with_devices) {
  if (with_devices) {
    auto problems = load_backends();
    backend_problems_.insert(backend_problems_.end(), problems.begin(), problems.end());
  }
  if (!is_limited_) apply_limits({.address_space_mib = 0, .no_network = true});
  is_limited_ = true;
}

json ModelServer::describe() {
  settle(true);
  return HostDescription{std::string("llama.cpp ") + llama_version(), described_devices(),
                         backend_problems_};
}

Result<json> ModelServer::load(const json& request) {
  auto asked = parse_json_form<LoadRequest>(request);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  settle(asked->gpu_layers != 0);
  model_.reset();  // before the next one takes memory
  replay_.reset();
  if (asked->path.ends_with(".jsonl")) return load_replay(asked->path);
  auto model = Model::load(*asked);
  if (!model) return tl::unexpected(std::move(model.error()));
  model_.emplace(std::move(*model));
  return json(model_->description());
}

// What another system made of texts, in the place of a model that would make it.
Result<json> ModelServer::load_replay(const std::string& path) {
  auto replay = Replay::load(path);
  if (!replay) return tl::unexpected(std::move(replay.error()));
  replay_.emplace(std::move(*replay));
  LoadedModel description;
  description.name = "replay";
  description.architecture = kReplayArchitecture;
  description.is_instruct = true;
  return json(description);
}

Result<json> ModelServer::score(const json& request) const {
  if (!model_) return fail(ErrorCode::invalid_argument, "no model is loaded");
  auto requests = parse_json_form<std::vector<ScoreRequest>>(request.value("requests", json()));
  if (!requests) return tl::unexpected(std::move(requests.error()));
  auto scored = emend::score(*model_, *requests);
  if (!scored) return tl::unexpected(std::move(scored.error()));
  return json(*scored);
}

Result<json> ModelServer::rewrite(const json& request) const {
  if (!model_ && !replay_) return fail(ErrorCode::invalid_argument, "no model is loaded");
  auto asked = parse_json_form<std::vector<RewriteRequest>>(request.value("requests", json()));
  if (!asked) return tl::unexpected(std::move(asked.error()));
  json answers = json::array();
  for (auto& rewritten : replay_ ? replay_->rewrite_all(*asked) : rewrite_all_by(*model_, *asked)) {
    answers.push_back(rewritten ? ok_answer(std::move(*rewritten))
                                : error_answer(rewritten.error()));
  }
  return answers;
}

json ModelServer::devices() const {
  json list = json::array();
  if (!model_ || model_->description().gpu_layers == 0) return list;
  for (ggml_backend_dev_t gpu : gpu_devices()) list.push_back(described(gpu));
  return list;
}

}  // namespace emend
