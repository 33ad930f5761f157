// SPDX-License-Identifier: Apache-2.0
#include "process/child.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>

namespace emend {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

Child started(std::vector<std::string> arguments = {}, std::vector<std::string> environment = {}) {
  auto child = Child::spawn({EMEND_TEST_CHILD, std::move(arguments), std::move(environment)});
  EXPECT_TRUE(child) << child.error().message;
  return std::move(*child);
}

std::size_t open_descriptor_count() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    ++count;
  }
  return count;
}

bool exists(pid_t pid) {
  return ::kill(pid, 0) == 0 || errno != ESRCH;
}

TEST(Child, AnswersRequests) {
  Child child = started();
  EXPECT_EQ(child.ask({{"op", "echo"}, {"value", "Grüße"}}, 30s), json("Grüße"));
  EXPECT_EQ(child.ask({{"op", "echo"}, {"value", 2}}, 30s), json(2));
  EXPECT_TRUE(child.is_running());
}

TEST(Child, AnErrorAnswerIsAnErrorAndTheChildServesOn) {
  Child child = started();
  const auto answer = child.ask({{"op", "dance"}}, 30s);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::not_found);
  EXPECT_EQ(answer.error().message, "no such op: dance");
  EXPECT_TRUE(child.ask({{"op", "echo"}, {"value", 1}}, 30s));
}

TEST(Child, AProgramThatIsNotThereIsAMissingDependency) {
  const auto child = Child::spawn({"/nonexistent/emend-page-worker", {}, {}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::missing_dependency);
}

TEST(Child, AProgramThatIsNoProgramIsAnError) {
  const auto child = Child::spawn({"/", {}, {}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::engine_failed);
}

TEST(Child, HasOnlyTheDescriptorsThatItNeeds) {
  // Deliberately without O_CLOEXEC, as a careless host program would open them.
  const int careless = open("/dev/null", O_RDONLY);
  const int far_away = fcntl(careless, F_DUPFD, 200);
  Child other = started();
  Child child = started();
  EXPECT_EQ(child.ask({{"op", "descriptors"}}, 30s), json({0, 1, 2, 3}));
  close(careless);
  close(far_away);
}

TEST(Child, GetsAdditionsToTheEnvironment) {
  setenv("EMEND_TEST_OLD", "old", 1);
  setenv("EMEND_TEST_KEPT", "kept", 1);
  Child child = started({}, {"EMEND_TEST_OLD=new", "EMEND_TEST_MORE=more"});
  const auto value = [&child](const char* name) {
    return child.ask({{"op", "environment"}, {"name", name}}, 30s);
  };
  EXPECT_EQ(value("EMEND_TEST_OLD"), json("new"));
  EXPECT_EQ(value("EMEND_TEST_MORE"), json("more"));
  EXPECT_EQ(value("EMEND_TEST_KEPT"), json("kept"));
}

TEST(Child, StartsEvenWhenTheStandardStreamsAreClosed) {
  // Closing our own streams would silence the test, so a process of its own does it.
  const pid_t pid = fork();
  if (pid == 0) {
    close(0);
    close(1);
    close(2);
    auto child = Child::spawn({EMEND_TEST_CHILD, {}, {}});
    if (!child) _exit(1);
    const auto descriptors = child->ask({{"op", "descriptors"}}, 30s);
    _exit(descriptors == json({0, 1, 2, 3}) ? 0 : 2);
  }
  int status = -1;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_EQ(status, 0);
}

TEST(Child, ACrashIsReportedWithItsSignal) {
  Child child = started();
  const auto answer = child.ask({{"op", "crash"}}, 30s);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::engine_failed);
#ifndef EMEND_SANITIZED
  EXPECT_EQ(answer.error().message,
            "process_test_child was killed by signal 11 (Segmentation fault)");
#endif
  EXPECT_FALSE(child.is_running());
  EXPECT_EQ(child.ask({{"op", "echo"}, {"value", 1}}, 30s).error().message, answer.error().message);
}

TEST(Child, AnUnexpectedExitIsReportedWithItsStatus) {
  Child child = started();
  EXPECT_EQ(child.ask({{"op", "exit"}}, 30s).error().message,
            "process_test_child ended with status 7");
}

TEST(Child, DyingInMidMessageIsAnError) {
  Child child = started();
  EXPECT_EQ(child.ask({{"op", "half"}}, 30s).error().code, ErrorCode::engine_failed);
  EXPECT_FALSE(child.is_running());
}

TEST(Child, GarbageIsAnErrorAndTheChildIsEnded) {
  for (const char* op : {"garbage", "boast", "deep"}) {
    Child child = started();
    const auto answer = child.ask({{"op", op}}, 30s);
    ASSERT_FALSE(answer) << op;
    EXPECT_EQ(answer.error().code, ErrorCode::engine_failed) << op;
    EXPECT_FALSE(child.is_running()) << op;
  }
}

TEST(Child, AnAnswerOfWrongShapeOrTextIsAnError) {
  Child child = started();
  EXPECT_EQ(child.ask({{"op", "bad_text"}}, 30s).error().code, ErrorCode::engine_failed);
  EXPECT_EQ(child.ask({{"op", "no_answer_shape"}}, 30s).error().code, ErrorCode::engine_failed);
}

TEST(Child, HugeMessagesGoBothWays) {
  Child child = started();
  const std::string value(4U << 20U, 'x');
  EXPECT_EQ(child.ask({{"op", "echo"}, {"value", value}}, 60s), json(value));
}

TEST(Child, AHangEndsWithTheTimeout) {
  Child child = started();
  const pid_t pid = child.pid();
  const auto answer = child.ask({{"op", "hang"}}, 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::limit_exceeded);
  EXPECT_FALSE(child.is_running());
  EXPECT_FALSE(exists(pid));
}

TEST(Child, OneThatDoesNotListenEndsWithTheTimeout) {
  Child child = started({"--deaf"});
  const auto answer = child.ask({{"op", "echo"}, {"value", std::string(4U << 20U, 'x')}}, 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::limit_exceeded);
}

TEST(Child, CancellingEndsTheWaitAndTheChild) {
  Child child = started();
  std::stop_source stop;
  std::jthread asker([&stop] {
    std::this_thread::sleep_for(50ms);
    stop.request_stop();
  });
  const auto answer = child.ask({{"op", "hang"}}, 60s, stop.get_token());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(child.is_running());
}

TEST(Child, CanBeKilledFromAnotherThread) {
  Child child = started();
  std::jthread killer([&child] {
    std::this_thread::sleep_for(50ms);
    child.kill();
  });
  const auto answer = child.ask({{"op", "hang"}}, 60s);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, "process_test_child was killed by signal 9 (Killed)");
  child.kill();  // again, when there is nobody left
}

