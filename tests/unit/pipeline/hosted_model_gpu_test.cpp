// SPDX-License-Identifier: Apache-2.0
// Layers on a GPU, as far as that can be tested without one: on Mesa's software Vulkan device,
// through the same backend that a real one uses.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "emend/doctor.h"
#include "fakes/signals.h"
#include "fakes/tiny_gguf.h"
#include "pipeline/hosted_model.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fakes::process_exists;
using fakes::send_signal;
using fakes::TinyModel;
using Scores = std::vector<std::vector<double>>;

constexpr std::int64_t kMib = 1 << 20;
constexpr double kClose = 5e-2;  // the device computes with 16-bit numbers
constexpr int kLayers = 6;       // the output counts as one
constexpr int kContext = 2048;
constexpr double kLayerMib = 3.8;

class GpuTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("EMEND_BACKENDS_DIR", EMEND_TEST_BACKENDS, 1);
    ::setenv("GGML_VK_VISIBLE_DEVICES", "0", 1);  // a software device is left out otherwise
    directory_ = fs::path(::testing::TempDir()) / ("gpu_" + std::to_string(::getpid()));
    fs::create_directories(directory_);
    // Every host compiles the same shaders, which takes the software device a minute: once is
    // enough.
    ::setenv("MESA_SHADER_CACHE_DIR", EMEND_TEST_SHADERS, 1);
    // 5 layers, each of 1.8 MiB of weights and, with kContext tokens, 2 MiB of cache. The device
    // computes a hundred million operations a second: few weights, few tokens, a large cache.
    TinyModel::random({},
                      {.width = 256,
                       .layers = kLayers - 1,
                       .heads = 4,
                       .kv_heads = 4,
                       .feed_forward = 256,
                       .context = kContext},
                      3)
        .write(directory_ / "model.gguf");
    const Diagnosis diagnosis = diagnose();
    for (const Device& device : diagnosis.devices) has_gpu_ = has_gpu_ || device.is_gpu;
    for (const Trouble& trouble : diagnosis.troubles) troubles_ += "; " + trouble.what;
  }
  static void TearDownTestSuite() { fs::remove_all(directory_); }

  void SetUp() override {
    if (!has_gpu_) {
      GTEST_SKIP() << "there is no GPU and no software device in its place" << troubles_
                   << "; scripts/setup.sh tests installs one";
    }
  }
  void TearDown() override {
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("EMEND_TEST_VULKAN_MIB");
  }

  [[nodiscard]] static std::unique_ptr<HostedModel> opened(int gpu_layers, int timeout_s = 600) {
    ModelOptions options;
    options.timeout_s = timeout_s;
    options.gpu_layers = gpu_layers;
    options.context = kContext;
    options.threads = 1;
    auto model = HostedModel::open(directory_ / "model.gguf", options);
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
  }

  static void cap_device_at(std::int64_t mib) {
    ::setenv("EMEND_TEST_VULKAN_MIB", std::to_string(mib).c_str(), 1);
    ::setenv("LD_PRELOAD", EMEND_VULKAN_CAP, 1);
  }

  static double mib_of(const DeviceUse& use) {
    return static_cast<double>(use.bytes) / static_cast<double>(kMib);
  }

  static void expect_close(const Result<Scores>& scores, const Scores& expected) {
    ASSERT_TRUE(scores) << scores.error().message;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      for (std::size_t j = 0; j < expected[i].size(); ++j) {
        EXPECT_NEAR((*scores)[i][j], expected[i][j], kClose) << i << ' ' << j;
      }
    }
  }

  static inline fs::path directory_;
  static inline bool has_gpu_ = false;
  static inline std::string troubles_;
  const std::vector<ScoreRequest> requests_ = {{"No. ", {"1", "l"}, "2"}, {"is ", {"du"}, "e"}};
};

TEST_F(GpuTest, TheScoresAreTheSameWithNoSomeAndAllLayers) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  for (const int layers : {1, 3, kLayers}) {
    const auto model = opened(layers);
    expect_close(model->score(requests_), *on_cpu);
    EXPECT_EQ(model->placement()->gpu_layers, layers);
    EXPECT_EQ(model->placement()->layers, kLayers);
    EXPECT_EQ(model->placement()->fallback, 0);
    ASSERT_EQ(model->placement()->gpus.size(), 1U);
    EXPECT_GT(mib_of(model->placement()->gpus[0]), (layers - 1) * kLayerMib);
  }
  const auto all = opened(kAllGpuLayers);
  ASSERT_TRUE(all->load());
  EXPECT_EQ(all->placement()->gpu_layers, kLayers);
}

TEST_F(GpuTest, ASmallModelIsLeftOnTheCpuByItself) {
  const auto model = opened(kAutoGpuLayers);
  ASSERT_TRUE(model->load());
  EXPECT_EQ(model->placement()->gpu_layers, 0);
  EXPECT_TRUE(model->placement()->gpus.empty());
}

