// SPDX-License-Identifier: Apache-2.0
// Signals to processes that a test started.
#pragma once

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

namespace emend::fakes {

// kill(2) takes 0 and -1 for "many processes"; a process id that was never had is neither.
inline void send_signal(int process, int number) {
  ASSERT_GT(process, 0) << "there is no process to signal";
  ASSERT_EQ(::kill(process, number), 0);
}

[[nodiscard]] inline bool process_exists(int process) {
  return process > 0 && (::kill(process, 0) == 0 || errno != ESRCH);
}

}  // namespace emend::fakes
