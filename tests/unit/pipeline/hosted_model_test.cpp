// SPDX-License-Identifier: Apache-2.0
// A model in a process of its own: what it answers, what happens when it dies, and that it leaves
// nothing behind.
#include "pipeline/hosted_model.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <future>
#include <stop_token>
#include <string>
#include <thread>

#include "fakes/setting.h"
#include "fakes/signals.h"
#include "fakes/tiny_gguf.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fakes::process_exists;
using fakes::send_signal;
using fakes::Setting;
using fakes::TinyModel;
using Scores = std::vector<std::vector<double>>;

constexpr double kClose = 2e-2;  // the host keeps 16-bit numbers

std::size_t entry_count(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

class HostedModelTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(::testing::TempDir()) / ("hosted_" + std::to_string(::getpid()));
    fs::create_directories(directory_);
    gguf_ = directory_ / "tiny.gguf";
    tiny_.write(gguf_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  [[nodiscard]] std::unique_ptr<HostedModel> opened(ModelOptions options = {},
                                                    std::stop_token stop = {}) const {
    options.threads = 1;
    auto model = HostedModel::open(gguf_, options, std::move(stop));
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
  }

  [[nodiscard]] double ln_bytes(const std::string& before, const std::string& text) const {
    std::vector<int> tokens;
    for (const char c : before + text) tokens.push_back(static_cast<unsigned char>(c));
    const auto ln_next = tiny_.ln_next(tokens);
    double sum = 0;
    for (std::size_t i = before.size(); i < tokens.size(); ++i) {
      sum += ln_next[i - 1][static_cast<std::size_t>(tokens[i])];
    }
    return sum;
  }

  void expect_right(const Result<Scores>& scores) const {
    ASSERT_TRUE(scores) << scores.error().message;
    EXPECT_NEAR((*scores)[0][0], ln_bytes("Invoice No. ", "1234"), kClose);
    EXPECT_NEAR((*scores)[0][1], ln_bytes("Invoice No. ", "l234"), kClose);
  }

  const TinyModel tiny_ = TinyModel::random({}, {}, 11);
  const std::vector<ScoreRequest> requests_ = {{"Invoice No. ", {"1", "l"}, "234"}};
  fs::path directory_;
  fs::path gguf_;
};

TEST_F(HostedModelTest, AnswersWhatTheModelSays) {
  const auto model = opened();
  expect_right(model->score(requests_));
  EXPECT_EQ(model->name(), "tiny.gguf");
  EXPECT_EQ(model->hash().size(), 64U);
}

TEST_F(HostedModelTest, AModelInSeveralFilesIsLoadedWhole) {
  const auto first = directory_ / "split-00001-of-00002.gguf";
  tiny_.write_split(first, directory_ / "split-00002-of-00002.gguf");
  const auto model = HostedModel::open(first, {});
  ASSERT_TRUE(model) << model.error().message;
  expect_right((*model)->score(requests_));
}

TEST_F(HostedModelTest, ManyRequestsComeBackInOrder) {
  std::vector<ScoreRequest> requests;
  for (int i = 0; i < 50; ++i) requests.push_back({"No. ", {std::to_string(i)}, ""});
  const auto scores = opened()->score(requests);
  ASSERT_TRUE(scores);
  ASSERT_EQ(scores->size(), requests.size());
  for (const std::size_t i : {0U, 15U, 16U, 49U}) {
    EXPECT_NEAR((*scores)[i][0], ln_bytes("No. ", requests[i].candidates[0]), kClose);
  }
  EXPECT_EQ(opened()->score({}), Scores());
}

TEST_F(HostedModelTest, IsLoadedWhenItIsFirstAsked) {
  const auto model = opened();
  EXPECT_EQ(model->host_process(), -1);
  ASSERT_TRUE(model->score(requests_));
  const int pid = model->host_process();
  EXPECT_TRUE(process_exists(pid));
  ASSERT_TRUE(model->score(requests_));
  EXPECT_EQ(model->host_process(), pid) << "one host serves all requests";
}

TEST_F(HostedModelTest, FreeingEndsTheHostAndTheNextRequestLoadsAgain) {
  const auto model = opened();
  EXPECT_FALSE(model->free().was_loaded);
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  const FreeReport report = model->free();
  EXPECT_TRUE(report.was_loaded);
  EXPECT_GT(report.host_bytes_before, 0);
  EXPECT_EQ(report.host_bytes_after, 0);
  EXPECT_FALSE(process_exists(pid));
  EXPECT_EQ(model->host_process(), -1);
  EXPECT_FALSE(model->free().was_loaded) << "a second time frees nothing";
  expect_right(model->score(requests_));
}

TEST_F(HostedModelTest, FreeingDuringARequestLetsBothEndWell) {
  const auto model = opened();
  ASSERT_TRUE(model->load());
  for (int i = 0; i < 5; ++i) {
    auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
    model->free();
    expect_right(scores.get());
  }
}

TEST_F(HostedModelTest, DestructionEndsTheHost) {
  auto model = opened();
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  model.reset();
  EXPECT_FALSE(process_exists(pid));
}

TEST_F(HostedModelTest, TwentyCyclesLeaveNothingBehind) {
  const auto model = opened();
  const std::size_t descriptors = entry_count("/proc/self/fd");
  const std::size_t threads = entry_count("/proc/self/task");
  for (int i = 0; i < 20; ++i) {
    expect_right(model->score(requests_));
    const int pid = model->host_process();
    EXPECT_EQ(model->free().host_bytes_after, 0);
    EXPECT_FALSE(process_exists(pid));
    EXPECT_EQ(entry_count("/proc/self/fd"), descriptors);
    EXPECT_EQ(entry_count("/proc/self/task"), threads);
  }
  EXPECT_EQ(entry_count(directory_), 1U) << "only the model itself";
}

TEST_F(HostedModelTest, AKilledHostIsReplaced) {
  const auto model = opened();
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGKILL);
  expect_right(model->score(requests_));
  EXPECT_NE(model->host_process(), pid);
}

