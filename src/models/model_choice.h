// SPDX-License-Identifier: Apache-2.0
// Which of a repository's files a model's name means. The same rules choose among what the hub
// offers and among what is on the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "models/model_name.h"

namespace emend {

struct RepositoryFile {
  std::string path;
  std::uint64_t size_bytes = 0;
  std::string oid;  // SHA-256 of its bytes (64 digits) or its git object (40); empty = not known
};

// A model: one GGUF file, or the parts of a split one.
struct ModelParts {
  std::vector<RepositoryFile> files;  // in order
  bool is_complete = true;            // false when a part is missing

  [[nodiscard]] const std::string& path() const { return files.front().path; }
  [[nodiscard]] std::uint64_t size_bytes() const;
};

// The models among `files`. Files that only accompany one (mmproj, imatrix, drafts) are none.
[[nodiscard]] std::vector<ModelParts> models_among(const std::vector<RepositoryFile>& files);

// Those that fit the name: one if it is clear which is meant, several if not. Without a wish for a
// quantization Q4_K_M is meant, then Q8_0, then the only one, which is llama.cpp's order.
[[nodiscard]] std::vector<ModelParts> fitting(const std::vector<ModelParts>& models,
                                              const ModelName& name);

// The one model of `files` that the name means. Fails with not_found or invalid_argument, and then
// lists what is there. `place` is the repository and its revision, for messages.
[[nodiscard]] Result<ModelParts> choose_model(const std::vector<RepositoryFile>& files,
                                              const ModelName& name, const std::string& place);

// One line for each: quantization, size, file.
[[nodiscard]] std::string listing(std::vector<ModelParts> models);

[[nodiscard]] std::string size_text(std::uint64_t bytes);  // "1.93 GB", decimal as the hub shows it

}  // namespace emend
