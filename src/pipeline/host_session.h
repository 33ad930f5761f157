// SPDX-License-Identifier: Apache-2.0
// One emend-model-host process with its model: the requests of core/model_messages.h as functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "core/model_messages.h"
#include "emend/error.h"
#include "process/child.h"

namespace emend {

// One thread at a time, except kill().
class HostSession {
 public:
  // Starts the process; nothing is loaded yet.
  [[nodiscard]] static Result<HostSession> start();

  // After a failure whose code is engine_failed (the host died, hung or gave up) the session is of
  // no more use.
  [[nodiscard]] Result<LoadedModel> load(const LoadRequest& request, const std::stop_token& stop);
  [[nodiscard]] Result<Scored> score(std::span<const ScoreRequest> requests,
                                     std::chrono::milliseconds timeout,
                                     const std::stop_token& stop);

  // Memory of the process alone, without what it shares with others; 0 when it is gone.
  [[nodiscard]] std::int64_t resident_bytes() const;
  [[nodiscard]] int process() const { return static_cast<int>(child_.pid()); }

  // Ends the process and waits until it is gone.
  void end();
  void kill() const { child_.kill(); }

 private:
  explicit HostSession(Child child) : child_(std::move(child)) {}

  [[nodiscard]] Result<nlohmann::json> ask(const nlohmann::json& request,
                                           std::chrono::milliseconds timeout,
                                           const std::stop_token& stop);

  Child child_;
};

}  // namespace emend
