// SPDX-License-Identifier: Apache-2.0
#include "pipeline/memory_plan.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

MemoryPlan plan(const ReadOptions& options, const Machine& machine) {
  auto planned = plan_memory(options, machine);
  EXPECT_TRUE(planned) << planned.error().message;
  return planned.value_or(MemoryPlan{});
}

TEST(MemoryPlan, OneWorkerForEachCore) {
  const MemoryPlan planned = plan({}, {8, 64 << 10});
  EXPECT_EQ(planned.workers, 8);
  EXPECT_EQ(planned.worker_memory_mib, ReadOptions{}.worker_memory_mib);
  EXPECT_EQ(planned.message, "");
}

TEST(MemoryPlan, WhatIsAskedForIsDone) {
  ReadOptions options;
  options.jobs = 3;
  EXPECT_EQ(plan(options, {8, 512}).workers, 3);
}

TEST(MemoryPlan, ASmallMachineHasFewerWorkersAndThatIsSaid) {
  const MemoryPlan planned = plan({}, {16, 1024});
  EXPECT_LT(planned.workers, 5);
  EXPECT_GE(planned.workers, 2);
  EXPECT_NE(planned.message, "");
  EXPECT_EQ(plan({}, {16, 64}).workers, 1);
}

TEST(MemoryPlan, AnUnknownSizeIsNoLimit) {
  EXPECT_EQ(plan({}, {4, 0}).workers, 4);
}

TEST(MemoryPlan, AllLimitsTogetherStayWithinTheBound) {
  for (int bound = 512; bound < 20'000; bound += 97) {
    for (const int jobs : {0, 1, 4, 64}) {
      ReadOptions options;
      options.max_memory_mib = bound;
      options.jobs = jobs;
      const MemoryPlan planned = plan(options, {8, 64 << 10});
      EXPECT_GE(planned.workers, 1);
      EXPECT_LE(planned.workers, jobs > 0 ? jobs : 8);
      EXPECT_LT(planned.workers * planned.worker_memory_mib, bound);
      EXPECT_GE(planned.worker_memory_mib, 384);
      EXPECT_NE(planned.message, "");
    }
  }
}

TEST(MemoryPlan, TheLimitOfAWorkerStillHolds) {
  ReadOptions options;
  options.max_memory_mib = 100'000;
  options.worker_memory_mib = 1000;
  EXPECT_EQ(plan(options, {4, 0}).worker_memory_mib, 1000);
}

TEST(MemoryPlan, ABoundThatLeavesTooLittleIsRefusedWithTheLeastThatWillDo) {
  ReadOptions options;
  options.max_memory_mib = 100;
  const auto refused = plan_memory(options, {4, 0});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
  EXPECT_NE(refused.error().hint.find("at least"), std::string::npos);
}

}  // namespace
}  // namespace emend
