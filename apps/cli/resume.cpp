// SPDX-License-Identifier: Apache-2.0
// emend --resume: the command of the job that was stopped last.
#include <algorithm>
#include <string>
#include <system_error>
#include <vector>

#include "cli/command_line.h"
#include "cli/console.h"
#include "emend/journal.h"

namespace emend::cli {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

CommandLine parsed(std::vector<std::string> words) {
  words.insert(words.begin(), "emend");
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  return parse_command_line(static_cast<int>(pointers.size()), pointers.data());
}

}  // namespace

Result<CommandLine> resumed_command(const ReadCommand& command) {
  const auto jobs = unfinished_jobs(command.job.journal_folder);
  const auto job =
      std::find_if(jobs.begin(), jobs.end(), [](const auto& each) { return !each.is_running; });
  if (job == jobs.end()) {
    return fail(ErrorCode::not_found, "there is no unfinished job to go on with",
                "emend FILE... -o OUT begins one; emend doctor lists them");
  }
  if (job->words.empty()) {
    return fail(ErrorCode::invalid_argument,
                "the command of the unfinished job for " + joined(job->inputs) +
                    " is not kept, since it had a password",
                "give the same command again, or remove " + job->file.string());
  }
  std::error_code problem;
  std::filesystem::current_path(job->directory, problem);
  if (problem)
    return fail(ErrorCode::io_failed, job->directory.string() + ": " + problem.message());
  if (!command.quiet) {
    Console(true).warn("in " + job->directory.string() + ": emend " + joined(job->words));
  }
  return parsed(job->words);
}

}  // namespace emend::cli
