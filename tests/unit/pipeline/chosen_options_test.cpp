// SPDX-License-Identifier: Apache-2.0
#include "pipeline/chosen_options.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "emend/option_table.h"

namespace emend {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> found;
  for (std::string word; in >> word;) found.push_back(word);
  return found;
}

TEST(ChosenOptions, OfAnUntouchedJobAreNone) {
  EXPECT_EQ(chosen_options({}), "");
}

TEST(ChosenOptions, GiveTheSameJobAgainByTheNamesOfTheOptionTable) {
  Job job;
  job.read.pdf_dpi = 200;
  job.read.turn_upright = false;
  job.read.skip_steps = {"grey", "upright"};
  job.read.alternatives = false;
  job.read.max_pixels = 7;
  job.correct.margin = 2.5;
  job.correct.keep_confidence = 0.75;
  job.correct.max_candidates = 3;
  job.model.context = 512;
  Job again;
  for (const std::string& word : words(chosen_options(job))) {
    const std::size_t equals = word.find('=');
    ASSERT_NE(equals, std::string::npos) << word;
    const auto set = set_option(again, word.substr(0, equals), word.substr(equals + 1));
    EXPECT_TRUE(set) << word << ": " << set.error().message;
  }
  EXPECT_EQ(chosen_options(again), chosen_options(job));
  EXPECT_EQ(words(chosen_options(job)).size(), 9U);
}

TEST(ChosenOptions, NameEachSegmentation) {
  for (const char* mode : {"automatic", "single_column", "single_block", "sparse"}) {
    Job job;
    ASSERT_TRUE(set_option(job, "segmentation", mode));
    EXPECT_EQ(chosen_options(job), "segmentation=" + std::string(mode));
  }
}

TEST(ChosenOptions, TellOfPromptsAndFilesWhichTheyWereAndNotWhatIsInThem) {
  Job job;
  job.correct.prompt = "Mind the roses.";
  job.correct.words = "names of mine.txt";
  const std::string digest(64, 'a');
  const std::string told = chosen_options(job, {.words = digest, .domain = digest});
  EXPECT_EQ(told.find("roses"), std::string::npos);
  EXPECT_EQ(told.find("names"), std::string::npos);
  const std::string start(16, 'a');
  EXPECT_NE(told.find("words=sha256:" + start + " domain=sha256:" + start), std::string::npos)
      << told;
}

TEST(ChosenOptions, LeaveOutWhatChangesNoResultAndThePassword) {
  Job job;
  job.read.password = "secret";
  job.read.jobs = 3;
  job.read.worker_memory_mib = 100;
  job.model.threads = 1;
  EXPECT_EQ(chosen_options(job), "");
}

}  // namespace
}  // namespace emend
