// SPDX-License-Identifier: Apache-2.0
// A sense of language: which of these readings is the likelier text?
//
//   struct Indifferent final : emend::LanguageModel {  // likes every reading alike
//     emend::Result<std::vector<std::vector<double>>> score(
//         std::span<const emend::ScoreRequest> requests) override {
//       std::vector<std::vector<double>> scores;
//       for (const auto& request : requests) scores.emplace_back(request.candidates.size(), 0.0);
//       return scores;
//     }
//     std::string name() const override { return "indifferent"; }
//     std::string hash() const override { return {}; }
//   };
#pragma once

#include <span>
#include <string>
#include <vector>

#include "emend/error.h"

namespace emend {

// One place in a text and the readings that compete for it.
struct ScoreRequest {
  std::string before;  // what stands before, to the start of the context that is known
  std::vector<std::string> candidates;
  std::string after;  // what follows, the same for all candidates
  // What is known of the text, such as "deu", for a model that was trained to be told.
  std::vector<std::string> about = {};
};

// Implementations: the embedded n-gram, a GGUF in the model host, a mix of both, fakes in tests.
// Calls come from one thread at a time.
class LanguageModel {
 public:
  LanguageModel() = default;
  LanguageModel(const LanguageModel&) = delete;
  LanguageModel& operator=(const LanguageModel&) = delete;
  virtual ~LanguageModel() = default;

  // For each request one number per candidate: ln P(candidate + after | before), in nats, summed
  // over the bytes. So candidates of different length compare as they are. Fails with
  // engine_failed, limit_exceeded or cancelled; then nothing is known about any request.
  [[nodiscard]] virtual Result<std::vector<std::vector<double>>> score(
      std::span<const ScoreRequest> requests) = 0;

  // For provenance and messages: a short name, and the SHA-256 of the weights in hex.
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::string hash() const = 0;
};

}  // namespace emend
