// SPDX-License-Identifier: Apache-2.0
// A GGUF in a process of its own, as a LanguageModel.
//
// The host is started at the first score() and holds the weights. When it dies or hangs, another
// one takes its place and the request is repeated once, so a crash of llama.cpp costs time and
// nothing else. Its end gives back all memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "emend/error.h"
#include "emend/language_model.h"
#include "emend/options.h"

namespace emend {

// What freeing a model gave back. Bytes are of the host's memory as the kernel counts it.
struct FreeReport {
  bool was_loaded = false;
  std::int64_t host_bytes_before = 0;
  std::int64_t host_bytes_after = 0;  // 0: the process is gone
};

class HostedModel final : public LanguageModel {
 public:
  // Looks only at the beginning of the file. Fails with not_found, io_failed, or unreadable_input
  // when it is no GGUF. `stop` ends a score() that waits, which then fails with cancelled.
  [[nodiscard]] static Result<std::unique_ptr<HostedModel>> open(const std::filesystem::path& gguf,
                                                                 const ModelOptions& options,
                                                                 std::stop_token stop = {});
  ~HostedModel() override;

  // Starts the host and loads the model, which score() does by itself. Fails with unreadable_input
  // when the model cannot serve, limit_exceeded when memory does not suffice, missing_dependency
  // when the host program is not there, engine_failed when it died or hung twice.
  [[nodiscard]] Result<void> load();

  // Fails as load() does; also with engine_failed when the host died or hung twice over the same
  // request, and limit_exceeded when a candidate with what follows is longer than the model's
  // context.
  [[nodiscard]] Result<std::vector<std::vector<double>>> score(
      std::span<const ScoreRequest> requests) override;

  [[nodiscard]] std::string name() const override;  // the file's name
  // Reads the whole file, once in a process. Empty when the file cannot be read any more.
  [[nodiscard]] std::string hash() const override;

  // Ends the host and waits until it is gone; a request that runs is waited for. Idempotent, never
  // fails, callable from any thread. The next score() loads again.
  FreeReport free();

  // Tokens that the model computed for all score() calls so far: what its time goes into.
  [[nodiscard]] std::int64_t tokens_computed() const { return tokens_computed_; }

  // The host's process id, or -1: for tests and for those who measure from outside.
  [[nodiscard]] int host_process() const;

 private:
  class Host;

  explicit HostedModel(std::filesystem::path gguf, const ModelOptions& options,
                       std::stop_token stop);

  std::filesystem::path gguf_;
  std::unique_ptr<Host> host_;
  std::int64_t tokens_computed_ = 0;
};

}  // namespace emend
