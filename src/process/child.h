// SPDX-License-Identifier: Apache-2.0
// A child process that serves requests over a Channel.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emend/error.h"
#include "process/channel.h"

namespace emend {

struct ChildOptions {
  std::filesystem::path program;
  std::vector<std::string> arguments;    // without the program's name
  std::vector<std::string> environment;  // "NAME=value", added to (or replacing in) our own
};

// Owns the process: destruction closes the channel, waits briefly and kills what is still there, so
// no orphan and no zombie stays. The child finds its end of the channel at file descriptor
// kChildSocket; its standard input is /dev/null, its standard output goes to our standard error.
// Every other descriptor of ours is closed in it. It has a process group of its own, so that Ctrl-C
// reaches us alone and we decide. One thread at a time, except kill().
class Child {
 public:
  static constexpr int kChildSocket = 3;

  // Fails with missing_dependency when the program is not there, engine_failed when it cannot be
  // started. Safe in a multi-threaded process (posix_spawn).
  [[nodiscard]] static Result<Child> spawn(const ChildOptions& options);

  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  [[nodiscard]] Channel& channel() { return channel_; }
  [[nodiscard]] pid_t pid() const;

  // Sends a request, waits for its answer and unwraps it: the value of {"ok": value}, or the error
  // of {"error": ...}, after which the child still serves. A child that died answers with
  // engine_failed and how it died ("killed by signal 9"); a child that let `timeout` pass
  // (limit_exceeded), whose wait was cancelled or that sent no proper message is killed, since its
  // next answer would be to the wrong question. is_running() tells the two cases apart.
  [[nodiscard]] Result<nlohmann::json> ask(const nlohmann::json& request,
                                           std::chrono::milliseconds timeout,
                                           const std::stop_token& stop = {});

  [[nodiscard]] bool is_running();
  // The status of a child that has ended, as waitpid gives it.
  [[nodiscard]] std::optional<int> wait_status() const;
  // Closes the channel, waits up to `grace` for the child to end, then kills it. Idempotent.
  void end(std::chrono::milliseconds grace);
  // Ends the child at once; an ask() that waits for it in another thread returns engine_failed.
  void kill() const;

 private:
  class Process;

  Child(std::unique_ptr<Process> process, Channel channel);
  [[nodiscard]] Error died_or_spoke_garbage(Error error);

  std::unique_ptr<Process> process_;  // null when moved from
  Channel channel_;
};

}  // namespace emend
