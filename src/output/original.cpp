// SPDX-License-Identifier: Apache-2.0
#include "output/original.h"

#include <utility>

#include "core/json_form.h"
#include "process/locations.h"

namespace emend {

using nlohmann::json;

Result<json> OriginalFile::ask(json request, std::chrono::milliseconds patience) {
  if (path_.empty()) {
    return fail(ErrorCode::invalid_argument, "the original file is needed and was not named");
  }
  if (!worker_) {
    auto program = find_program("emend-page-worker");
    if (!program) return tl::unexpected(std::move(program.error()));
    auto child = Child::spawn({std::move(*program),
                               {"--memory-mib", std::to_string(options_.worker_memory_mib)},
                               {"OMP_THREAD_LIMIT=1"}});
    if (!child) return tl::unexpected(std::move(child.error()));
    worker_ = std::move(*child);
  }
  request["path"] = path_.string();
  request["options"] = options_;
  auto answer = worker_->ask(request, patience);
  if (!answer && !worker_->is_running()) worker_.reset();
  return answer;
}

std::chrono::milliseconds OriginalFile::page_patience() const {
  return std::chrono::seconds(options_.page_timeout_s);
}

std::string OriginalFile::picture(const Page& page) {
  if (path_.empty()) return {};
  auto answer =
      ask({{"op", "picture"}, {"page", page.number}, {"rotation", page.rotation}}, page_patience());
  if (!answer || !answer->is_object()) return {};
  const auto bytes = answer->find("jpeg");
  if (bytes == answer->end() || !bytes->is_binary()) return {};
  const json::binary_t& binary = bytes->get_binary();
  return {binary.begin(), binary.end()};
}

}  // namespace emend
