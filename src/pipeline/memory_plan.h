// SPDX-License-Identifier: Apache-2.0
// How many page workers a run has and how much memory each may take.
#pragma once

#include <cstdint>
#include <string>

#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// What there is to share out.
struct Machine {
  int cores = 1;
  std::int64_t memory_mib = 0;  // of the machine or the container; 0 = unknown
};
[[nodiscard]] Machine this_machine();

struct MemoryPlan {
  int workers = 1;
  std::int64_t worker_memory_mib = 0;  // address space of each; 0 = no limit
  std::string message;                 // what was done to stay within a limit; empty = nothing
};

// With ReadOptions::max_memory_mib the parent and the limits of all workers together stay within
// it: so many workers that each has enough for common pages, each with an equal share. Without it
// and without a number of jobs there are no more workers than the machine has room for. Fails with
// limit_exceeded when the bound leaves too little for one worker.
[[nodiscard]] Result<MemoryPlan> plan_memory(const ReadOptions& options, const Machine& machine);

}  // namespace emend
