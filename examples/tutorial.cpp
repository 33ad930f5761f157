// SPDX-License-Identifier: Apache-2.0
// Reads an invoice and lets a language model repair what the recogniser got wrong, in five steps.
//
//   tutorial [IMAGE [FOLDER FOR MODELS]]
#include <iostream>
#include <string>

#include "emend/ai.h"
#include "emend/ocr_engine.h"

namespace {

int report(const emend::Error& error) {
  std::cerr << error.message << "\n" << error.hint << "\n";
  return emend::exit_status(error.code);
}

// Tells models that follow an instruction what kind of text they see.
emend::PostProcessorSettings financial_prompt() {
  return {{"prompt", "Correct OCR errors, keep numbers and currency symbols intact"}};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string image = argc > 1 ? argv[1] : "YOUR_DIRECTORY/invoice.png";
  const std::string models = argc > 2 ? argv[2] : "YOUR_DIRECTORY/Models";

  // Step 1: choose the model. A .gguf file in the folder is used without any network.
  emend::AIModelConfig config;
  config.allow_auto_download = "true";
  config.hugging_face_repo_id = "Qwen/Qwen2.5-3B-Instruct-GGUF";
  config.hugging_face_quantization = "int8";
  config.gpu_layers = 20;  // the rest runs on the CPU
  config.directory_model_path = models;
  emend::AI ai(config);

  // Step 2: load an image and read it. load_document() takes a PDF of many pages.
  emend::OcrEngine ocr_engine;
  if (auto loaded = ocr_engine.load_image(image); !loaded) return report(loaded.error());
  const auto raw_text = ocr_engine.recognize();
  if (!raw_text) return report(raw_text.error());

  // Step 3: set the prompt.
  ai.set_post_processor("llm_correction", financial_prompt);

  // Step 4: let the model polish the text. Numbers are safe from it, whatever it answers.
  const auto corrected_text = ai.run_postprocessor(*raw_text);
  if (!corrected_text) return report(corrected_text.error());
  std::cout << "Original : " << raw_text->text << "\n";
  std::cout << "Enhanced : " << corrected_text->text << "\n";

  // Step 5: give back memory, that of the GPU too.
  ai.free_resources();
  return 0;
}
