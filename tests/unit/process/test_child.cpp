// SPDX-License-Identifier: Apache-2.0
// A child for the tests of src/process: does what the "op" of a request says, good or bad.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "process/channel.h"
#include "process/child.h"
#include "process/limits.h"

namespace {

using emend::Channel;
using nlohmann::json;

void write_raw(std::string_view bytes) {
  (void)!::send(emend::Child::kChildSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

json open_descriptors() {
  json all = json::array();
  for (int descriptor = 0; descriptor < 256; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) all.push_back(descriptor);
  }
  return all;
}

json environment_value(const json& request) {
  const char* value = std::getenv(request.at("name").get<std::string>().c_str());
  return value != nullptr ? json(value) : json(nullptr);
}

// What is still possible after apply_limits(). Errors by number.
json limited(const json& request) {
  emend::Limits limits;
  limits.address_space_mib = request.at("memory_mib").get<std::int64_t>();
  json report{{"missing", emend::apply_limits(limits)}};
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  report["socket"] = socket < 0 ? errno : 0;
  std::array<char*, 1> none{nullptr};
  report["execve"] = execve("/bin/true", none.data(), none.data()) != 0 ? errno : 0;
  void* memory = mmap(nullptr, std::size_t{8} << 30U, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  report["mmap"] = memory == MAP_FAILED ? errno : 0;
  rlimit core{};
  getrlimit(RLIMIT_CORE, &core);
  report["core"] = core.rlim_cur;
  return report;
}

[[noreturn]] void work_for_ever() {
  for (std::atomic<std::uint64_t> count = 0;; ++count) {
  }
}

// Those that end or spoil the conversation. Returns false when `op` is none of them.
bool misbehave(const std::string& op) {
  if (op == "crash") raise(SIGSEGV);
  if (op == "exit") _exit(7);
  if (op == "hang") work_for_ever();
  if (op == "garbage") write_raw(std::string("\x05\x00\x00\x00\xff\xff\xff\xff\xff", 9));
  if (op == "boast") write_raw("\xff\xff\xff\x7f");  // announces 2 GiB
  if (op == "deep") write_raw(std::string("\x00\x00\x10\x00", 4) + std::string(1U << 20U, '\x81'));
  if (op == "half") {
    write_raw(std::string("\x40\x00\x00\x00\x81\x82", 6));
    _exit(0);
  }
  return op == "garbage" || op == "boast" || op == "deep";
}

json answer(const json& request) {
  const auto op = request.at("op").get<std::string>();
  if (op == "echo") return emend::ok_answer(request.at("value"));
  if (op == "descriptors") return emend::ok_answer(open_descriptors());
  if (op == "environment") return emend::ok_answer(environment_value(request));
  if (op == "limited") return emend::ok_answer(limited(request));
  if (op == "bad_text") return json{{"ok", "\xff\xfe"}};
  if (op == "no_answer_shape") return json{{"neither", 1}};
  if (op == "working_directory") return emend::ok_answer(std::filesystem::current_path().string());
  return emend::error_answer(
      {emend::ErrorCode::not_found, "no such op: " + op, "ask for something else"});
}

}  // namespace

int main(int count, char** arguments) {
  Channel channel(emend::Child::kChildSocket);
  const std::string_view mode = count > 1 ? arguments[1] : "";
  if (mode == "--watch") emend::exit_when_parent_goes(channel.socket());
  if (mode == "--deaf") work_for_ever();
  for (;;) {
    auto request = channel.receive(Channel::kForever);
    if (!request) return 0;
    if (misbehave(request->at("op").get<std::string>())) continue;
    if (!channel.send(answer(*request))) return 0;
  }
}
