// SPDX-License-Identifier: Apache-2.0
// Messages between emend and its children: CBOR, each preceded by its length in bytes (32 bits,
// little endian), over a stream socket.
//
// The other side is not trusted to be well: it may hang, die in mid message or send garbage. No
// byte it sends can do more than make receive() fail.
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "emend/error.h"

namespace emend {

// Owns one end of a socket pair. One thread at a time.
class Channel {
 public:
  static constexpr std::uint32_t kMaxMessageBytes = 256U << 20U;
  static constexpr std::chrono::milliseconds kForever{-1};

  Channel() = default;  // closed
  explicit Channel(int socket) : socket_(socket) {}
  Channel(Channel&& other) noexcept;
  Channel& operator=(Channel&& other) noexcept;
  ~Channel();

  // Fails with engine_failed when the other side has gone, limit_exceeded when the message is too
  // long or the other side does not take it within `timeout`, cancelled when `stop` is requested.
  [[nodiscard]] Result<void> send(const nlohmann::json& message,
                                  std::chrono::milliseconds timeout = kForever,
                                  const std::stop_token& stop = {});

  // Waits for the next message. Fails with limit_exceeded when `timeout` runs out, cancelled when
  // `stop` is requested (seen within 50 ms), engine_failed when the other side has gone or sent
  // something that is no message. A negative timeout waits for ever.
  [[nodiscard]] Result<nlohmann::json> receive(std::chrono::milliseconds timeout,
                                               const std::stop_token& stop = {});

  [[nodiscard]] int socket() const { return socket_; }
  void close();

 private:
  int socket_ = -1;
};

// The shape of every answer: {"ok": ...} or {"error": {...}}. Text in an answer is valid UTF-8:
// unwrap_answer refuses any other with engine_failed, and error_answer repairs its message.
[[nodiscard]] Result<nlohmann::json> unwrap_answer(nlohmann::json answer);
[[nodiscard]] nlohmann::json ok_answer(nlohmann::json value);
[[nodiscard]] nlohmann::json error_answer(const Error& error);

}  // namespace emend
