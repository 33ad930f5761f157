// SPDX-License-Identifier: Apache-2.0
#include "emend/option_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <string>

namespace emend {
namespace {

bool refuses(std::string_view name, std::string_view text) {
  Job job;
  const auto set = set_option(job, name, text);
  return !set && set.error().code == ErrorCode::invalid_argument &&
         set.error().message.find(name) != std::string::npos;
}

TEST(OptionTable, NamesAndFlagsAreUnique) {
  std::set<std::string> seen;
  for (const Option& option : options()) {
    EXPECT_TRUE(seen.insert(option.name).second) << option.name;
    EXPECT_TRUE(option.flags.empty() || seen.insert(option.flags).second) << option.flags;
    EXPECT_FALSE(option.help.empty()) << option.name;
  }
}

TEST(OptionTable, ADefaultCanBeSetAndIsInItsRange) {
  for (const Option& option : options()) {
    Job job;
    EXPECT_TRUE(option.fallback.empty() || option.set(job, option.fallback)) << option.name;
    EXPECT_TRUE(check_options(job)) << option.name;
    if (!option.range) continue;
    EXPECT_EQ(option.number(job), option.number(Job{})) << option.name;
  }
}

TEST(OptionTable, BothEndsOfARangeAreAllowedAndNothingBeyond) {
  for (const Option& option : options()) {
    if (!option.range) continue;
    const auto least = static_cast<std::int64_t>(option.range->least);
    const auto most = static_cast<std::int64_t>(option.range->most);
    Job job;
    EXPECT_TRUE(option.set(job, std::to_string(least))) << option.name;
    EXPECT_TRUE(refuses(option.name, std::to_string(least - 1)));
    if (option.range->most < 1e12) {
      EXPECT_TRUE(option.set(job, std::to_string(most)));
      EXPECT_TRUE(refuses(option.name, std::to_string(most + 1)));
    }
    for (const char* text : {"", "x", "1x", " 1", "1 ", "nan", "0x10"}) {
      EXPECT_TRUE(refuses(option.name, text)) << option.name << " " << text;
    }
  }
}

TEST(OptionTable, TextBecomesWhatItMeans) {
  Job job;
  EXPECT_TRUE(set_option(job, "languages", "eng+deu"));
  EXPECT_EQ(job.read.languages, (std::vector<std::string>{"eng", "deu"}));
  EXPECT_TRUE(set_option(job, "pages", "1-3,7"));
  EXPECT_EQ(job.read.pages.size(), 2U);
  EXPECT_TRUE(set_option(job, "segmentation", "6"));
  EXPECT_EQ(job.read.segmentation, Segmentation::single_block);
  EXPECT_TRUE(set_option(job, "quality", "best"));
  EXPECT_EQ(job.read.quality, Quality::best);
  EXPECT_TRUE(set_option(job, "keep_noise", "true"));
  EXPECT_TRUE(job.read.keep_noise);
  EXPECT_TRUE(set_option(job, "gpu_layers", "all"));
  EXPECT_EQ(job.model.gpu_layers, kAllGpuLayers);
  EXPECT_TRUE(set_option(job, "offline", "true"));
  EXPECT_TRUE(job.model.store.offline);
  EXPECT_TRUE(set_option(job, "margin", "2.5"));
  EXPECT_EQ(job.correct.margin, 2.5);
  EXPECT_TRUE(set_option(job, "keep_steps", "a b"));
  EXPECT_EQ(job.keep_steps, "a b");
}

TEST(OptionTable, APromptComesAsTextFromAFileOrFromAProfile) {
  Job job;
  EXPECT_TRUE(set_option(job, "prompt", "Mind the roses."));
  EXPECT_EQ(job.correct.prompt, "Mind the roses.");
  for (const char* profile : {"general", "financial", "medical", "legal"}) {
    EXPECT_TRUE(set_option(job, "profile", profile));
    EXPECT_EQ(job.correct.prompt, *prompt_of_profile(profile));
  }
  EXPECT_FALSE(set_option(job, "profile", "poetic"));
  const auto path = std::filesystem::path(::testing::TempDir()) / "option_table_prompt.txt";
  std::ofstream(path) << "From a file.\n";
  EXPECT_TRUE(set_option(job, "prompt_file", path.string()));
  EXPECT_EQ(job.correct.prompt, "From a file.\n");
  std::ofstream(path) << "\xFF";
  EXPECT_TRUE(refuses("prompt_file", path.string()));
  std::filesystem::remove(path);
  EXPECT_TRUE(refuses("prompt_file", path.string()));
  EXPECT_EQ(job.correct.prompt, "From a file.\n") << "what is refused changes nothing";
}

TEST(OptionTable, WhatHasNoMeaningIsRefusedAndChangesNothing) {
  EXPECT_TRUE(refuses("no_such_option", "1"));
  EXPECT_TRUE(refuses("languages", "eng++deu"));
  EXPECT_TRUE(refuses("segmentation", "9"));
  EXPECT_TRUE(refuses("quality", "good"));
  EXPECT_TRUE(refuses("offline", "yes"));
  Job job;
  EXPECT_FALSE(set_option(job, "pages", "3-1"));
  EXPECT_FALSE(set_option(job, "gpu_layers", "-4"));
  EXPECT_TRUE(job.read.pages.empty());
  EXPECT_EQ(job.model.gpu_layers, kAutoGpuLayers);
}

TEST(OptionTable, AJobWithANumberOutOfRangeIsFound) {
  Job job;
  job.correct.margin = std::numeric_limits<double>::quiet_NaN();
  const auto checked = check_options(job);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().message.find("margin"), std::string::npos);
}

}  // namespace
}  // namespace emend
