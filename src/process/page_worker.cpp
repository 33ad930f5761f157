// SPDX-License-Identifier: Apache-2.0
#include "process/page_worker.h"

#include <string>
#include <utility>

#include "process/locations.h"

namespace emend {

Result<ChildOptions> page_worker(std::int64_t memory_mib) {
  auto program = find_program("emend-page-worker");
  if (!program) return tl::unexpected(std::move(program.error()));
  // Tesseract's own threads gain nothing beside a process per core; measured, they cost 6-16 times
  // as much on two cores.
  return ChildOptions{.program = std::move(*program),
                      .arguments = {"--memory-mib", std::to_string(memory_mib)},
                      .environment = {"OMP_THREAD_LIMIT=1"}};
}

}  // namespace emend
