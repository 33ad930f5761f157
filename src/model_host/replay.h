// SPDX-License-Identifier: Apache-2.0
// Another system's corrections in the place of a model: what that system made of a text is what the
// model wants, and the guard decides over it as over any other (docs/eval.md, "Replay").
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/rewriting.h"
#include "emend/error.h"

namespace emend {

class Replay {
 public:
  // Lines {"raw", "output"}, one for each page or text. Fails with not_found, io_failed, and
  // unreadable_input or limit_exceeded, which tell the line.
  [[nodiscard]] static Result<Replay> load(const std::filesystem::path& jsonl);

  // Under guard as in rewrite.h. Fails with invalid_argument when there is no record that the text
  // could be of.
  [[nodiscard]] Result<Rewritten> rewrite(const RewriteRequest& request) const;

  [[nodiscard]] std::vector<Result<Rewritten>> rewrite_all(
      std::span<const RewriteRequest> requests) const;

  // What the system made of the part of a record that `text` is. Nothing was made of a text that no
  // record has.
  [[nodiscard]] Result<std::string> wanted_for(std::string_view text) const;

 private:
  struct Record {
    std::string raw;     // words parted by one space, lines by a newline
    std::string output;  // the same
  };

  [[nodiscard]] const Record* record_of(std::string_view text) const;

  std::vector<Record> records_;
  std::unordered_map<std::string, std::vector<std::size_t>> records_with_;  // a word
};

}  // namespace emend
