// SPDX-License-Identifier: Apache-2.0
// What a HostedModel and emend-model-host say to each other, in one place so that both sides mean
// the same. from_json throws as in json_form.h; parse_json_form turns that into an Error.
//
//   {"op":"load",...LoadRequest}          -> LoadedModel
//   {"op":"score","requests":[...]}       -> Scored
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emend/language_model.h"

namespace emend {

struct LoadRequest {
  std::string path;    // of the GGUF file, or of its first part
  int gpu_layers = 0;  // as ModelOptions::gpu_layers
  int threads = 0;     // 0 = one per core
  int context = 0;     // tokens that the model sees at once; 0 = as suits scoring
  int batch = 0;       // tokens that are computed together; 0 = as suits scoring
};

struct LoadedModel {
  std::string name;          // as the file calls itself
  std::string architecture;  // "llama", "qwen2", ...
  std::uint64_t parameters = 0;
  int layers = 0;
  int gpu_layers = 0;  // how many of them are on a GPU
  int context = 0;     // tokens that the model sees at once
};

struct Scored {
  std::vector<std::vector<double>> scores;  // as LanguageModel::score
  std::int64_t tokens = 0;                  // that the model computed for them
};

void to_json(nlohmann::json& json, const LoadRequest& request);
void from_json(const nlohmann::json& json, LoadRequest& request);
void to_json(nlohmann::json& json, const LoadedModel& model);
void from_json(const nlohmann::json& json, LoadedModel& model);
void to_json(nlohmann::json& json, const Scored& scored);
void from_json(const nlohmann::json& json, Scored& scored);
void to_json(nlohmann::json& json, const ScoreRequest& request);
void from_json(const nlohmann::json& json, ScoreRequest& request);

}  // namespace emend
