// SPDX-License-Identifier: Apache-2.0
// Ctrl-C, SIGTERM and SIGHUP as a stop token.
#pragma once

#include <stop_token>

namespace emend::cli {

// Call once, at the start of main before any other thread is started: the signals are kept from all
// threads but the one that waits for them. The first signal requests a stop, so that finished pages
// are written; the second ends the program at once with status 130. Writing into a closed pipe
// becomes an error of the write and no signal.
[[nodiscard]] std::stop_token stop_on_signals();

}  // namespace emend::cli
