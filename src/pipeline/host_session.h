// SPDX-License-Identifier: Apache-2.0
// One emend-model-host process with its model: the requests of core/model_messages.h as functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "core/model_messages.h"
#include "emend/error.h"
#include "process/child.h"

namespace emend {

// One thread at a time.
class HostSession {
 public:
  enum class State : std::uint8_t {
    serving,        // an error that it answered is an answer
    died,           // it crashed, hung, gave up or was told to stop, and is gone
    out_of_memory,  // it is gone because memory, of whatever device, did not suffice
  };

  // Starts the process; nothing is loaded yet.
  [[nodiscard]] static Result<HostSession> start();

  [[nodiscard]] Result<HostDescription> describe();
  [[nodiscard]] Result<LoadedModel> load(const LoadRequest& request, const std::stop_token& stop);
  [[nodiscard]] Result<Scored> score(std::span<const ScoreRequest> requests,
                                     std::chrono::milliseconds timeout,
                                     const std::stop_token& stop);
  // An answer for each request, which may have failed on its own. `timeout` is for each.
  [[nodiscard]] Result<std::vector<Result<Rewritten>>> rewrite(
      std::span<const RewriteRequest> requests, std::chrono::milliseconds timeout,
      const std::stop_token& stop);
  // The GPUs that the loaded model uses, with their memory as it is now; empty when there are none.
  [[nodiscard]] std::vector<Device> gpus();

  // After a request that failed: what that means for the next one.
  [[nodiscard]] State state() const { return state_; }

  // Memory of the process alone, without what it shares with others; 0 when it is gone.
  [[nodiscard]] std::int64_t resident_bytes() const;
  [[nodiscard]] int process() const { return static_cast<int>(child_.pid()); }

  // Ends the process and waits until it is gone.
  void end();

 private:
  explicit HostSession(Child child) : child_(std::move(child)) {}

  [[nodiscard]] Result<nlohmann::json> ask(const nlohmann::json& request,
                                           std::chrono::milliseconds timeout,
                                           const std::stop_token& stop = {});

  Child child_;
  State state_ = State::serving;
};

}  // namespace emend
