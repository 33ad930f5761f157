// SPDX-License-Identifier: Apache-2.0
#include "process/limits.h"

#include <poll.h>
#include <pthread.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <system_error>

namespace emend {

namespace {

#ifdef EMEND_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

void note(std::string& missing, const std::string& what) {
  if (!missing.empty()) missing += "; ";
  missing += what;
}

// Lowers a limit; never tries to raise a hard one, which only root may.
bool lower_limit(__rlimit_resource resource, rlim_t value) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0) return false;
  limit.rlim_max = std::min(limit.rlim_max, value);
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit) == 0;
}

// Calls that reach other machines, other programs or other processes. io_uring is here because it
// can open sockets past this filter.
constexpr int kForbiddenCalls[] = {SCMP_SYS(socket),
                                   SCMP_SYS(socketpair),
                                   SCMP_SYS(connect),
                                   SCMP_SYS(bind),
                                   SCMP_SYS(listen),
                                   SCMP_SYS(accept),
                                   SCMP_SYS(accept4),
                                   SCMP_SYS(execve),
                                   SCMP_SYS(execveat),
                                   SCMP_SYS(io_uring_setup),
                                   SCMP_SYS(process_vm_readv),
                                   SCMP_SYS(process_vm_writev),
                                   SCMP_SYS(bpf),
                                   SCMP_SYS(perf_event_open),
                                   SCMP_SYS(userfaultfd),
                                   SCMP_SYS(mount),
                                   SCMP_SYS(unshare),
                                   SCMP_SYS(setns),
                                   SCMP_SYS(add_key),
                                   SCMP_SYS(request_key),
                                   SCMP_SYS(keyctl),
                                   SCMP_SYS(open_by_handle_at)};

// The calls fail with EACCES, as they would for lack of rights: libraries cope with that, while a
// filter that kills would turn a harmless look for a name service into a lost page.
bool forbid_calls() {
  using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
  if (!filter) return false;
  for (const int call : kForbiddenCalls) {
    // A call that this architecture does not have cannot be made, so failing to forbid it is fine.
    seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0);
  }
  // The leak checker of the sanitizers traces its own process.
  if (!kSanitized) seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(ptrace), 0);
  seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);  // also threads that already run
  return seccomp_load(filter.get()) == 0;
}

void* watch_socket(void* argument) {
  const int socket = static_cast<int>(reinterpret_cast<std::intptr_t>(argument));
  for (;;) {
    pollfd entry{.fd = socket, .events = POLLRDHUP, .revents = 0};
    const int ready = poll(&entry, 1, -1);
    if (ready > 0 || (ready < 0 && errno != EINTR)) _exit(0);
  }
}

}  // namespace

std::string apply_limits(const Limits& limits) {
  std::string missing;
  // One byte rather than none: a core dump that is piped to a program ignores a limit of 0, while 1
  // means "no dump" to both kinds.
  if (!lower_limit(RLIMIT_CORE, 1)) note(missing, "core dumps stay on");
  if (limits.address_space_mib > 0 && !kSanitized) {
    const auto bytes = static_cast<rlim_t>(limits.address_space_mib) << 20U;
    if (!lower_limit(RLIMIT_AS, bytes)) note(missing, "memory is not limited");
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) note(missing, "privileges can be gained");
  if (limits.no_network && !forbid_calls()) note(missing, "system calls are not filtered");
  return missing;
}

void exit_when_parent_goes(int socket) {
  constexpr std::size_t kStackBytes = std::size_t{64} << 10U;
  pthread_attr_t attributes{};
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (!kSanitized) pthread_attr_setstacksize(&attributes, kStackBytes);
  // Signals are for the main thread.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread{};
  pthread_create(&thread, &attributes, watch_socket,
                 reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
}

}  // namespace emend
