// SPDX-License-Identifier: Apache-2.0
// The byte-level GGUF that comes with emend: a second opinion on what the n-gram model finds close.
//
// Its card, models/embedded.json, names the file, its SHA-256, its version and its fitted weight:
//
//   {"file": "embedded.gguf", "sha256": "9f86d081...", "version": "1", "weight": 0.3}
//
// A file with another hash is not asked. Nothing is started before the first close call; then the
// host stays until free(). It runs on the CPU with one thread whatever the options say, so that the
// same file gives the same bytes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "emend/error.h"
#include "emend/free_report.h"
#include "emend/language_model.h"
#include "emend/options.h"
#include "pipeline/hosted_model.h"

namespace emend {

struct EmbeddedCard {
  std::filesystem::path file;
  std::string sha256;  // in hex
  std::string version;
  double weight = 0;  // in the mix with the n-gram, 0..1
};

// Nothing when this emend comes without one. Fails with unreadable_input when the card is damaged.
[[nodiscard]] Result<std::optional<EmbeddedCard>> find_embedded_card();

// Whether the file is there and has its hash. Fails with missing_dependency.
[[nodiscard]] Result<void> check_embedded_file(const EmbeddedCard& card);

// Use from one thread at a time.
class EmbeddedGguf final : public LanguageModel {
 public:
  EmbeddedGguf(EmbeddedCard card, const ModelOptions& options, std::stop_token stop);

  // Fails as check_embedded_file() and HostedModel do, and then at once, with the same error, until
  // try_again(): a broken host is not started for every page. What was cancelled is asked again.
  [[nodiscard]] Result<std::vector<std::vector<double>>> score(
      std::span<const ScoreRequest> requests) override;
  void try_again() { failure_.reset(); }

  [[nodiscard]] std::string name() const override { return "byte model " + card_.version; }
  [[nodiscard]] std::string hash() const override { return card_.sha256; }
  [[nodiscard]] double weight() const { return card_.weight; }

  // As those of HostedModel; nothing before the first score().
  FreeReport free();
  [[nodiscard]] std::optional<LoadedModel> placement() const;
  [[nodiscard]] double seconds() const;
  [[nodiscard]] int host_process() const;

 private:
  [[nodiscard]] Result<void> open();

  const EmbeddedCard card_;
  ModelOptions options_;
  const std::stop_token stop_;
  std::unique_ptr<HostedModel> host_;
  std::optional<Error> failure_;
};

}  // namespace emend
