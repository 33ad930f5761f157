// SPDX-License-Identifier: Apache-2.0
// Work in a thread of its own, while the Python thread that asked for it stays responsive.
//
// The asking thread waits without the GIL, so other Python threads go on. It hears signals: Ctrl-C
// requests a stop, and KeyboardInterrupt is raised when the work has ended.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <utility>

#include "binding/errors.h"
#include "emend/error.h"

namespace emend::python {

// Waits until `is_over`, which is called without the GIL, waits a moment itself and returns false
// when nothing happened. Throws what a signal handler raised. To be called with the GIL.
void wait_and_hear(const std::function<bool()>& is_over);

// How long one wait of `is_over` should last: short enough for a Ctrl-C to be felt at once.
inline constexpr int kHearingMs = 50;

// To be called with the GIL. What the work throws is thrown here.
void run_errand(const std::function<void(const std::stop_token&)>& work);

// From within an errand: does `task` in the thread that waits for it, with the GIL held. What it
// throws is thrown here too. Outside of an errand it is done at once.
void in_asking_thread(const std::function<void()>& task);

// An errand that has a result. An Error is raised as its exception.
template <typename T>
T errand(const std::function<Result<T>(const std::stop_token&)>& work) {
  std::optional<Result<T>> result;
  run_errand([&](const std::stop_token& stop) { result.emplace(work(stop)); });
  return value_or_raise(std::move(*result));
}

}  // namespace emend::python
