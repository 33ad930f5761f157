// SPDX-License-Identifier: Apache-2.0
#include "process/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kGraceOfDestructor{500};
// A socket closes a little before its process can be reaped.
constexpr milliseconds kDyingTime{2000};
constexpr milliseconds kLongestDeath{30'000};

// The name of "NAME=value", with the sign.
std::string_view name_of(std::string_view setting) {
  return setting.substr(0, setting.find('=') + 1);
}

// Our environment with `additions` put in. The strings stay owned by the two sources.
std::vector<char*> merged_environment(const std::vector<std::string>& additions) {
  std::vector<char*> merged;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const bool replaced = std::any_of(
        additions.begin(), additions.end(),
        [&](const std::string& addition) { return name_of(addition) == name_of(*entry); });
    if (!replaced) merged.push_back(*entry);
  }
  for (const auto& addition : additions) merged.push_back(const_cast<char*>(addition.c_str()));
  merged.push_back(nullptr);
  return merged;
}

// What happens to descriptors and signals between fork and exec.
class SpawnSetup {
 public:
  explicit SpawnSetup(int child_end) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    const bool has_stderr = fcntl(STDERR_FILENO, F_GETFD) >= 0;
    if (!has_stderr) {
      posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    posix_spawn_file_actions_adddup2(&actions_, STDERR_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, child_end, Child::kChildSocket);
    posix_spawn_file_actions_addclosefrom_np(&actions_, Child::kChildSocket + 1);

    // A host program may ignore or block signals; the child starts with what every program expects.
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] const posix_spawn_file_actions_t* actions() const { return &actions_; }
  [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// Two connected sockets with numbers above the ones that a child gives a meaning to, so that
// arranging those cannot overwrite them: a host program may have closed its standard streams.
Result<std::pair<Channel, Channel>> open_socket_pair() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(ErrorCode::engine_failed,
                "cannot connect to a new process: " + std::generic_category().message(errno));
  }
  std::array<Channel, 2> low{Channel(ends[0]), Channel(ends[1])};
  Channel ours(fcntl(ends[0], F_DUPFD_CLOEXEC, Child::kChildSocket + 1));
  Channel theirs(fcntl(ends[1], F_DUPFD_CLOEXEC, Child::kChildSocket + 1));
  if (ours.socket() < 0 || theirs.socket() < 0) {
    return fail(ErrorCode::engine_failed,
                "cannot connect to a new process: " + std::generic_category().message(errno));
  }
  return std::pair{std::move(ours), std::move(theirs)};
}

std::string described(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    const int signal = WTERMSIG(wait_status);
    const char* description = sigdescr_np(signal);
    return "was killed by signal " + std::to_string(signal) + " (" +
           (description != nullptr ? description : "unknown") + ")";
  }
  return "ended with status " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace

// The process id with what is known of its end. A process id may be used again by another process
// as soon as it is reaped, so reaping and killing exclude each other.
class Child::Process {
 public:
  Process(pid_t pid, std::string name) : pid_(pid), name_(std::move(name)) {}

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  void kill() const {
    const std::lock_guard lock(mutex_);
    if (!ended_) ::kill(pid_, SIGKILL);
  }

  // Reaps it if it has ended.
  [[nodiscard]] bool has_ended() {
    const std::lock_guard lock(mutex_);
    if (ended_) return true;
    int status = 0;
    const pid_t result = waitpid(pid_, &status, WNOHANG);
    if (result == pid_) status_ = status;
    // ECHILD: the host program ignores SIGCHLD or waits for all its children.
    ended_ = result == pid_ || (result < 0 && errno == ECHILD);
    return ended_;
  }

  [[nodiscard]] bool ends_within(milliseconds time) {
    const auto end = Clock::now() + time;
    milliseconds pause{1};
    while (!has_ended()) {
      if (Clock::now() >= end) return false;
      std::this_thread::sleep_for(pause);
      pause = std::min(pause * 2, milliseconds{20});
    }
    return true;
  }

