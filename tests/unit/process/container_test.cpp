// SPDX-License-Identifier: Apache-2.0
#include "process/container.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace emend {
namespace {

namespace fs = std::filesystem;

class ContainerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) / ("groups_" + std::to_string(::getpid()));
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const fs::path& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text << '\n';
  }
  [[nodiscard]] ContainerLimits limits() const { return container_limits(root_, root_ / "self"); }

  fs::path root_;
};

TEST_F(ContainerTest, WithoutGroupsThereIsNoLimit) {
  EXPECT_EQ(limits(), ContainerLimits{});
}

TEST_F(ContainerTest, MaxIsNoLimit) {
  write("self", "0::/a");
  write("a/memory.max", "max");
  write("a/cpu.max", "max 100000");
  EXPECT_EQ(limits(), ContainerLimits{});
}

TEST_F(ContainerTest, TheTightestGroupAboveCounts) {
  write("self", "0::/a/b");
  write("a/memory.max", "1073741824");
  write("a/b/memory.max", "2147483648");
  write("a/cpu.max", "400000 100000");
  write("a/b/cpu.max", "150000 100000");
  EXPECT_EQ(limits(), (ContainerLimits{1024, 1.5}));
}

TEST_F(ContainerTest, InAContainerTheFilesAreAtTheRoot) {
  write("self", "0::/docker/1234");
  write("memory.max", "536870912");
  EXPECT_EQ(limits(), (ContainerLimits{512, 0}));
}

TEST_F(ContainerTest, VersionOneIsUnderstood) {
  write("self", "4:memory:/x\n3:cpu,cpuacct:/x");
  write("memory/memory.limit_in_bytes", "268435456");
  write("cpu/cpu.cfs_quota_us", "50000");
  write("cpu/cpu.cfs_period_us", "100000");
  EXPECT_EQ(limits(), (ContainerLimits{256, 0.5}));
  write("memory/memory.limit_in_bytes", "9223372036854771712");
  write("cpu/cpu.cfs_quota_us", "-1");
  EXPECT_EQ(limits(), ContainerLimits{});
}

TEST_F(ContainerTest, AProcessHasACoreAtLeast) {
  EXPECT_GE(usable_cores(), 1);
}

}  // namespace
}  // namespace emend
