// SPDX-License-Identifier: Apache-2.0
// What llama.cpp says while it works. The cause of a failure and where the weights went are told in
// its log only, so the log is kept and read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace emend {

// Takes over the log of llama.cpp and ggml. Call once, before anything else of theirs.
void capture_engine_log();

// Call before an operation whose course is to be known.
void forget_engine_log();

// The first error that was logged since, without the names of functions; empty when there was none.
[[nodiscard]] std::string engine_log_reason();

// Whether memory, of whatever device, did not suffice.
[[nodiscard]] bool engine_log_tells_of_memory();
[[nodiscard]] bool tells_of_memory(std::string_view text);

// How many bytes were taken on a device for weights, cache and computing, as far as was logged.
[[nodiscard]] std::int64_t engine_log_bytes_on(std::string_view device);

}  // namespace emend
