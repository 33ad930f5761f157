// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <unistd.h>

#include <csignal>
#include <thread>

#include "emend/error.h"

namespace emend::cli {

std::stop_token stop_on_signals() {
  static std::stop_source source;
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a write that fails
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    for (int count = 0;; ++count) {
      int signal = 0;
      sigwait(&signals, &signal);
      if (count > 0) ::_exit(exit_status(ErrorCode::cancelled));
      source.request_stop();
    }
  }).detach();
  return source.get_token();
}

}  // namespace emend::cli
