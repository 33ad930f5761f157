// SPDX-License-Identifier: Apache-2.0
// Stands in for emend-model-host and misbehaves as EMEND_FAKE_HOST says: "crash_on_load",
// "crash_on_score", "hang_on_score", "garbage", "wrong_count", "gives_up", or well when it is
// unset. With "wait_on_score" and "wait_at_end" it makes the file EMEND_FAKE_HOST_GATE.reached and
// goes on when the file EMEND_FAKE_HOST_GATE is there. A score is minus the length of the text, in
// bytes.
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "core/model_messages.h"
#include "process/channel.h"
#include "process/child.h"

namespace {

using namespace emend;
using nlohmann::json;

json scores(const json& request, bool wrong_count) {
  json rows = json::array();
  for (const auto& asked : request.at("requests").get<std::vector<ScoreRequest>>()) {
    json row = json::array();
    for (const auto& candidate : asked.candidates) {
      row.push_back(-static_cast<double>(candidate.size() + asked.after.size()));
    }
    if (wrong_count) row.push_back(0.0);
    rows.push_back(std::move(row));
  }
  return {{"scores", std::move(rows)}, {"tokens", 0}};
}

void wait_at_gate() {
  const char* gate = std::getenv("EMEND_FAKE_HOST_GATE");
  if (gate == nullptr) return;
  std::ofstream(std::string(gate) + ".reached") << "reached";
  while (!std::filesystem::exists(gate)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

// The N of "crash_above_N".
int number_after(const std::string& behaviour, const std::string& prefix) {
  return behaviour.starts_with(prefix) ? std::stoi(behaviour.substr(prefix.size())) : 0;
}

}  // namespace

int main() {
  const char* setting = std::getenv("EMEND_FAKE_HOST");
  const std::string behaviour = setting != nullptr ? setting : "";
  Channel parent(Child::kChildSocket);
  int fallback = 0;
  for (;;) {
    const auto request = parent.receive(Channel::kForever);
    if (!request) {
      if (behaviour == "wait_at_end") wait_at_gate();
      return 0;
    }
    json answer;
    if (request->at("op") == "load") {
      if (behaviour == "crash_on_load") ::raise(SIGSEGV);
      while (behaviour == "hang_on_load") ::pause();
      fallback = request->at("fallback").get<int>();
      answer = ok_answer(LoadedModel{.name = "fake", .architecture = "fake", .fallback = fallback});
    } else {
      if (fallback < number_after(behaviour, "crash_above_")) ::raise(SIGSEGV);
      if (fallback < number_after(behaviour, "out_of_memory_above_")) ::_exit(kExitOutOfMemory);
      if (behaviour == "crash_on_score") ::raise(SIGABRT);
      while (behaviour == "hang_on_score") ::pause();
      if (behaviour == "wait_on_score") wait_at_gate();
      answer = ok_answer(scores(*request, behaviour == "wrong_count"));
      if (behaviour == "garbage") answer = {{"nonsense", 1}};
      if (behaviour == "gives_up") {
        answer = error_answer({ErrorCode::engine_failed, "llama.cpp gave up: no more", ""});
      }
    }
    if (!parent.send(answer)) return 0;
  }
}
