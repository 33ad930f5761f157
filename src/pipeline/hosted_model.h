// SPDX-License-Identifier: Apache-2.0
// A GGUF in a process of its own, as a LanguageModel, and as a Rewriter if it follows prompts.
//
// The host is started at the first score() and holds the weights. When it dies or hangs, another
// one takes its place and the request is repeated, with less memory asked for. Several of these
// with the same model and options share one host. Its end gives back all memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/model_messages.h"
#include "core/rewriting.h"
#include "emend/error.h"
#include "emend/free_report.h"
#include "emend/language_model.h"
#include "emend/options.h"

namespace emend {

class SharedHost;

class HostedModel final : public LanguageModel, public Rewriter {
 public:
  // What it will be asked most: to rank readings, or to rewrite texts. It can do both, and is made
  // for one.
  enum class Use : std::uint8_t { ranking, rewriting };

  // Looks only at the beginning of the file. Fails with not_found, io_failed, or unreadable_input
  // when it is no GGUF. `stop` ends a score() that waits, which then fails with cancelled.
  [[nodiscard]] static Result<std::unique_ptr<HostedModel>> open(const std::filesystem::path& gguf,
                                                                 const ModelOptions& options,
                                                                 std::stop_token stop = {},
                                                                 Use use = Use::ranking);
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

  // Fails with invalid_argument when the model follows no prompts, with limit_exceeded when the
  // text is too long for its context, and as score() does.
  [[nodiscard]] Result<Rewritten> rewrite(const RewriteRequest& request) override;
  [[nodiscard]] std::vector<Result<Rewritten>> rewrite_all(
      std::span<const RewriteRequest> requests) override;

  [[nodiscard]] std::string name() const override;  // the file's name
  // Reads the whole file, once in a process. Empty when the file cannot be read any more.
  [[nodiscard]] std::string hash() const override;

  // Lets go of the host, which ends unless another HostedModel uses it. Idempotent, never fails,
  // callable from any thread. A score() that runs is waited for, or, with `force`, ended: it then
  // fails with cancelled. The next score() loads again.
  FreeReport free(bool force = false);

  // What runs where, while the model is loaded.
  [[nodiscard]] std::optional<LoadedModel> placement() const;

  // Tokens that the model computed for all calls so far: what its time goes into.
  [[nodiscard]] std::int64_t tokens_computed() const { return tokens_computed_; }

  // What all calls so far took, with the loading of the model if need be.
  [[nodiscard]] double seconds() const { return seconds_; }

  // The host's process id, or -1: for tests and for those who measure from outside.
  [[nodiscard]] int host_process() const;

 private:
  HostedModel(std::filesystem::path gguf, const ModelOptions& options, std::stop_token stop,
              Use use);

  [[nodiscard]] std::stop_token begin_request();

  const std::filesystem::path gguf_;
  const ModelOptions options_;
  const std::stop_token stop_;  // the caller's
  std::shared_ptr<SharedHost> host_;
  std::int64_t tokens_computed_ = 0;
  double seconds_ = 0;

  std::mutex request_;      // held during a request, so that free() can wait for its end
  std::mutex force_mutex_;  // the next one
  std::stop_source force_;  // ends the request that runs
};

}  // namespace emend
