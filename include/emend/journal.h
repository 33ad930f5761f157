// SPDX-License-Identifier: Apache-2.0
// Jobs that were stopped or killed before they were done, and what is kept of them.
//
// With Job::journal, run() keeps every page on disk as soon as it has been recognised, and removes
// all of them when the job is done. The same job, run again, takes those pages from there, so that
// they are not read twice, and its result is what it would have been without an interruption.
//
// A page is taken only when the bytes of its input, the options that decide how it is read, the
// recogniser and emend itself are the same as then. A journal holds the text of somebody's
// documents: only its owner can read it. One that nobody has touched for 30 days is removed when
// another is begun.
//
//   const auto jobs = emend::unfinished_jobs();
//   for (const emend::UnfinishedJob& job : jobs) {
//     std::cout << job.inputs.front() << ": " << job.pages << " pages are read\n";
//   }
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace emend {

struct UnfinishedJob {
  std::filesystem::path file;       // its journal; removing it forgets the job
  std::vector<std::string> inputs;  // Job::inputs
  std::vector<std::string> words;   // Job::journal_words
  std::filesystem::path directory;  // where it was run, which relative names refer to
  std::int64_t pages = 0;           // read so far
  std::uintmax_t bytes = 0;
  bool is_running = false;  // some process is at it
};

// $XDG_STATE_HOME/emend/journals, or the same in ~/.local/state; empty when neither is known.
[[nodiscard]] std::filesystem::path default_journal_folder();

// Those with a journal in `folder` (empty = the default), the one that was at work last first.
// Never fails: what is no journal is left out.
[[nodiscard]] std::vector<UnfinishedJob> unfinished_jobs(const std::filesystem::path& folder = {});

}  // namespace emend