// The host is stopped first, so that the request is surely under way when it is killed.
TEST_F(HostedModelTest, AHostKilledInMidRequestIsReplaced) {
  const auto model = opened();
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  send_signal(pid, SIGKILL);
  expect_right(scores.get());
  EXPECT_NE(model->host_process(), pid);
}

TEST_F(HostedModelTest, AHostThatHangsIsReplaced) {
  ModelOptions options;
  options.timeout_s = 2;
  const auto model = opened(options);
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  expect_right(model->score(requests_));
  EXPECT_NE(model->host_process(), pid);
  EXPECT_FALSE(process_exists(pid));
}

TEST_F(HostedModelTest, StoppingEndsTheWait) {
  std::stop_source source;
  const auto model = opened({}, source.get_token());
  ASSERT_TRUE(model->load());
  send_signal(model->host_process(), SIGSTOP);
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  source.request_stop();
  const auto stopped = scores.get();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST_F(HostedModelTest, ASecondDeathIsAnError) {
  const Setting fake("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC);
  ModelOptions options;
  options.timeout_s = 1;
  for (const char* behaviour :
       {"crash_on_load", "crash_on_score", "hang_on_score", "garbage", "wrong_count", "gives_up"}) {
    const Setting misbehaves("EMEND_FAKE_HOST", behaviour);
    const auto model = opened(options);
    const auto scores = model->score(requests_);
    ASSERT_FALSE(scores) << behaviour;
    EXPECT_EQ(scores.error().code, ErrorCode::engine_failed) << behaviour;
    EXPECT_NE(scores.error().message.find("twice"), std::string::npos) << scores.error().message;
    EXPECT_FALSE(scores.error().hint.empty());
    EXPECT_EQ(model->host_process(), -1) << behaviour;
  }
}

TEST_F(HostedModelTest, AfterADeathLessIsAskedFor) {
  const Setting fake("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC);
  const Setting misbehaves("EMEND_FAKE_HOST", "crash_above_1");
  const auto model = opened();
  ASSERT_TRUE(model->score(requests_));
  EXPECT_EQ(model->placement()->fallback, 1);
  ASSERT_TRUE(model->score(requests_));
  EXPECT_EQ(model->placement()->fallback, 1) << "what failed is not tried again";
  model->free();
  ASSERT_TRUE(model->load());
  EXPECT_EQ(model->placement()->fallback, 0) << "after freeing there may be memory again";
}

TEST_F(HostedModelTest, WhenMemoryRunsOutItStepsDownAsFarAsNeeded) {
  const Setting fake("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC);
  {
    const Setting misbehaves("EMEND_FAKE_HOST", "out_of_memory_above_5");
    const auto model = opened();
    ASSERT_TRUE(model->score(requests_));
    EXPECT_EQ(model->placement()->fallback, 5);
  }
  const Setting misbehaves("EMEND_FAKE_HOST", "out_of_memory_above_99");
  const auto scores = opened()->score(requests_);
  ASSERT_FALSE(scores) << "but not for ever";
  EXPECT_EQ(scores.error().code, ErrorCode::engine_failed);
}

TEST_F(HostedModelTest, TheSameModelIsLoadedOnceForAll) {
  const auto first = opened();
  const auto second = opened();
  ASSERT_TRUE(first->load());
  ASSERT_TRUE(second->load());
  const int pid = first->host_process();
  EXPECT_EQ(second->host_process(), pid);

  const FreeReport kept = first->free();
  EXPECT_TRUE(kept.was_loaded);
  EXPECT_FALSE(kept.host_ended) << "the other one still uses it";
  EXPECT_TRUE(process_exists(pid));
  expect_right(second->score(requests_));
  EXPECT_EQ(second->host_process(), pid);

  EXPECT_TRUE(second->free().host_ended);
  EXPECT_FALSE(process_exists(pid));
  expect_right(first->score(requests_));
}

TEST_F(HostedModelTest, OtherOptionsMeanAnotherHost) {
  ModelOptions options;
  options.context = 128;
  const auto first = opened();
  const auto second = opened(options);
  ASSERT_TRUE(first->load());
  ASSERT_TRUE(second->load());
  EXPECT_NE(first->host_process(), second->host_process());
  EXPECT_EQ(second->placement()->context, 128);
}

TEST_F(HostedModelTest, ForcedFreeingEndsTheRequestWhichSaysSo) {
  const auto model = opened();
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  model->free(true);
  const auto ended = scores.get();
  // It may have begun after the freeing; then it has loaded again.
  EXPECT_TRUE(ended || ended.error().code == ErrorCode::cancelled);
  EXPECT_FALSE(process_exists(pid));
  expect_right(model->score(requests_));
}

TEST_F(HostedModelTest, AnIdleModelIsGivenBack) {
  ModelOptions options;
  options.keep_alive_s = 1;
  const auto model = opened(options);
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  for (int i = 0; i < 400 && process_exists(pid); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_FALSE(process_exists(pid));
  expect_right(model->score(requests_));
}

TEST_F(HostedModelTest, WithoutPatienceItIsGivenBackAtOnce) {
  ModelOptions options;
  options.keep_alive_s = 0;
  const auto model = opened(options);
  expect_right(model->score(requests_));
  EXPECT_EQ(model->host_process(), -1);
  expect_right(model->score(requests_));
}

TEST_F(HostedModelTest, ManyThreadsMayShareAndFree) {
  std::vector<std::future<void>> users;
  for (int user = 0; user < 4; ++user) {
    users.push_back(std::async(std::launch::async, [this, user] {
      const auto model = opened();
      for (int i = 0; i < 6; ++i) {
        expect_right(model->score(requests_));
        if ((i + user) % 3 == 0) model->free();
      }
    }));
  }
  for (auto& user : users) user.get();
}

TEST_F(HostedModelTest, AModelThatCannotServeIsRefusedWithItsPath) {
  const fs::path text = directory_ / "notes.gguf";
  std::ofstream(text) << "these are notes";
  const auto model = HostedModel::open(text, {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(model.error().message.find(text.string()), std::string::npos);
  const auto absent = HostedModel::open(directory_ / "absent.gguf", {});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, ErrorCode::not_found);

  fs::resize_file(gguf_, fs::file_size(gguf_) / 2);
  const auto cut = opened()->load();
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(cut.error().message.find("tiny.gguf"), std::string::npos);
}

TEST_F(HostedModelTest, WithoutItsProgramItSaysSo) {
  const Setting nowhere("EMEND_LIBEXEC_DIR", directory_.string());
  const auto scores = opened()->score(requests_);
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, ErrorCode::missing_dependency);
}

}  // namespace
}  // namespace emend
