// SPDX-License-Identifier: Apache-2.0
// examples/tutorial.cpp does what it says, with a tiny model in place of a large one.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include "fakes/tiny_gguf.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

struct Finished {
  int status = -1;
  std::string output;  // both streams
};

Finished tutorial(const std::string& arguments) {
  const std::string command = std::string(EMEND_TUTORIAL) + " " + arguments + " 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  const int status = ::pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

// The words with a digit.
std::multiset<std::string> numbers(const std::string& text) {
  std::multiset<std::string> found;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word.find_first_of("0123456789") != std::string::npos) found.insert(word);
  }
  return found;
}

class Tutorial : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("tutorial_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    ::setenv("HF_HUB_OFFLINE", "1", 1);
    ::setenv("HF_HUB_CACHE", (folder_ / "cache").c_str(), 1);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(Tutorial, ReadsAndProofreadsWithAModelThatLiesInItsFolder) {
  fakes::TinyModel::random({}, {}, 1).write(folder_ / "tiny.gguf");
  const Finished done = tutorial(std::string(EMEND_INVOICE) + " " + folder_.string());
  ASSERT_EQ(done.status, 0) << done.output;
  const std::size_t original = done.output.find("Original : ");
  const std::size_t enhanced = done.output.find("Enhanced : ");
  ASSERT_NE(original, std::string::npos) << done.output;
  ASSERT_NE(enhanced, std::string::npos) << done.output;
  const auto before = numbers(done.output.substr(original, enhanced - original));
  EXPECT_GT(before.size(), 10U) << done.output;
  EXPECT_EQ(before.size(), numbers(done.output.substr(enhanced)).size()) << done.output;
}

TEST_F(Tutorial, SaysWhatToDoWhenThereIsNoModel) {
  const Finished done = tutorial(std::string(EMEND_INVOICE) + " " + folder_.string());
  EXPECT_EQ(done.status, 7) << done.output;
  EXPECT_NE(done.output.find("Qwen/Qwen2.5-3B-Instruct-GGUF"), std::string::npos) << done.output;
  EXPECT_NE(done.output.find(folder_.string()), std::string::npos) << done.output;
}

TEST_F(Tutorial, SaysWhichFileIsNotThere) {
  const Finished done = tutorial((folder_ / "nowhere.png").string() + " " + folder_.string());
  EXPECT_EQ(done.status, 4) << done.output;
  EXPECT_NE(done.output.find("nowhere.png"), std::string::npos) << done.output;
}

}  // namespace
}  // namespace emend