TEST_F(GpuTest, TooLittleMemoryOfTheDeviceIsMetByFewerLayers) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  bool some_on_gpu = false;
  for (const std::int64_t mib : {1, 9, 16}) {
    cap_device_at(mib);
    const auto model = opened(kAllGpuLayers);
    expect_close(model->score(requests_), *on_cpu);
    const auto placement = model->placement();
    EXPECT_GT(placement->fallback, 0) << "it is known that not everything worked";
    EXPECT_LT(placement->gpu_layers, kLayers);
    some_on_gpu = some_on_gpu || placement->gpu_layers > 0;
    for (const DeviceUse& use : placement->gpus) EXPECT_LE(use.bytes, mib * kMib);
  }
  EXPECT_TRUE(some_on_gpu);
  cap_device_at(1024);
  const auto model = opened(kAllGpuLayers);
  expect_close(model->score(requests_), *on_cpu);
  EXPECT_EQ(model->placement()->gpu_layers, kLayers);
}

TEST_F(GpuTest, FreeingReportsTheDevice) {
  const auto model = opened(kAllGpuLayers);
  ASSERT_TRUE(model->load());
  const FreeReport report = model->free();
  EXPECT_TRUE(report.host_ended);
  EXPECT_EQ(report.host_bytes_after, 0);
  ASSERT_EQ(report.devices.size(), 1U);
  EXPECT_GT(report.devices[0].held_bytes, 18 * kMib);
  EXPECT_GT(report.devices[0].free_before_mib, 0);
  EXPECT_GE(report.devices[0].free_after_mib, report.devices[0].free_before_mib - 8);
}

TEST_F(GpuTest, AKilledHostIsReplacedOneStepDown) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  const auto model = opened(kAllGpuLayers);
  ASSERT_TRUE(model->load());
  send_signal(model->host_process(), SIGKILL);
  expect_close(model->score(requests_), *on_cpu);
  EXPECT_EQ(model->placement()->fallback, 1);
  EXPECT_LT(model->placement()->gpu_layers, kLayers);
}

// The host is stopped first, so that the request is surely under way.
TEST_F(GpuTest, AHostKilledInMidRequestIsReplaced) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  const auto model = opened(kAllGpuLayers);
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  send_signal(pid, SIGKILL);
  expect_close(scores.get(), *on_cpu);
  EXPECT_FALSE(process_exists(pid));
  EXPECT_EQ(model->placement()->fallback, 1);
}

TEST_F(GpuTest, AHostThatHangsInMidRequestIsReplaced) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  ASSERT_TRUE(opened(1)->score(requests_)) << "from here on the shaders are compiled";
  const auto model = opened(1, 10);
  ASSERT_TRUE(model->score(requests_));
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  expect_close(model->score(requests_), *on_cpu);
  EXPECT_FALSE(process_exists(pid));
  EXPECT_EQ(model->placement()->fallback, 1);
}

TEST_F(GpuTest, FreeingFromAnotherThreadWhileARequestRunsLetsBothEndWell) {
  const auto model = opened(kAllGpuLayers);
  const auto expected = model->score(requests_);
  ASSERT_TRUE(expected);
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  auto freed = std::async(std::launch::async, [&] { return model->free(); });
  send_signal(pid, SIGCONT);
  expect_close(scores.get(), *expected);
  EXPECT_EQ(freed.get().host_bytes_after, 0);
  EXPECT_FALSE(process_exists(pid));
}

TEST_F(GpuTest, ARequestWhileAnotherThreadFreesLoadsAgain) {
  const auto model = opened(kAllGpuLayers);
  const auto expected = model->score(requests_);
  ASSERT_TRUE(expected);
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  auto freed = std::async(std::launch::async, [&] { return model->free(); });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  auto scores = std::async(std::launch::async, [&] { return model->score(requests_); });
  send_signal(pid, SIGCONT);
  expect_close(scores.get(), *expected);
  EXPECT_EQ(freed.get().host_bytes_after, 0);
  EXPECT_FALSE(process_exists(pid));
}

TEST_F(GpuTest, ForcedFreeingEndsTheRequestAndTheHost) {
  const auto model = opened(kAllGpuLayers);
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
}

TEST_F(GpuTest, FreeingAHostThatHangsEndsIt) {
  const auto model = opened(kAllGpuLayers);
  ASSERT_TRUE(model->load());
  const int pid = model->host_process();
  send_signal(pid, SIGSTOP);
  const FreeReport report = model->free();
  EXPECT_TRUE(report.host_ended);
  EXPECT_EQ(report.host_bytes_after, 0);
  EXPECT_FALSE(process_exists(pid));
}

}  // namespace
}  // namespace emend
