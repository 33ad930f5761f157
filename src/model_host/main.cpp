// SPDX-License-Identifier: Apache-2.0
// emend-model-host: holds one language model and answers questions about it, until its parent
// closes the socket. Whatever goes wrong in llama.cpp or a driver ends this process and nothing
// else, and its end gives back every byte of memory, on every device.
#include <llama.h>

#include <atomic>
#include <string>

#include "model_host/engine_log.h"
#include "model_host/serve.h"
#include "process/channel.h"
#include "process/child.h"
#include "process/limits.h"

namespace {

emend::Channel* parent_of_all = nullptr;

// ggml aborts where it cannot go on. Before that, the parent learns why: the thread that serves it
// is inside ggml at such a moment, so the channel is free.
void say_last_words(const char* words) {
  static std::atomic_flag said;
  if (parent_of_all == nullptr || said.test_and_set()) return;
  const emend::Error error{
      emend::ErrorCode::engine_failed, std::string("llama.cpp gave up: ") + words, {}};
  static_cast<void>(parent_of_all->send(emend::error_answer(error)));
}

}  // namespace

int main() {
  using namespace emend;
  apply_limits({.address_space_mib = 0, .no_network = true});
  exit_when_parent_goes(Child::kChildSocket);
  capture_engine_log();
  llama_backend_init();

  Channel parent(Child::kChildSocket);
  parent_of_all = &parent;
  ggml_set_abort_callback(&say_last_words);
  ModelServer server;
  for (;;) {
    auto request = parent.receive(Channel::kForever);
    if (!request) return 0;
    if (auto sent = parent.send(server.answer(*request)); !sent) return 0;
  }
}
