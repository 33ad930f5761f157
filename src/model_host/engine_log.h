// SPDX-License-Identifier: Apache-2.0
// What llama.cpp says while it works. It tells the cause of a failure in its log only, so the log
// is kept and the line that says most becomes part of an Error.
#pragma once

#include <string>

namespace emend {

// Takes over the log of llama.cpp and ggml. Call once, before anything else of theirs.
void capture_engine_log();

// Call before an operation whose failure is to be explained.
void forget_engine_log();

// The first error that was logged since, without the names of functions; empty when there was none.
[[nodiscard]] std::string engine_log_reason();

}  // namespace emend
