// SPDX-License-Identifier: Apache-2.0
#include "models/transfer_meter.h"

namespace emend {

namespace {

constexpr Clock::Duration kBetweenReports{100};
constexpr Clock::Duration kMemory{8'000};      // speed is that of the last seconds
constexpr Clock::Duration kFirstSpeed{1'000};  // shorter says nothing about what is to come

}  // namespace

void TransferMeter::at(Transfer::Step step, std::uint64_t file_bytes) {
  const auto now = clock_.now();
  report_.done_bytes = finished_bytes_ + file_bytes;
  const bool is_new = !has_reported_ || step != last_step_ || report_.file != last_file_;
  if (!is_new && now - last_report_ < kBetweenReports && report_.done_bytes < report_.total_bytes) {
    return;
  }
  // Reading from the disk is many times faster than fetching and would spoil the estimate.
  if (step != last_step_) samples_.clear();
  report_.step = step;
  measure(now);
  has_reported_ = true;
  last_step_ = step;
  last_file_ = report_.file;
  last_report_ = now;
  observer_.on_transfer(report_);
}

void TransferMeter::measure(Clock::Time now) {
  samples_.emplace_back(now, report_.done_bytes);
  while (samples_.size() > 2 && now - samples_.front().first > kMemory) samples_.pop_front();
  report_.bytes_per_second = 0;
  report_.seconds_left = -1;
  const auto& [begin, begin_bytes] = samples_.front();
  const std::chrono::duration<double> spent = now - begin;
  if (spent < kFirstSpeed || report_.done_bytes <= begin_bytes) return;
  report_.bytes_per_second = static_cast<double>(report_.done_bytes - begin_bytes) / spent.count();
  report_.seconds_left =
      static_cast<double>(report_.total_bytes - report_.done_bytes) / report_.bytes_per_second;
}

}  // namespace emend
