// SPDX-License-Identifier: Apache-2.0
// Turns bytes that arrive into reports a person can read: how far, how fast, how long still.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "emend/models.h"
#include "models/clock.h"

namespace emend {

// Counts over all files of one model. Reports ten times a second at most, and at once when the
// step or the file changes.
class TransferMeter {
 public:
  TransferMeter(StoreObserver& observer, Clock& clock, std::uint64_t total_bytes)
      : observer_(observer), clock_(clock) {
    report_.total_bytes = total_bytes;
  }

  // The bytes of finished files are counted, and those of `file` begin.
  void begin_file(std::string file) {
    report_.file = std::move(file);
    finished_bytes_ = report_.done_bytes;
  }
  void end_file(std::uint64_t file_bytes) { report_.done_bytes = finished_bytes_ + file_bytes; }

  // `file_bytes` of the current file are here.
  void at(Transfer::Step step, std::uint64_t file_bytes);

 private:
  void measure(Clock::Time now);

  StoreObserver& observer_;
  Clock& clock_;
  Transfer report_;
  std::uint64_t finished_bytes_ = 0;
  bool has_reported_ = false;
  Transfer::Step last_step_ = Transfer::Step::downloading;
  std::string last_file_;
  Clock::Time last_report_;
  std::deque<std::pair<Clock::Time, std::uint64_t>> samples_;  // of the last seconds
};

}  // namespace emend
