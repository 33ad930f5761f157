// SPDX-License-Identifier: Apache-2.0
#include "process/limits.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "process/child.h"

namespace emend {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

json report_under(std::int64_t memory_mib) {
  auto child = Child::spawn({EMEND_TEST_CHILD, {}, {}});
  EXPECT_TRUE(child);
  auto report = child->ask({{"op", "limited"}, {"memory_mib", memory_mib}}, 30s);
  EXPECT_TRUE(report) << report.error().message;
  return report.value_or(json::object());
}

TEST(Limits, ForbidSocketsAndNewPrograms) {
  const json report = report_under(0);
  if (report.at("missing").get<std::string>().find("system calls") != std::string::npos) {
    GTEST_SKIP() << "this kernel filters no system calls";
  }
  EXPECT_EQ(report.at("socket"), EACCES);
  EXPECT_EQ(report.at("execve"), EACCES);
}

TEST(Limits, ForbidCoreDumps) {
  EXPECT_LE(report_under(0).at("core").get<int>(), 1);
}

TEST(Limits, HoldMemory) {
#ifdef EMEND_SANITIZED
  GTEST_SKIP() << "sanitizers need the whole address space";
#endif
  EXPECT_EQ(report_under(2048).at("mmap"), ENOMEM);
  EXPECT_EQ(report_under(0).at("mmap"), 0);
}

}  // namespace
}  // namespace emend
