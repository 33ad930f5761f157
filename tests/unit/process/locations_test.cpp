// SPDX-License-Identifier: Apache-2.0
#include "process/locations.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace emend {
namespace {

namespace fs = std::filesystem;

class Locations : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("emend-locations-" + std::to_string(getpid()));
    fs::create_directories(folder_ / "models");
    std::ofstream(folder_ / "emend-test-program") << "x";
    std::ofstream(folder_ / "models" / "test.ngram") << "x";
  }
  void TearDown() override {
    unsetenv("EMEND_LIBEXEC_DIR");
    unsetenv("EMEND_DATA_DIR");
    fs::remove_all(folder_);
  }

  fs::path folder_;
};

TEST_F(Locations, TheEnvironmentNamesTheFolders) {
  setenv("EMEND_LIBEXEC_DIR", folder_.c_str(), 1);
  setenv("EMEND_DATA_DIR", folder_.c_str(), 1);
  EXPECT_EQ(find_program("emend-test-program"), folder_ / "emend-test-program");
  EXPECT_EQ(find_data("models/test.ngram"), folder_ / "models/test.ngram");
}

TEST_F(Locations, WhatIsNotThereIsAMissingDependency) {
  setenv("EMEND_LIBEXEC_DIR", folder_.c_str(), 1);
  const auto program = find_program("emend-no-such-program");
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().code, ErrorCode::missing_dependency);
  EXPECT_NE(program.error().message.find(folder_.string()), std::string::npos);
  EXPECT_NE(program.error().hint.find("EMEND_LIBEXEC_DIR"), std::string::npos);
  EXPECT_EQ(find_data("models/no-such.ngram").error().code, ErrorCode::missing_dependency);
}

// The library is in <build>/lib and the test in <build>/tests, so <build> is the prefix either way.
TEST_F(Locations, TheBuildTreeIsAPrefix) {
  const fs::path prefix = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
  const fs::path program =
      prefix / "libexec/emend" / ("locations-test-" + std::to_string(getpid()));
  fs::create_directories(program.parent_path());
  std::ofstream(program) << "x";
  const auto found = find_program(program.filename().string());
  fs::remove(program);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(*found, program);
}

}  // namespace
}  // namespace emend
