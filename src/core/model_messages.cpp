// SPDX-License-Identifier: Apache-2.0
#include "core/model_messages.h"

namespace emend {

using nlohmann::json;

void to_json(json& out, const Device& device) {
  out = {{"name", device.name},
         {"description", device.description},
         {"is_gpu", device.is_gpu},
         {"memory_total_mib", device.memory_total_mib},
         {"memory_free_mib", device.memory_free_mib}};
}

void from_json(const json& in, Device& device) {
  in.at("name").get_to(device.name);
  in.at("description").get_to(device.description);
  in.at("is_gpu").get_to(device.is_gpu);
  in.at("memory_total_mib").get_to(device.memory_total_mib);
  in.at("memory_free_mib").get_to(device.memory_free_mib);
}

void to_json(json& out, const HostDescription& description) {
  out = {{"engine", description.engine},
         {"devices", description.devices},
         {"problems", description.problems}};
}

void from_json(const json& in, HostDescription& description) {
  in.at("engine").get_to(description.engine);
  in.at("devices").get_to(description.devices);
  in.at("problems").get_to(description.problems);
}

void to_json(json& out, const LoadRequest& request) {
  out = {{"path", request.path},
         {"gpu_layers", request.gpu_layers},
         {"threads", request.threads},
         {"context", request.context},
         {"batch", request.batch},
         {"fallback", request.fallback},
         {"small_batches", request.small_batches}};
}

void from_json(const json& in, LoadRequest& request) {
  in.at("path").get_to(request.path);
  request.gpu_layers = in.value("gpu_layers", 0);
  request.threads = in.value("threads", 0);
  request.context = in.value("context", 0);
  request.batch = in.value("batch", 0);
  request.fallback = in.value("fallback", 0);
  request.small_batches = in.value("small_batches", false);
}

void to_json(json& out, const DeviceUse& use) {
  out = {{"name", use.name},
         {"description", use.description},
         {"bytes", use.bytes},
         {"free_before_mib", use.free_before_mib}};
}

void from_json(const json& in, DeviceUse& use) {
  in.at("name").get_to(use.name);
  in.at("description").get_to(use.description);
  in.at("bytes").get_to(use.bytes);
  in.at("free_before_mib").get_to(use.free_before_mib);
}

void to_json(json& out, const LoadedModel& model) {
  out = {{"name", model.name},
         {"architecture", model.architecture},
         {"parameters", model.parameters},
         {"layers", model.layers},
         {"gpu_layers", model.gpu_layers},
         {"context", model.context},
         {"batch", model.batch},
         {"fallback", model.fallback},
         {"is_instruct", model.is_instruct},
         {"gpus", model.gpus}};
}

void from_json(const json& in, LoadedModel& model) {
  in.at("name").get_to(model.name);
  in.at("architecture").get_to(model.architecture);
  in.at("parameters").get_to(model.parameters);
  in.at("layers").get_to(model.layers);
  in.at("gpu_layers").get_to(model.gpu_layers);
  in.at("context").get_to(model.context);
  in.at("batch").get_to(model.batch);
  in.at("fallback").get_to(model.fallback);
  in.at("is_instruct").get_to(model.is_instruct);
  in.at("gpus").get_to(model.gpus);
}

void to_json(json& out, const Scored& scored) {
  out = {{"scores", scored.scores}, {"tokens", scored.tokens}};
}

void from_json(const json& in, Scored& scored) {
  in.at("scores").get_to(scored.scores);
  in.at("tokens").get_to(scored.tokens);
}

void to_json(json& out, const ScoreRequest& request) {
  out = {{"before", request.before},
         {"candidates", request.candidates},
         {"after", request.after},
         {"about", request.about}};
}

void from_json(const json& in, ScoreRequest& request) {
  in.at("before").get_to(request.before);
  in.at("candidates").get_to(request.candidates);
  in.at("after").get_to(request.after);
  request.about = in.value("about", std::vector<std::string>());
}

// Text that a model wrote can be any bytes, and JSON's strings cannot: it travels as binary.
namespace {

json binary(const std::string& bytes) {
  return json::binary({bytes.begin(), bytes.end()});
}

std::string bytes_in(const json& in) {
  const auto& bytes = in.get_binary();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

void to_json(json& out, const ByteRange& range) {
  out = {range.begin, range.end};
}

void from_json(const json& in, ByteRange& range) {
  in.at(0).get_to(range.begin);
  in.at(1).get_to(range.end);
}

void to_json(json& out, const LikelyWords& likely) {
  out = {{"bytes", likely.bytes}, {"text", likely.text}};
}

void from_json(const json& in, LikelyWords& likely) {
  in.at("bytes").get_to(likely.bytes);
  in.at("text").get_to(likely.text);
}

void to_json(json& out, const RewriteRequest& request) {
  out = {{"system", request.system},
         {"prompt", request.prompt},
         {"before", request.before},
         {"text", request.text},
         {"locked", request.locked},
         {"likely", request.likely},
         {"batch", request.batch},
         {"most_changes", request.most_changes},
         {"most_tokens", request.most_tokens}};
}

void from_json(const json& in, RewriteRequest& request) {
  in.at("system").get_to(request.system);
  in.at("prompt").get_to(request.prompt);
  in.at("before").get_to(request.before);
  in.at("text").get_to(request.text);
  in.at("locked").get_to(request.locked);
  in.at("likely").get_to(request.likely);
  in.at("most_changes").get_to(request.most_changes);
  in.at("batch").get_to(request.batch);
  in.at("most_tokens").get_to(request.most_tokens);
}

void to_json(json& out, const RewriteChange& change) {
  out = {{"bytes", change.bytes}, {"text", binary(change.text)}, {"gain", change.gain}};
}

void from_json(const json& in, RewriteChange& change) {
  in.at("bytes").get_to(change.bytes);
  change.text = bytes_in(in.at("text"));
  in.at("gain").get_to(change.gain);
}

void to_json(json& out, const Rewritten& rewritten) {
  out = {{"text", binary(rewritten.text)},
         {"changes", rewritten.changes},
         {"tokens", rewritten.tokens},
         {"decodes", rewritten.decodes}};
}

void from_json(const json& in, Rewritten& rewritten) {
  rewritten.text = bytes_in(in.at("text"));
  in.at("changes").get_to(rewritten.changes);
  in.at("tokens").get_to(rewritten.tokens);
  in.at("decodes").get_to(rewritten.decodes);
}

}  // namespace emend
