// SPDX-License-Identifier: Apache-2.0
// Metadata and tensor table of a foreign GGUF file: a key may be absent or of any type.
#pragma once

#include <gguf.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "emend/error.h"
#include "model_host/placement.h"

namespace emend {

class GgufMetadata {
 public:
  // Fails with not_found, io_failed, or unreadable_input when the file is no GGUF or is cut short.
  [[nodiscard]] static Result<GgufMetadata> read(const std::filesystem::path& path);

  // Empty when there is no such text.
  [[nodiscard]] std::string text(const std::string& key) const;
  // `otherwise` when there is no such number. Of a list of numbers, the greatest.
  [[nodiscard]] std::int64_t number(const std::string& key, std::int64_t otherwise) const;
  // How many entries a list has; 0 when there is no such list.
  [[nodiscard]] std::int64_t length(const std::string& key) const;

  // Adds the bytes of this file's tensors to what a model of `architecture` needs.
  void add_weights(ModelNeeds& needs) const;

 private:
  using Gguf = std::unique_ptr<gguf_context, decltype(&gguf_free)>;

  explicit GgufMetadata(Gguf gguf) : gguf_(std::move(gguf)) {}

  [[nodiscard]] std::int64_t find(const std::string& key) const;

  Gguf gguf_;
};

}  // namespace emend
