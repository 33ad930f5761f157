// SPDX-License-Identifier: Apache-2.0
// A model's name, taken apart. include/emend/models.h says which forms there are.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "emend/error.h"

namespace emend {

struct ModelName {
  enum class Kind { embedded, local, hub };

  Kind kind = Kind::hub;
  std::string text;             // as it was given
  std::filesystem::path local;  // file or folder
  std::string repository;       // "user/name"
  std::string quantization;     // a wish such as "int8"; empty = no preference
  std::string file;             // exact path in the repository; empty = by quantization
  std::string revision;         // branch, tag or commit; empty = main

  [[nodiscard]] std::string revision_or_main() const {
    return revision.empty() ? "main" : revision;
  }
};

// Something that is on the disk under this very name is meant, whatever else the name could mean.
// Fails with invalid_argument.
[[nodiscard]] Result<ModelName> parse_model_name(std::string_view text);

// Safe as a file below a folder of ours: relative, without "..", without empty parts.
[[nodiscard]] bool is_safe_path(std::string_view path);

}  // namespace emend
