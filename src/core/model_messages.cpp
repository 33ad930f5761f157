// SPDX-License-Identifier: Apache-2.0
#include "core/model_messages.h"

namespace emend {

using nlohmann::json;

void to_json(json& out, const LoadRequest& request) {
  out = {{"path", request.path},
         {"gpu_layers", request.gpu_layers},
         {"threads", request.threads},
         {"context", request.context},
         {"batch", request.batch}};
}

void from_json(const json& in, LoadRequest& request) {
  in.at("path").get_to(request.path);
  request.gpu_layers = in.value("gpu_layers", 0);
  request.threads = in.value("threads", 0);
  request.context = in.value("context", 0);
  request.batch = in.value("batch", 0);
}

void to_json(json& out, const LoadedModel& model) {
  out = {{"name", model.name},
         {"architecture", model.architecture},
         {"parameters", model.parameters},
         {"layers", model.layers},
         {"gpu_layers", model.gpu_layers},
         {"context", model.context}};
}

void from_json(const json& in, LoadedModel& model) {
  in.at("name").get_to(model.name);
  in.at("architecture").get_to(model.architecture);
  in.at("parameters").get_to(model.parameters);
  in.at("layers").get_to(model.layers);
  in.at("gpu_layers").get_to(model.gpu_layers);
  in.at("context").get_to(model.context);
}

void to_json(json& out, const Scored& scored) {
  out = {{"scores", scored.scores}, {"tokens", scored.tokens}};
}

void from_json(const json& in, Scored& scored) {
  in.at("scores").get_to(scored.scores);
  in.at("tokens").get_to(scored.tokens);
}

void to_json(json& out, const ScoreRequest& request) {
  out = {{"before", request.before}, {"candidates", request.candidates}, {"after", request.after}};
}

void from_json(const json& in, ScoreRequest& request) {
  in.at("before").get_to(request.before);
  in.at("candidates").get_to(request.candidates);
  in.at("after").get_to(request.after);
}

}  // namespace emend
