// SPDX-License-Identifier: Apache-2.0
// The page workers: as many processes as there is work for, up to a limit, each under supervision.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// A request is answered by whichever worker is free. A worker that dies or lets its time pass costs
// the request that it had, and is replaced; one that has served ReadOptions::pages_per_worker
// requests is replaced too, so that what it leaks is bounded.
class PageWorkers {
 public:
  // As many as plan_memory() says. Fails with limit_exceeded as that does, and with
  // missing_dependency when the program is not installed. `stop` ends what runs; every answer after
  // that is `cancelled`.
  [[nodiscard]] static Result<PageWorkers> start(const ReadOptions& options, std::stop_token stop);

  PageWorkers(PageWorkers&&) noexcept;
  PageWorkers& operator=(PageWorkers&&) noexcept;
  ~PageWorkers();  // requests that nobody has begun are answered with `cancelled`

  // Requests are begun in the order in which they were submitted. Callable from one thread.
  // `on_answer` is told of a good answer before the future has it, from another thread.
  using OnAnswer = std::function<void(const nlohmann::json& answer)>;
  [[nodiscard]] std::future<Result<nlohmann::json>> submit(nlohmann::json request,
                                                           OnAnswer on_answer = {});

  [[nodiscard]] int limit() const;  // how many requests can be served at the same time
  [[nodiscard]] const std::string& message() const;  // MemoryPlan::message

 private:
  class Pool;
  explicit PageWorkers(std::unique_ptr<Pool> pool);

  std::unique_ptr<Pool> pool_;
};

}  // namespace emend
