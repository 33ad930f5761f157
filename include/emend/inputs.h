// SPDX-License-Identifier: Apache-2.0
// What a user names - files, folders, patterns, archives, lists - as the inputs of a job.
//
//   emend::Job job;
//   const auto found = emend::find_inputs({"scans", "march.zip", "letters/*.pdf"});
//   for (const emend::FoundInput& file : found.files) job.inputs.push_back(file.path);
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "emend/run.h"

namespace emend {

// Which files of folders and archives are wanted. Patterns are those of a shell, * ? [a-z], letters
// regardless of their size: one without a slash is about the name of a file or folder, one with a
// slash about the path within what was named.
struct InputRules {
  std::vector<std::string> include;  // empty = all
  std::vector<std::string> exclude;  // stronger than include; a folder is left out as a whole
};

struct FoundInput {
  std::string path;  // for Job::inputs; of a member of an archive "scans.zip/march/1.png"
  // Where its results belong in a folder for results: its path from the folder or archive that was
  // named on ("scans/march/1.png"), of a file named by itself its own name.
  std::string name;
};

struct FoundInputs {
  std::vector<FoundInput> files;  // as they were named, and within a folder in natural order
  // Not read because they are no documents; files named by themselves are never among them.
  std::vector<std::string> skipped;
  // What could not be looked into, or was not there: the place is in the message.
  std::vector<Error> errors;
  bool is_one_file = false;  // a single file was named by itself, and nothing else
};

// - A folder stands for the documents in it and below, told by their content. Hidden files are left
//   out, links are followed, a folder is visited once however many links lead to it.
// - A name that is not there and has * ? or [ is a pattern; ** stands for any number of folders.
// - A ZIP archive is a folder (opened by a page worker, whose limits are in `read`); an archive named *.cbz is one document.
// - "https://..." and "http://..." are documents on the web, which are fetched when they are read.
// - "-" is standard input. A file that is found again under the same path is left out.
[[nodiscard]] FoundInputs find_inputs(const std::vector<std::string>& words,
                                      const InputRules& rules = {}, const ReadOptions& read = {},
                                      const std::stop_token& stop = {});

// The names in the file `path` ("-" is standard input), one on each line; parted by NUL when there
// is one in it. Fails with not_found, io_failed, limit_exceeded or cancelled.
[[nodiscard]] Result<std::vector<std::string>> read_input_list(const std::string& path,
                                                               const std::stop_token& stop = {});

}  // namespace emend
