// SPDX-License-Identifier: Apache-2.0
// What a GGUF file says about itself, read without its weights. Tells the files that can never
// serve as a language model from the others, and says which it is, where llama.cpp would only
// refuse.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "emend/error.h"
#include "model_host/placement.h"

namespace emend {

struct GgufSummary {
  std::string name;          // general.name, or the file's name without its ending
  std::string architecture;  // "llama", "qwen2", ...
  ModelNeeds needs;
};

// Fails with not_found, io_failed, or unreadable_input when the file is no GGUF, is cut short, or
// holds something else than a causal language model with a vocabulary. `path` is the first file
// when the model comes in several; then all of them are looked at.
[[nodiscard]] Result<GgufSummary> inspect_gguf(const std::filesystem::path& path);

}  // namespace emend