  void kill_and_reap() {
    kill();
    // SIGKILL is not instant: a driver may still be giving back a GPU, a disk still be writing.
    (void)ends_within(kLongestDeath);
  }

  [[nodiscard]] std::optional<int> wait_status() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }

  [[nodiscard]] std::string how_it_ended() const {
    const std::lock_guard lock(mutex_);
    return name_ + (status_ ? " " + described(*status_) : " has ended");
  }

 private:
  const pid_t pid_;
  const std::string name_;
  mutable std::mutex mutex_;
  bool ended_ = false;
  std::optional<int> status_;
};

Child::Child(std::unique_ptr<Process> process, Channel channel)
    : process_(std::move(process)), channel_(std::move(channel)) {}
Child::Child(Child&& other) noexcept = default;

Child& Child::operator=(Child&& other) noexcept {
  if (this != &other) {
    end(kGraceOfDestructor);
    process_ = std::move(other.process_);
    channel_ = std::move(other.channel_);
  }
  return *this;
}

Child::~Child() {
  end(kGraceOfDestructor);
}

Result<Child> Child::spawn(const ChildOptions& options) {
  if (access(options.program.c_str(), X_OK) != 0) {
    return fail(ErrorCode::missing_dependency, options.program.string() + " cannot be run",
                "Is emend completely installed?");
  }
  auto sockets = open_socket_pair();
  if (!sockets) return tl::unexpected(std::move(sockets.error()));
  auto& [ours, theirs] = *sockets;

  std::vector<char*> arguments{const_cast<char*>(options.program.c_str())};
  for (const auto& argument : options.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  const std::vector<char*> environment = merged_environment(options.environment);

  const SpawnSetup setup(theirs.socket());
  pid_t pid = -1;
  const int problem = posix_spawn(&pid, options.program.c_str(), setup.actions(),
                                  setup.attributes(), arguments.data(), environment.data());
  if (problem != 0) {
    return fail(ErrorCode::engine_failed, options.program.string() + " cannot be started: " +
                                              std::generic_category().message(problem));
  }
  return Child(std::make_unique<Process>(pid, options.program.filename().string()),
               std::move(ours));
}

pid_t Child::pid() const {
  return process_ ? process_->pid() : -1;
}

// The channel's own error says only that nobody is there; how the process ended says why.
Error Child::died_or_spoke_garbage(Error error) {
  channel_.close();
  if (process_->ends_within(kDyingTime)) {
    return {ErrorCode::engine_failed, process_->how_it_ended(), {}};
  }
  process_->kill_and_reap();
  return std::move(error).at(process_->name());
}

Result<nlohmann::json> Child::ask(const nlohmann::json& request, milliseconds timeout,
                                  const std::stop_token& stop) {
  if (!process_ || channel_.socket() < 0) {
    return fail(ErrorCode::engine_failed,
                process_ ? process_->how_it_ended() : "the process is no longer there");
  }
  const auto start = Clock::now();
  auto sent = channel_.send(request, timeout, stop);
  const auto left = [&] {
    if (timeout.count() < 0) return timeout;
    const auto used = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
    return std::max(timeout - used, milliseconds{0});
  };
  auto answer = sent ? channel_.receive(left(), stop)
                     : Result<nlohmann::json>(tl::unexpected(std::move(sent.error())));
  if (answer) return unwrap_answer(std::move(*answer));
  if (answer.error().code == ErrorCode::engine_failed) {
    return tl::unexpected(died_or_spoke_garbage(std::move(answer.error())));
  }
  channel_.close();
  process_->kill_and_reap();
  return tl::unexpected(std::move(answer.error()).at(process_->name()));
}

bool Child::is_running() {
  return process_ && !process_->has_ended();
}

std::optional<int> Child::wait_status() const {
  return process_ ? process_->wait_status() : std::nullopt;
}

void Child::end(milliseconds grace) {
  channel_.close();
  if (process_ && !process_->ends_within(grace)) process_->kill_and_reap();
}

void Child::kill() const {
  if (process_) process_->kill();
}

}  // namespace emend
