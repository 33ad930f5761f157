// SPDX-License-Identifier: Apache-2.0
// Layers on a GPU, as far as that can be tested without one: on Mesa's software Vulkan device,
// through the same backend that a real one uses.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "emend/doctor.h"
#include "fakes/signals.h"
#include "fakes/tiny_gguf.h"
#include "pipeline/hosted_model.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fakes::send_signal;
using fakes::TinyModel;
using Scores = std::vector<std::vector<double>>;

constexpr std::int64_t kMib = 1 << 20;
constexpr double kClose = 5e-2;  // the device computes with 16-bit numbers

class GpuTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("EMEND_BACKENDS_DIR", EMEND_TEST_BACKENDS, 1);
    ::setenv("GGML_VK_VISIBLE_DEVICES", "0", 1);  // a software device is left out otherwise
    ::setenv("MESA_SHADER_CACHE_DISABLE", "true", 1);
    directory_ = fs::path(::testing::TempDir()) / ("gpu_" + std::to_string(::getpid()));
    fs::create_directories(directory_);
    // Some 29 MiB of weights: 9 layers of 3 MiB and the output.
    TinyModel::random(
        {},
        {.width = 256, .layers = 9, .heads = 4, .kv_heads = 4, .feed_forward = 704, .context = 512},
        3)
        .write(directory_ / "model.gguf");
    for (const Device& device : diagnose().devices) has_gpu_ = has_gpu_ || device.is_gpu;
  }
  static void TearDownTestSuite() { fs::remove_all(directory_); }

  void SetUp() override {
    if (!has_gpu_) {
      GTEST_SKIP() << "no Vulkan device: scripts/install_backend.sh vulkan " << EMEND_TEST_BACKENDS
                   << " and apt-get install mesa-vulkan-drivers";
    }
  }
  void TearDown() override {
    ::unsetenv("LD_PRELOAD");
    ::unsetenv("EMEND_TEST_VULKAN_MIB");
  }

  [[nodiscard]] static std::unique_ptr<HostedModel> opened(int gpu_layers) {
    ModelOptions options;
    options.gpu_layers = gpu_layers;
    options.threads = 1;
    auto model = HostedModel::open(directory_ / "model.gguf", options);
    EXPECT_TRUE(model) << model.error().message;
    return std::move(*model);
  }

  static void cap_device_at(std::int64_t mib) {
    ::setenv("EMEND_TEST_VULKAN_MIB", std::to_string(mib).c_str(), 1);
    ::setenv("LD_PRELOAD", EMEND_VULKAN_CAP, 1);
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
  const std::vector<ScoreRequest> requests_ = {
      {"Invoice No. ", {"1", "l", "I"}, "234"},
      {"The total amount is ", {"due", "clue", "duc"}, " on receipt of this invoice"}};
};

TEST_F(GpuTest, TheScoresAreTheSameWithNoSomeAndAllLayers) {
  const auto on_cpu = opened(0)->score(requests_);
  ASSERT_TRUE(on_cpu);
  for (const int layers : {1, 4, 10}) {
    const auto model = opened(layers);
    expect_close(model->score(requests_), *on_cpu);
    EXPECT_EQ(model->placement()->gpu_layers, layers);
    EXPECT_EQ(model->placement()->layers, 10);
    ASSERT_EQ(model->placement()->gpus.size(), 1U);
    EXPECT_GT(model->placement()->gpus[0].bytes, (layers - 1) * 3 * kMib);
  }
  const auto all = opened(kAllGpuLayers);
  expect_close(all->score(requests_), *on_cpu);
  EXPECT_EQ(all->placement()->gpu_layers, 10);
  EXPECT_EQ(all->placement()->fallback, 0);
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
  for (const std::int64_t mib : {1, 8, 20, 30, 40}) {
    cap_device_at(mib);
    const auto model = opened(kAllGpuLayers);
    expect_close(model->score(requests_), *on_cpu);
    const auto placement = model->placement();
    EXPECT_GT(placement->fallback, 0) << "it is known that not everything worked";
    EXPECT_LT(placement->gpu_layers, 10);
    some_on_gpu = some_on_gpu || placement->gpu_layers > 0;
    for (const DeviceUse& use : placement->gpus) EXPECT_LE(use.bytes, mib * kMib);
  }
  EXPECT_TRUE(some_on_gpu);
  cap_device_at(1024);
  const auto model = opened(kAllGpuLayers);
  expect_close(model->score(requests_), *on_cpu);
  EXPECT_EQ(model->placement()->gpu_layers, 10);
}

TEST_F(GpuTest, FreeingReportsTheDevice) {
  const auto model = opened(kAllGpuLayers);
  ASSERT_TRUE(model->load());
  const FreeReport report = model->free();
  EXPECT_TRUE(report.host_ended);
  EXPECT_EQ(report.host_bytes_after, 0);
  ASSERT_EQ(report.devices.size(), 1U);
  EXPECT_GT(report.devices[0].held_bytes, 25 * kMib);
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
  EXPECT_LT(model->placement()->gpu_layers, 10);
}

}  // namespace
}  // namespace emend
