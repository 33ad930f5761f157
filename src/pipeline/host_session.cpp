// SPDX-License-Identifier: Apache-2.0
#include "pipeline/host_session.h"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <string>

#include "core/json_form.h"
#include "process/channel.h"
#include "process/locations.h"

namespace emend {

using nlohmann::json;
using std::chrono::milliseconds;

namespace {

// Reading tens of gigabytes from a slow disk takes its time; a load that hangs must still end.
constexpr std::chrono::minutes kLoadTimeout{15};
// Waking a GPU for the first time takes seconds.
constexpr std::chrono::seconds kDeviceTimeout{60};
// One that serves looks at a GPU which is awake; freeing does not wait long for one that hangs.
constexpr std::chrono::seconds kMemoryTimeout{5};
constexpr std::chrono::seconds kEndGrace{5};

bool fits(const std::vector<std::vector<double>>& scores, std::span<const ScoreRequest> requests) {
  if (scores.size() != requests.size()) return false;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i].size() != requests[i].candidates.size()) return false;
  }
  return true;
}

// A signal 9 that we did not send is the kernel's, when memory is exhausted.
bool ran_out_of_memory(int wait_status) {
  return (WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL) ||
         (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == kExitOutOfMemory);
}

}  // namespace

Result<HostSession> HostSession::start() {
  auto program = find_program("emend-model-host");
  if (!program) return tl::unexpected(std::move(program.error()));
  // Threads that wait must not spin long: beside other busy processes the default costs a factor of
  // ten. And a process that aborts must not start a debugger on itself.
  auto child = Child::spawn(
      {.program = *program, .environment = {"GOMP_SPINCOUNT=2000", "GGML_NO_BACKTRACE=1"}});
  if (!child) return tl::unexpected(std::move(child.error()));
  return HostSession(std::move(*child));
}

Result<json> HostSession::ask(const json& request, milliseconds timeout,
                              const std::stop_token& stop) {
  auto answer = child_.ask(request, timeout, stop);
  if (answer) return answer;
  Error& error = answer.error();
  if (error.code == ErrorCode::engine_failed) {
    // It may have sent its last words and be about to end.
    child_.end(kEndGrace);
    const auto status = child_.wait_status();
    state_ = status && ran_out_of_memory(*status) ? State::out_of_memory : State::died;
  } else if (!child_.is_running()) {
    state_ = State::died;
    if (error.code == ErrorCode::limit_exceeded) error.code = ErrorCode::engine_failed;
  }
  return answer;
}

Result<HostDescription> HostSession::describe() {
  auto answer = ask({{"op", "describe"}}, kDeviceTimeout);
  if (!answer) return tl::unexpected(std::move(answer.error()));
  return parse_json_form<HostDescription>(*answer);
}

Result<LoadedModel> HostSession::load(const LoadRequest& request, const std::stop_token& stop) {
  json message = request;
  message["op"] = "load";
  auto answer = ask(message, kLoadTimeout, stop);
  if (!answer) return tl::unexpected(std::move(answer.error()));
  auto model = parse_json_form<LoadedModel>(*answer);
  if (!model) {
    state_ = State::died;
    model.error().code = ErrorCode::engine_failed;
  }
  return model;
}

Result<Scored> HostSession::score(std::span<const ScoreRequest> requests, milliseconds timeout,
                                  const std::stop_token& stop) {
  json list = json::array();
  for (const auto& request : requests) list.push_back(request);
  auto answer = ask({{"op", "score"}, {"requests", std::move(list)}}, timeout, stop);
  if (!answer) return tl::unexpected(std::move(answer.error()));
  auto scored = parse_json_form<Scored>(*answer);
  if (!scored || !fits(scored->scores, requests)) {
    state_ = State::died;
    return fail(ErrorCode::engine_failed, "the model host answered something else than was asked");
  }
  return scored;
}

Result<std::vector<Result<Rewritten>>> HostSession::rewrite(
    std::span<const RewriteRequest> requests, milliseconds timeout, const std::stop_token& stop) {
  json list = json::array();
  for (const auto& request : requests) list.push_back(request);
  auto answer = ask({{"op", "rewrite"}, {"requests", std::move(list)}},
                    timeout * static_cast<int>(std::max<std::size_t>(1, requests.size())), stop);
  if (!answer) return tl::unexpected(std::move(answer.error()));
  const auto nonsense = [&] {
    state_ = State::died;
    return fail(ErrorCode::engine_failed, "the model host answered something else than was asked");
  };
  if (!answer->is_array() || answer->size() != requests.size()) return nonsense();
  std::vector<Result<Rewritten>> all;
  for (json& one : *answer) {
    const bool is_error = one.is_object() && one.contains("error");
    auto value = unwrap_answer(std::move(one));
    if (!value && !is_error) return nonsense();
    if (!value) {
      all.emplace_back(tl::unexpected(std::move(value.error())));
      continue;
    }
    auto rewritten = parse_json_form<Rewritten>(*value);
    if (!rewritten) return nonsense();
    all.push_back(std::move(*rewritten));
  }
  return all;
}

std::vector<Device> HostSession::gpus() {
  auto answer = ask({{"op", "devices"}}, kMemoryTimeout);
  if (!answer) return {};
  return parse_json_form<std::vector<Device>>(*answer).value_or(std::vector<Device>());
}

std::int64_t HostSession::resident_bytes() const {
  std::ifstream file("/proc/" + std::to_string(child_.pid()) + "/smaps_rollup");
  for (std::string word; file >> word;) {
    std::int64_t kib = 0;
    if (word == "Pss:" && file >> kib) return kib * 1024;
  }
  return 0;
}

void HostSession::end() {
  child_.end(kEndGrace);
}

}  // namespace emend
