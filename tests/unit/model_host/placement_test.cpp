// SPDX-License-Identifier: Apache-2.0
#include "model_host/placement.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "emend/options.h"

namespace emend {
namespace {

constexpr std::uint64_t kMib = std::uint64_t{1} << 20U;

// The shape of Qwen2.5-3B at 8 bits: 36 layers of some 82 MiB.
ModelNeeds three_billion() {
  return {.layers = std::vector<std::uint64_t>(36, 82 * kMib),
          .output = 320 * kMib,
          .input = 320 * kMib,
          .cache_per_token_and_layer = 2 * 2 * 256,
          .working_per_batch_token = 4 * (151'936 + 8 * 2048 + 3 * 11'008 + 16 * 4096),
          .trained_context = 32'768};
}

Device gpu(std::int64_t total_mib, std::int64_t free_mib) {
  return {
      .name = "GPU0", .is_gpu = true, .memory_total_mib = total_mib, .memory_free_mib = free_mib};
}

std::vector<int> layers_of(const std::vector<Placement>& list) {
  std::vector<int> layers;
  for (const auto& placement : list) layers.push_back(placement.gpu_layers);
  return layers;
}

TEST(Placement, WithoutAGpuEverythingIsOnTheCpu) {
  for (const int asked : {kAutoGpuLayers, kAllGpuLayers, 0, 20}) {
    const auto list = placements(three_billion(), {.gpu_layers = asked}, {});
    for (const auto& placement : list) EXPECT_EQ(placement.gpu_layers, 0);
    EXPECT_GE(list.size(), 2U) << "there is something smaller to try";
  }
}

TEST(Placement, AutoPutsEverythingOnALargeGpu) {
  const std::vector<Device> large = {gpu(24'000, 23'000)};
  EXPECT_EQ(placements(three_billion(), {.gpu_layers = kAutoGpuLayers}, large)[0].gpu_layers, 37);
}

TEST(Placement, AutoLeavesAMarginOnASmallOne) {
  const ModelNeeds needs = three_billion();
  int before = 0;
  for (std::int64_t free = 0; free < 6000; free += 50) {
    const std::vector<Device> gpus = {gpu(8000, free)};
    const int layers = layers_that_fit(needs, 1024, 512, gpus);
    EXPECT_GE(layers, before) << "more memory never means fewer layers";
    before = layers;
    if (layers == 0) continue;
    const std::uint64_t taken = needs.output + static_cast<std::uint64_t>(layers - 1) * 83 * kMib +
                                512 * needs.working_per_batch_token;
    EXPECT_LT(taken + 500 * kMib, static_cast<std::uint64_t>(free) * kMib);
  }
  EXPECT_EQ(before, 37);
}

TEST(Placement, TwoGpusHoldMoreThanOne) {
  const std::vector<Device> one = {gpu(3000, 2800)};
  const std::vector<Device> two = {gpu(3000, 2800), gpu(3000, 2800)};
  EXPECT_GT(layers_that_fit(three_billion(), 1024, 512, two),
            layers_that_fit(three_billion(), 1024, 512, one));
}

TEST(Placement, ASmallModelStaysOnTheCpuUnlessAskedFor) {
  ModelNeeds small;
  small.layers = {2 * kMib, 2 * kMib};
  const std::vector<Device> large = {gpu(24'000, 23'000)};
  EXPECT_EQ(placements(small, {.gpu_layers = kAutoGpuLayers}, large)[0].gpu_layers, 0);
  EXPECT_EQ(placements(small, {.gpu_layers = kAllGpuLayers}, large)[0].gpu_layers, 3);
  EXPECT_EQ(placements(small, {.gpu_layers = 2}, large)[0].gpu_layers, 2);
  EXPECT_EQ(placements(small, {.gpu_layers = 99}, large)[0].gpu_layers, 3);
}

TEST(Placement, TheLadderGoesDownToTheCpu) {
  const std::vector<Device> small = {gpu(2048, 2048)};
  const int fitting = layers_that_fit(three_billion(), 1024, 512, small);
  ASSERT_GT(fitting, 4);
  const auto list = placements(three_billion(), {.gpu_layers = kAllGpuLayers}, small);
  EXPECT_EQ(layers_of(list), (std::vector<int>{37, fitting, fitting / 2, fitting / 4, 0, 0, 0}));
  EXPECT_LT(list[5].batch, list[4].batch);
  EXPECT_LT(list[6].context, list[5].context);
}

TEST(Placement, AFullGpuStillGivesALadder) {
  const std::vector<Device> full = {gpu(2048, 10)};
  EXPECT_EQ(layers_of(placements(three_billion(), {.gpu_layers = kAutoGpuLayers}, full)),
            (std::vector<int>{0, 0, 0}));
  EXPECT_EQ(layers_of(placements(three_billion(), {.gpu_layers = 20}, full)),
            (std::vector<int>{20, 10, 5, 2, 0, 0, 0}));
}

TEST(Placement, NoStepIsTheSameAsAnother) {
  for (const int asked : {kAutoGpuLayers, kAllGpuLayers, 0, 1, 2, 3}) {
    for (const int batch : {0, 32, 64, 300}) {
      for (const int context : {0, 100, 256, 400}) {
        const std::vector<Device> gpus = {gpu(2048, 700)};
        const auto list = placements(
            three_billion(), {.gpu_layers = asked, .context = context, .batch = batch}, gpus);
        for (std::size_t i = 0; i < list.size(); ++i) {
          EXPECT_EQ(std::count(list.begin(), list.end(), list[i]), 1);
          EXPECT_GT(list[i].batch, 0);
          EXPECT_GT(list[i].context, 0);
        }
      }
    }
  }
}

TEST(Placement, NoContextIsLongerThanTheModelWasTrainedFor) {
  ModelNeeds needs = three_billion();
  needs.trained_context = 300;
  for (const auto& placement : placements(needs, {.context = 4096}, {})) {
    EXPECT_LE(placement.context, 300);
  }
}

}  // namespace
}  // namespace emend
