// SPDX-License-Identifier: Apache-2.0
// What a child gives up before it touches foreign bytes.
#pragma once

#include <cstdint>
#include <string>

namespace emend {

struct Limits {
  std::int64_t address_space_mib = 0;  // 0 = no limit; always 0 under sanitizers
  bool no_network = true;              // no sockets but the channel, no new programs (seccomp)
};

// Applies to this process for good: no new privileges, no core dumps, the address space, and where
// the kernel lets us a seccomp filter. Returns what could not be had, as one line for the log; not
// having seccomp is not a failure.
std::string apply_limits(const Limits& limits);

// Ends this process at once when the other end of `socket` is closed, even in the middle of work.
// Starts a thread. (A parent-death signal would fire when the spawning thread ends.)
void exit_when_parent_goes(int socket);

}  // namespace emend
