// SPDX-License-Identifier: Apache-2.0
#include "output/original.h"

#include <utility>

#include "core/json_form.h"
#include "process/page_worker.h"

namespace emend {

using nlohmann::json;

Result<json> OriginalFile::ask(json request, std::chrono::milliseconds patience) {
  if (path_.empty()) {
    return fail(ErrorCode::invalid_argument, "the original file is needed and was not named");
  }
  if (!worker_) {
    const auto program = page_worker(options_.worker_memory_mib);
    if (!program) return tl::unexpected(program.error());
    auto child = Child::spawn(*program);
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
