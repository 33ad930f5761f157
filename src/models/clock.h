// SPDX-License-Identifier: Apache-2.0
// Time as the store sees it: a seam, so that tests of waiting do not wait.
#pragma once

#include <chrono>
#include <stop_token>

namespace emend {

class Clock {
 public:
  using Duration = std::chrono::milliseconds;
  using Time = std::chrono::steady_clock::time_point;

  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Time now() = 0;
  // Returns early when `stop` is requested.
  virtual void sleep(Duration duration, const std::stop_token& stop) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Time now() override;
  void sleep(Duration duration, const std::stop_token& stop) override;
};

}  // namespace emend
