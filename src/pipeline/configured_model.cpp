// SPDX-License-Identifier: Apache-2.0
#include "pipeline/configured_model.h"

#include <string>
#include <utility>
#include <variant>

#include "core/unicode.h"
#include "emend/models.h"

namespace emend {

namespace {

Result<bool> may_download(const AIModelConfig& config) {
  if (const bool* allowed = std::get_if<bool>(&config.allow_auto_download)) return *allowed;
  const auto& written = std::get<std::string>(config.allow_auto_download);
  if (lowered(written) == "true") return true;
  if (lowered(written) == "false") return false;
  return fail(ErrorCode::invalid_argument,
              "allow_auto_download is \"" + written + "\", neither \"true\" nor \"false\"");
}

// As resolve_model() wants it: a model of the hub, or else whatever lies in the folder.
std::string model_name(const AIModelConfig& config) {
  if (config.hugging_face_repo_id.empty()) return config.directory_model_path;
  if (config.hugging_face_quantization.empty()) return config.hugging_face_repo_id;
  return config.hugging_face_repo_id + ":" + config.hugging_face_quantization;
}

}  // namespace

Result<ModelOptions> configured_model(const AIModelConfig& config, const std::stop_token& stop) {
  const auto download = may_download(config);
  if (!download) return tl::unexpected(download.error());
  if (config.gpu_layers < kAutoGpuLayers) {
    return fail(ErrorCode::invalid_argument, "gpu_layers must not be negative");
  }
  ModelOptions options;
  options.gpu_layers = config.gpu_layers;
  const std::string name = model_name(config);
  if (name.empty()) return options;
  StoreObserver nobody;
  StoreObserver& observer = config.observer != nullptr ? *config.observer : nobody;
  const StoreOptions store{.directory_model_path = config.directory_model_path,
                           .allow_auto_download = *download};
  const auto model = resolve_model(name, store, observer, stop);
  if (!model) return tl::unexpected(model.error());
  options.model = model->files.front().path.string();
  return options;
}

}  // namespace emend
