// SPDX-License-Identifier: Apache-2.0
#include "pipeline/memory_plan.h"

#include <algorithm>

#include "process/container.h"
#include "process/memory.h"

namespace emend {

namespace {

// The parent with word lists, the embedded model and the pages under way: 26 MiB were measured, and
// a few hundred KiB for each page under way.
constexpr std::int64_t kParentMib = 128;
// Address space with which a worker reads common pages. One language and A4 at 300 dpi took 130
// MiB, of which 79 were really used; colour, more languages and larger pages take more.
constexpr std::int64_t kEnoughMib = 384;
// And what it may really use then, for machines that are just small.
constexpr std::int64_t kUsedMib = 192;

std::string count(int workers) {
  return std::to_string(workers) + (workers == 1 ? " page worker" : " page workers");
}

Result<MemoryPlan> within_bound(const ReadOptions& options, int wanted) {
  const std::int64_t bound = options.max_memory_mib;
  const std::int64_t shared = bound - kParentMib;
  if (shared < kEnoughMib) {
    return fail(ErrorCode::limit_exceeded,
                "max_memory_mib is " + std::to_string(bound) + ", which is too little for a page",
                "give at least " + std::to_string(kParentMib + kEnoughMib));
  }
  MemoryPlan plan;
  plan.workers = static_cast<int>(std::clamp<std::int64_t>(shared / kEnoughMib, 1, wanted));
  plan.worker_memory_mib = shared / plan.workers;
  if (options.worker_memory_mib > 0) {
    plan.worker_memory_mib = std::min(plan.worker_memory_mib, options.worker_memory_mib);
  }
  plan.message = count(plan.workers) + " of at most " + std::to_string(plan.worker_memory_mib) +
                 " MiB, to stay within " + std::to_string(bound) + " MiB";
  return plan;
}

}  // namespace

Machine this_machine() {
  Machine machine{usable_cores(), system_memory().total_mib};
  const std::int64_t limit = container_limits().memory_mib;
  if (limit > 0 && (machine.memory_mib == 0 || limit < machine.memory_mib)) {
    machine.memory_mib = limit;
  }
  return machine;
}

Result<MemoryPlan> plan_memory(const ReadOptions& options, const Machine& machine) {
  const int wanted = options.jobs > 0 ? options.jobs : machine.cores;
  if (options.max_memory_mib > 0) return within_bound(options, wanted);
  MemoryPlan plan{wanted, options.worker_memory_mib, {}};
  if (options.jobs > 0 || machine.memory_mib == 0) return plan;
  const std::int64_t room = (machine.memory_mib - kParentMib) / kUsedMib;
  plan.workers = static_cast<int>(std::clamp<std::int64_t>(room, 1, wanted));
  if (plan.workers < wanted) {
    plan.message = count(plan.workers) + " instead of " + std::to_string(wanted) +
                   ", since there are only " + std::to_string(machine.memory_mib) +
                   " MiB of memory";
  }
  return plan;
}

}  // namespace emend