TEST(Child, LeavesNoZombiesAndNoDescriptors) {
  const std::size_t before = open_descriptor_count();
  for (int i = 0; i < 100; ++i) {
    Child child = started({"--watch"});
    ASSERT_EQ(child.ask({{"op", "echo"}, {"value", i}}, 30s), json(i));
  }
  EXPECT_EQ(open_descriptor_count(), before);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Child, EndIsIdempotentAndKillsTheUnwilling) {
  Child child = started({"--deaf"});
  const pid_t pid = child.pid();
  child.end(10ms);
  child.end(10ms);
  EXPECT_FALSE(exists(pid));
  EXPECT_EQ(child.ask({{"op", "echo"}, {"value", 1}}, 1s).error().code, ErrorCode::engine_failed);
}

TEST(Child, CanBeMoved) {
  Child first = started();
  const pid_t old_pid = first.pid();
  Child second = started();
  first = std::move(second);
  EXPECT_FALSE(exists(old_pid));
  EXPECT_EQ(first.ask({{"op", "echo"}, {"value", 1}}, 30s), json(1));
  EXPECT_FALSE(second.is_running());  // NOLINT(bugprone-use-after-move): it says that it is empty
  EXPECT_EQ(second.ask({{"op", "echo"}, {"value", 1}}, 1s).error().code, ErrorCode::engine_failed);
}

TEST(Child, EndsWhenOurEndClosesEvenInTheMiddleOfWork) {
  Child child = started({"--watch"});
  ASSERT_TRUE(child.channel().send({{"op", "hang"}}));
  child.channel().close();
  int status = -1;
  ASSERT_EQ(waitpid(child.pid(), &status, 0), child.pid());  // no signal was sent
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Child, EndsWhenThisProcessIsKilled) {
  // A grandchild whose parent is killed: nobody closes anything but the kernel.
  int report[2];
  ASSERT_EQ(pipe(report), 0);
  const pid_t parent = fork();
  if (parent == 0) {
    auto child = Child::spawn({EMEND_TEST_CHILD, {"--watch"}, {}});
    const pid_t pid = child ? child->pid() : -1;
    if (child) (void)child->channel().send({{"op", "hang"}});
    (void)!write(report[1], &pid, sizeof pid);
    pause();
  }
  pid_t grandchild = -1;
  ASSERT_EQ(read(report[0], &grandchild, sizeof grandchild),
            static_cast<ssize_t>(sizeof grandchild));
  close(report[0]);
  close(report[1]);
  ASSERT_GT(grandchild, 0);
  ::kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  // Nobody in a container may reap it, so a zombie counts as ended.
  const auto has_ended = [grandchild] {
    std::ifstream stat("/proc/" + std::to_string(grandchild) + "/stat");
    std::string text;
    return !std::getline(stat, text) || text.find(") Z ") != std::string::npos;
  };
  for (int i = 0; i < 1000 && !has_ended(); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(has_ended());
}

}  // namespace
}  // namespace emend
