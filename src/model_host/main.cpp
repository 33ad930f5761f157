// SPDX-License-Identifier: Apache-2.0
// emend-model-host: holds one language model and answers questions about it, until its parent
// closes the socket. Whatever goes wrong in llama.cpp or a driver ends this process and nothing
// else, and its end gives back every byte of memory, on every device.
#include <llama.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <new>
#include <string>

#include "core/model_messages.h"
#include "model_host/engine_log.h"
#include "model_host/serve.h"
#include "process/channel.h"
#include "process/child.h"
#include "process/limits.h"

namespace {

constexpr int kExitGaveUp = 1;

emend::Channel* parent_of_all = nullptr;

// ggml aborts where it cannot go on, and drivers throw where nobody catches. Before the end the
// parent learns why: the thread that serves it is inside ggml at such a moment, so the channel is
// free.
[[noreturn]] void end_with(const std::string& words, bool out_of_memory) {
  static std::atomic_flag said;
  if (parent_of_all != nullptr && !said.test_and_set()) {
    const emend::Error error{emend::ErrorCode::engine_failed, "llama.cpp gave up: " + words, {}};
    static_cast<void>(parent_of_all->send(emend::error_answer(error)));
  }
  ::_exit(out_of_memory ? emend::kExitOutOfMemory : kExitGaveUp);
}

void on_abort(const char* words) {
  end_with(words, emend::tells_of_memory(words) || emend::engine_log_tells_of_memory());
}

[[noreturn]] void on_terminate() {
  const std::exception_ptr problem = std::current_exception();
  if (!problem) end_with("terminated", false);
  try {
    std::rethrow_exception(problem);
  } catch (const std::bad_alloc&) {
    end_with("out of memory", true);
  } catch (const std::exception& exception) {
    end_with(exception.what(), emend::tells_of_memory(exception.what()));
  } catch (...) {
    end_with("an unknown exception", false);
  }
}

}  // namespace

int main() {
  using namespace emend;
  exit_when_parent_goes(Child::kChildSocket);
  Channel parent(Child::kChildSocket);
  parent_of_all = &parent;
  std::set_terminate(&on_terminate);  // instead of ggml's, which starts a debugger
  ggml_set_abort_callback(&on_abort);
  capture_engine_log();
  llama_backend_init();

  ModelServer server;
  for (;;) {
    auto request = parent.receive(Channel::kForever);
    if (!request) return 0;
    if (auto sent = parent.send(server.answer(*request)); !sent) return 0;
  }
}
