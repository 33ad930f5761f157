// SPDX-License-Identifier: Apache-2.0
// How often something is tried again, and how long we wait in between.
#pragma once

#include <stop_token>

#include "models/clock.h"
#include "models/http_client.h"

namespace emend {

class Patience {
 public:
  Patience(const StoreSettings& settings, Clock& clock, int attempts)
      : settings_(settings), clock_(clock), attempts_(attempts) {}

  // Something new arrived: what failed before does not count any more.
  void renew() { failures_ = 0; }

  // Waits and returns true when another attempt makes sense; false when this refusal is final.
  // `before_waiting` is called first.
  template <typename Call>
  [[nodiscard]] bool waits_after(const Refusal& refusal, const std::stop_token& stop,
                                 Call before_waiting) {
    ++failures_;
    const auto pause = pause_after(refusal);
    if (!refusal.may_pass || failures_ >= attempts_ || pause > settings_.longest_wait) return false;
    before_waiting();
    clock_.sleep(pause, stop);
    return !stop.stop_requested();
  }

 private:
  // One, two, four ... seconds, or what the server asks for.
  [[nodiscard]] Clock::Duration pause_after(const Refusal& refusal) const {
    constexpr int kMostDoublings = 5;
    const auto own = settings_.first_wait * (1 << std::min(failures_ - 1, kMostDoublings));
    return std::max<Clock::Duration>(own, refusal.retry_after.value_or(Clock::Duration(0)));
  }

  const StoreSettings& settings_;
  Clock& clock_;
  int attempts_;
  int failures_ = 0;
};

}  // namespace emend
