// SPDX-License-Identifier: Apache-2.0
// What a HostedModel and emend-model-host say to each other, in one place so that both sides mean
// the same. from_json throws as in json_form.h; parse_json_form turns that into an Error.
//
//   {"op":"describe"}                -> HostDescription; a host that looks at every device
//   {"op":"load", ...LoadRequest}    -> LoadedModel
//   {"op":"score","requests":[...]}  -> Scored
//   {"op":"rewrite", ...RewriteRequest} -> Rewritten
//   {"op":"devices"}                 -> [Device...], those that the loaded model may use
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/rewriting.h"
#include "emend/doctor.h"  // Device
#include "emend/language_model.h"

namespace emend {

struct HostDescription {
  std::string engine;                 // "llama.cpp 0.5.0"
  std::vector<Device> devices;        // the CPU too
  std::vector<std::string> problems;  // backends that are there and cannot be used, and why
};

struct LoadRequest {
  std::string path;    // of the GGUF file, or of its first part
  int gpu_layers = 0;  // as ModelOptions::gpu_layers
  int threads = 0;     // 0 = as many as the model keeps busy, at most one per core
  int context = 0;     // tokens that the model sees at once; 0 = as suits scoring
  int batch = 0;       // tokens that are computed together; 0 = as suits scoring
  int fallback = 0;    // how many of the best placements to leave out, since they failed before
  // Whether most batches will be small, as those are that verify a draft, and not those of scoring.
  bool small_batches = false;
};

// How much of a device's memory a model holds there.
struct DeviceUse {
  std::string name;
  std::string description;
  std::int64_t bytes = 0;
  std::int64_t free_before_mib = 0;  // of the device, before the model was loaded
};

struct LoadedModel {
  std::string name;          // as the file calls itself
  std::string architecture;  // "llama", "qwen2", ...
  std::uint64_t parameters = 0;
  int layers = 0;            // the output counts as one
  int gpu_layers = 0;        // how many of them are on GPUs
  int context = 0;           // tokens that the model sees at once
  int batch = 0;             // tokens that are computed together
  int fallback = 0;          // how many better placements were left out or have failed
  bool is_instruct = false;  // texts are scored as answers in a conversation
  std::vector<DeviceUse> gpus;
};

struct Scored {
  std::vector<std::vector<double>> scores;  // as LanguageModel::score
  std::int64_t tokens = 0;                  // that the model computed for them
};

// How a host ends that ran out of memory, of whatever device, in mid-work.
inline constexpr int kExitOutOfMemory = 12;

void to_json(nlohmann::json& json, const Device& device);
void from_json(const nlohmann::json& json, Device& device);
void to_json(nlohmann::json& json, const HostDescription& description);
void from_json(const nlohmann::json& json, HostDescription& description);
void to_json(nlohmann::json& json, const LoadRequest& request);
void from_json(const nlohmann::json& json, LoadRequest& request);
void to_json(nlohmann::json& json, const DeviceUse& use);
void from_json(const nlohmann::json& json, DeviceUse& use);
void to_json(nlohmann::json& json, const LoadedModel& model);
void from_json(const nlohmann::json& json, LoadedModel& model);
void to_json(nlohmann::json& json, const Scored& scored);
void from_json(const nlohmann::json& json, Scored& scored);
void to_json(nlohmann::json& json, const ScoreRequest& request);
void from_json(const nlohmann::json& json, ScoreRequest& request);
void to_json(nlohmann::json& json, const ByteRange& range);
void from_json(const nlohmann::json& json, ByteRange& range);
void to_json(nlohmann::json& json, const RewriteRequest& request);
void from_json(const nlohmann::json& json, RewriteRequest& request);
void to_json(nlohmann::json& json, const RewriteChange& change);
void from_json(const nlohmann::json& json, RewriteChange& change);
void to_json(nlohmann::json& json, const Rewritten& rewritten);
void from_json(const nlohmann::json& json, Rewritten& rewritten);

}  // namespace emend
