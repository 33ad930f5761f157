// SPDX-License-Identifier: Apache-2.0
#include "process/channel.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <thread>
#include <utility>

namespace emend {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

std::pair<Channel, Channel> connected() {
  std::array<int, 2> ends{};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
  return {Channel(ends[0]), Channel(ends[1])};
}

void write_raw(const Channel& channel, const std::string& bytes) {
  ASSERT_EQ(::send(channel.socket(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(bytes.size()));
}

TEST(Channel, CarriesWhatWasSent) {
  auto [here, there] = connected();
  const json message{{"op", "read"}, {"page", 17}, {"text", "Größe"}, {"list", {1, 2.5, nullptr}}};
  ASSERT_TRUE(here.send(message));
  ASSERT_TRUE(here.send("second"));
  EXPECT_EQ(there.receive(5s), message);
  EXPECT_EQ(there.receive(5s), json("second"));
}

TEST(Channel, CarriesMessagesLargerThanTheSocketBuffer) {
  auto [here, there] = connected();
  const json message = std::string(4U << 20U, 'x');
  std::jthread sender([&channel = here, &message] { EXPECT_TRUE(channel.send(message)); });
  EXPECT_EQ(there.receive(30s), message);
}

TEST(Channel, RefusesToSendAMessageThatIsTooLong) {
  auto [here, there] = connected();
  const auto sent = here.send(std::string(Channel::kMaxMessageBytes, 'x'));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, ErrorCode::limit_exceeded);
}

TEST(Channel, SaysWhenTheOtherSideHasGone) {
  auto [here, there] = connected();
  there.close();
  EXPECT_EQ(here.receive(5s).error().code, ErrorCode::engine_failed);
  EXPECT_EQ(here.send("hello").error().code, ErrorCode::engine_failed);
}

TEST(Channel, SaysWhenItIsClosedItself) {
  Channel closed;
  EXPECT_EQ(closed.receive(5s).error().code, ErrorCode::engine_failed);
  EXPECT_EQ(closed.send("hello").error().code, ErrorCode::engine_failed);
}

TEST(Channel, GivesUpReceivingAfterTheTimeout) {
  auto [here, there] = connected();
  EXPECT_EQ(here.receive(20ms).error().code, ErrorCode::limit_exceeded);
  write_raw(there, std::string("\x05\x00", 2));  // half a length is no message either
  EXPECT_EQ(here.receive(20ms).error().code, ErrorCode::limit_exceeded);
}

TEST(Channel, GivesUpSendingAfterTheTimeout) {
  auto [here, there] = connected();
  const auto sent = here.send(std::string(4U << 20U, 'x'), 50ms);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, ErrorCode::limit_exceeded);
}

TEST(Channel, StopsWaitingWhenAskedTo) {
  auto [here, there] = connected();
  std::stop_source stop;
  std::jthread asker([&stop] {
    std::this_thread::sleep_for(30ms);
    stop.request_stop();
  });
  EXPECT_EQ(here.receive(Channel::kForever, stop.get_token()).error().code, ErrorCode::cancelled);
}

TEST(Channel, SurvivesGarbage) {
  const std::string bytes[] = {
      std::string("\x03\x00\x00\x00\xff\xff\xff", 7),          // no CBOR
      std::string("\x00\x00\x00\x00", 4),                      // nothing
      std::string("\xff\xff\xff\xff", 4),                      // a false length
      std::string("\x02\x00\x00\x00\x01\x02", 6),              // two values
      std::string("\x01\x00\x00\x00\x82", 5),                  // an array that is cut off
      std::string("\x05\x00\x00\x00\x9b\x7f\xff\xff\xff", 9),  // an array of absurd length
      std::string("\x40\x00\x00\x00", 4) + std::string(64, '\x5f'),
  };
  for (const auto& garbage : bytes) {
    auto [here, there] = connected();
    write_raw(there, garbage);
    const auto received = here.receive(5s);
    ASSERT_FALSE(received) << testing::PrintToString(garbage);
    EXPECT_EQ(received.error().code, ErrorCode::engine_failed);
  }
}

TEST(Channel, RefusesDeepNestingThatWouldExhaustTheStack) {
  auto [here, there] = connected();
  const std::size_t depth = 4'000'000;
  std::jthread sender([&channel = there, depth] {
    const std::string length{'\x00', '\x09', '\x3d', '\x00'};
    const std::string bytes = length + std::string(depth, '\x81');
    for (std::size_t at = 0; at < bytes.size();) {
      const auto sent =
          ::send(channel.socket(), bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
    }
  });
  EXPECT_EQ(here.receive(30s).error().code, ErrorCode::engine_failed);
  here.close();
}

TEST(Answer, UnwrapsAValue) {
  EXPECT_EQ(unwrap_answer(ok_answer({{"pages", 3}})), (json{{"pages", 3}}));
}

TEST(Answer, UnwrapsAnError) {
  const auto answer = unwrap_answer(error_answer({ErrorCode::not_found, "no page 9", "it has 3"}));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::not_found);
  EXPECT_EQ(answer.error().message, "no page 9");
  EXPECT_EQ(answer.error().hint, "it has 3");
}

TEST(Answer, OfAnyOtherShapeIsRefused) {
  const json shapes[] = {1,
                         json::array(),
                         json::object(),
                         {{"neither", 1}},
                         {{"error", "plain"}},
                         {{"ok", 1}, {"error", {}}},
                         {{"error", {{"code", "no_such_code"}}}},
                         {{"ok", "\xff"}},
                         {{"ok", {{"\xff", 1}}}}};
  for (const auto& shape : shapes) {
    const auto answer = unwrap_answer(shape);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::engine_failed);
  }
}

TEST(Answer, AnErrorNeverCarriesInvalidText) {
  const auto answer = unwrap_answer(error_answer({ErrorCode::io_failed, "caf\xe9.pdf", "\xff"}));
  EXPECT_EQ(answer.error().message, "caf\xef\xbf\xbd.pdf");
}

}  // namespace
}  // namespace emend
