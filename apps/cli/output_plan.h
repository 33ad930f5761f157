// SPDX-License-Identifier: Apache-2.0
// Which result goes where, settled before any work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emend/error.h"
#include "emend/inputs.h"
#include "emend/output.h"

namespace emend::cli {

// A result of one input: empty path = standard output.
struct PlannedFile {
  Format format = Format::txt;
  std::filesystem::path path;
  bool is_provenance = false;  // not the result itself, but where it came from
};

class OutputPlan {
 public:
  // `output` is what was given with -o: a file, a folder, a pattern such as "out/{stem}.{ext}", or
  // nothing. In a folder the inputs keep the tree in which they were found. Only the result of one
  // file that was named by itself can have a name of its own. Fails with
  // invalid_argument when two results would have one name, when one is an input, or when standard
  // output cannot hold them; with io_failed when a place cannot be written. With `has_provenance` a
  // file result of a format that does not tell where it came from has a file beside it which does,
  // unless a result of the same input tells it all the same.
  [[nodiscard]] static Result<OutputPlan> make(const std::string& output,
                                               const std::vector<Format>& formats,
                                               const FoundInputs& inputs, bool has_provenance);

  // Everything goes to standard output, one document after the other.
  [[nodiscard]] bool is_standard_output() const { return files_.empty(); }
  // The results of the input that is named `source`, in the order of the formats.
  [[nodiscard]] std::vector<PlannedFile> files_for(const std::string& source) const;
  // Fails with invalid_argument for a path that is one of the inputs.
  [[nodiscard]] Result<void> is_no_input(const std::filesystem::path& path) const;

 private:
  struct InputFiles {
    std::string source;
    std::vector<PlannedFile> files;
  };
  using Identity = std::pair<std::uint64_t, std::uint64_t>;  // device and inode

  [[nodiscard]] Result<void> name_files(const std::string& pattern,
                                        const std::vector<Format>& formats,
                                        const std::vector<FoundInput>& inputs);
  void add_provenance();
  [[nodiscard]] Result<void> check() const;
  [[nodiscard]] Result<void> make_folders() const;

  std::vector<InputFiles> files_;              // for each input; empty for standard output
  std::map<std::string, std::size_t> places_;  // of a source in files_
  std::set<Identity> inputs_;
};

}  // namespace emend::cli
