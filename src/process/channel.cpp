// SPDX-License-Identifier: Apache-2.0
#include "process/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "core/json_form.h"
#include "core/unicode.h"

namespace emend {

namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::json;
using std::chrono::milliseconds;

constexpr milliseconds kStopCheckInterval{50};
constexpr std::size_t kLengthBytes = 4;
// Read in parts, so that a false length costs no memory that no byte was sent for.
constexpr std::size_t kPartBytes = std::size_t{1} << 20U;
// A page is nested 9 deep. The parser recurses, so depth is stack.
constexpr std::size_t kMaxDepth = 64;

// Until when to wait, and what may end the wait earlier.
class Wait {
 public:
  Wait(milliseconds timeout, const std::stop_token& stop) : stop_(stop) {
    if (timeout.count() >= 0) end_ = Clock::now() + timeout;
  }

  // Returns when `socket` is ready for `events`, or the other side has gone.
  [[nodiscard]] Result<void> until_ready(int socket, short events) const {
    if (socket < 0) return fail(ErrorCode::engine_failed, "the connection is closed");
    for (;;) {
      if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      pollfd entry{.fd = socket, .events = events, .revents = 0};
      const int ready = poll(&entry, 1, static_cast<int>(slice().count()));
      if (ready > 0) return {};
      if (ready < 0 && errno != EINTR) {
        return fail(ErrorCode::engine_failed, std::generic_category().message(errno));
      }
      if (end_ && Clock::now() >= *end_) return fail(ErrorCode::limit_exceeded, "took too long");
    }
  }

 private:
  [[nodiscard]] milliseconds slice() const {
    const milliseconds longest = stop_.stop_possible() ? kStopCheckInterval : milliseconds{60'000};
    if (!end_) return longest;
    const auto left = std::chrono::ceil<milliseconds>(*end_ - Clock::now());
    return std::clamp(left, milliseconds{0}, longest);
  }

  std::optional<Clock::time_point> end_;
  const std::stop_token& stop_;
};

[[nodiscard]] tl::unexpected<Error> other_side_gone() {
  return fail(ErrorCode::engine_failed, "the other process closed the connection");
}

[[nodiscard]] bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

[[nodiscard]] Result<void> send_all(int socket, std::span<const std::uint8_t> bytes,
                                    const Wait& wait) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (sent < 0 && would_block()) {
      if (auto ready = wait.until_ready(socket, POLLOUT); !ready) return ready;
    } else {
      return other_side_gone();
    }
  }
  return {};
}

[[nodiscard]] Result<void> receive_all(int socket, std::span<std::uint8_t> bytes,
                                       const Wait& wait) {
  while (!bytes.empty()) {
    if (auto ready = wait.until_ready(socket, POLLIN); !ready) return ready;
    const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
    } else if (got == 0 || !would_block()) {
      return other_side_gone();
    }
  }
  return {};
}

// Builds the value of a message, and stops where it is nested too deep.
class Builder final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t& value) override { return add(json::binary(std::move(value))); }
  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t /*count*/) override { return open(json::object()); }
  bool start_array(std::size_t /*count*/) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*problem*/) override {
    return false;
  }

  [[nodiscard]] json take() { return std::move(root_); }

 private:
  json& put(json value) {
    if (open_.empty()) return root_ = std::move(value);
    json& parent = *open_.back();
    if (parent.is_object()) return parent[std::move(key_)] = std::move(value);
    parent.push_back(std::move(value));
    return parent.back();
  }
  bool add(json value) {
    put(std::move(value));
    return true;
  }
  bool open(json value) {
    // Stays where it is: nothing is added beside it until it is closed.
    open_.push_back(&put(std::move(value)));
    return open_.size() <= kMaxDepth;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  json root_;
  std::vector<json*> open_;
  std::string key_;
};

[[nodiscard]] Result<json> parse_message(const std::vector<std::uint8_t>& bytes) {
  Builder builder;
  if (!json::sax_parse(bytes, &builder, json::input_format_t::cbor)) {
    return fail(ErrorCode::engine_failed, "the other process sent something that is no message");
  }
  return builder.take();
}

[[nodiscard]] bool has_only_valid_text(const json& value) {
  if (value.is_string()) return is_valid_utf8(value.get_ref<const std::string&>());
  if (!value.is_structured()) return true;
  for (const auto& [key, element] : value.items()) {
    if (value.is_object() && !is_valid_utf8(key)) return false;
    if (!has_only_valid_text(element)) return false;
  }
  return true;
}

}  // namespace

Channel::Channel(Channel&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Channel& Channel::operator=(Channel&& other) noexcept {
  if (this != &other) {
    close();
    socket_ = std::exchange(other.socket_, -1);
  }
  return *this;
}

Channel::~Channel() {
  close();
}

void Channel::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

Result<void> Channel::send(const json& message, milliseconds timeout, const std::stop_token& stop) {
  std::vector<std::uint8_t> bytes(kLengthBytes);
  json::to_cbor(message, bytes);
  const std::size_t length = bytes.size() - kLengthBytes;
  if (length > kMaxMessageBytes) {
    return fail(ErrorCode::limit_exceeded, "a message of " + std::to_string(length) + " bytes");
  }
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    bytes[i] = static_cast<std::uint8_t>(length >> (8 * i));
  }
  return send_all(socket_, bytes, Wait(timeout, stop));
}

Result<json> Channel::receive(milliseconds timeout, const std::stop_token& stop) {
  const Wait wait(timeout, stop);
  std::array<std::uint8_t, kLengthBytes> header{};
  if (auto got = receive_all(socket_, header, wait); !got) {
    return tl::unexpected(std::move(got.error()));
  }
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::size_t{header.at(i)} << (8 * i);
  if (length > kMaxMessageBytes) {
    return fail(ErrorCode::engine_failed,
                "the other process announced a message of " + std::to_string(length) + " bytes");
  }
  std::vector<std::uint8_t> bytes;
  while (bytes.size() < length) {
    const std::size_t start = bytes.size();
    bytes.resize(std::min(length, start + kPartBytes));
    if (auto got = receive_all(socket_, std::span(bytes).subspan(start), wait); !got) {
      return tl::unexpected(std::move(got.error()));
    }
  }
  return parse_message(bytes);
}

Result<json> unwrap_answer(json answer) {
  if (!answer.is_object() || answer.size() != 1 || !has_only_valid_text(answer)) {
    return fail(ErrorCode::engine_failed, "the other process sent no proper answer");
  }
  if (const auto value = answer.find("ok"); value != answer.end()) return std::move(*value);
  if (const auto problem = answer.find("error"); problem != answer.end()) {
    auto error = parse_json_form<Error>(*problem);
    if (error) return tl::unexpected(std::move(*error));
  }
  return fail(ErrorCode::engine_failed, "the other process sent no proper answer");
}

json ok_answer(json value) {
  return {{"ok", std::move(value)}};
}

json error_answer(const Error& error) {
  return {{"error", Error{error.code, repaired_utf8(error.message), repaired_utf8(error.hint)}}};
}

}  // namespace emend
