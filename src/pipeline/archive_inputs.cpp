// SPDX-License-Identifier: Apache-2.0
#include "pipeline/archive_inputs.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "core/json_form.h"
#include "process/child.h"
#include "process/page_worker.h"

namespace emend {

using nlohmann::json;
namespace fs = std::filesystem;

Result<std::vector<MemberFile>> list_archive(const fs::path& path, const ReadOptions& read,
                                             const std::stop_token& stop) {
  const auto program = page_worker(read.worker_memory_mib);
  if (!program) return tl::unexpected(program.error());
  auto child = Child::spawn(*program);
  if (!child) return tl::unexpected(std::move(child.error()));
  const json request = {{"op", "list"}, {"path", path.string()}, {"options", read}};
  auto answer = child->ask(request, std::chrono::seconds(read.page_timeout_s), stop);
  if (!answer) return tl::unexpected(std::move(answer.error()));
  std::vector<MemberFile> members;
  try {
    for (const json& member : answer->at("members")) {
      MemberFile& file = members.emplace_back();
      file.label = member.at("label").get<std::string>();
      file.is_document = member.at("is_document").get<bool>();
      if (member.contains("error")) file.error = member.at("error").get<Error>();
    }
  } catch (const json::exception& problem) {
    return fail(ErrorCode::engine_failed,
                std::string("the page worker's answer makes no sense: ") + problem.what());
  }
  return members;
}

std::optional<MemberPlace> find_member(const std::string& path) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return std::nullopt;
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const fs::path start = path.substr(0, slash);
    if (fs::is_regular_file(start, ignored)) return MemberPlace{start, path.substr(slash + 1)};
    if (!fs::is_directory(start, ignored)) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace emend
