// SPDX-License-Identifier: Apache-2.0
// The short form of proofreading: configure a model, run it over recognised text, free it.
//
// Whatever the model and its prompt, rules decide: numbers, currency signs and the lines of the
// text are safe from it (document.h, EditReason).
//
//   emend::AI ai;  // the model that comes with emend
//   const auto corrected = ai.run_postprocessor("Invoic # 12345 \nTotal: $1O0.00");
//   if (corrected) std::cout << corrected->text << '\n';  // Invoice # 12345, Total: $100.00
//   ai.free_resources();
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>

#include "emend/correct.h"
#include "emend/error.h"
#include "emend/free_report.h"
#include "emend/models.h"
#include "emend/ocr_engine.h"
#include "emend/options.h"

namespace emend {

// Which model. With nothing set it is the one that comes with emend, which needs no file, no
// network and no GPU.
struct AIModelConfig {
  // Whether a model that is not here yet may be fetched: a bool, or "true" or "false". Nothing is
  // fetched unless this says so.
  std::variant<bool, std::string> allow_auto_download = false;
  std::string hugging_face_repo_id;       // "Qwen/Qwen2.5-3B-Instruct-GGUF"
  std::string hugging_face_quantization;  // "int8", "int4", "fp16" or a GGUF name such as "Q4_K_M"
  int gpu_layers = kAutoGpuLayers;        // layers on a GPU, the rest on the CPU (options.h)
  // A folder for models instead of the hub's cache. A .gguf file that lies in it is used as it is,
  // without any network.
  std::string directory_model_path;
  // Told of a download: its progress, and the licence of what is fetched. Borrowed; null = nobody.
  StoreObserver* observer = nullptr;
};

// What a post-processor says about itself. The key "prompt" holds the instruction for an instruct
// model, in place of CorrectOptions::prompt; other keys are refused. The embedded model and base
// models read text and follow no instruction, so they do the same whatever the prompt.
using PostProcessorSettings = std::map<std::string, std::string>;

// Every function may be called from any thread; texts are worked on one after the other.
class AI {
 public:
  // Loads nothing yet: what is wrong with the configuration turns out in run_postprocessor().
  explicit AI(AIModelConfig config = {}, CorrectOptions options = {});
  AI(AI&&) noexcept;
  AI& operator=(AI&&) noexcept;
  ~AI();  // as free_resources()

  // Takes the place of the post-processor set before. `settings` is called for each text, in the
  // thread that asks for it.
  void set_post_processor(std::string name, std::function<PostProcessorSettings()> settings);

  // Proofreads. With pages their evidence is used and RecognizedText::text is not looked at. The
  // model is fetched if need be (models.h) and loaded at the first call, and loaded again at the
  // first after free_resources(). Fails with invalid_argument for a wrong configuration or wrong
  // settings, and as resolve_model() and correct_text() do. A model that fails in mid text is a
  // notice, and the text stays as it was there.
  [[nodiscard]] Result<CorrectedText> run_postprocessor(const RecognizedText& recognized,
                                                        const std::stop_token& stop = {});
  [[nodiscard]] Result<CorrectedText> run_postprocessor(std::string_view text,
                                                        const std::stop_token& stop = {});

  // Gives back the model: its process ends, and with it all its memory, that of a GPU too, unless
  // another AI or run uses the same model. Idempotent, never fails. A text that is being worked on
  // is waited for, or, with `force`, cancelled.
  FreeReport free_resources(bool force = false) noexcept;

 private:
  class Session;

  std::unique_ptr<Session> session_;
};

}  // namespace emend
