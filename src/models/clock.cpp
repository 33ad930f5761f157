// SPDX-License-Identifier: Apache-2.0
#include "models/clock.h"

#include <condition_variable>
#include <mutex>

namespace emend {

Clock::Time SystemClock::now() {
  return std::chrono::steady_clock::now();
}

void SystemClock::sleep(Duration duration, const std::stop_token& stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, stop, duration, [] { return false; });
}

}  // namespace emend
