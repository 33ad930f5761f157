// SPDX-License-Identifier: Apache-2.0
#include "correct/context.h"

namespace emend {

Place place_in(const std::vector<std::vector<std::string>>& lines, const Suspect& suspect,
               std::size_t bytes_before, std::size_t bytes_after) {
  const std::vector<std::string>& words = lines[suspect.line];
  std::string before;
  if (suspect.line > 0) {
    for (const std::string& word : lines[suspect.line - 1]) before += word + ' ';
    if (!before.empty()) before.back() = '\n';
  }
  for (std::size_t w = 0; w < suspect.word; ++w) before += words[w] + ' ';
  before += suspect.lead;
  std::string after = suspect.trail;
  for (std::size_t w = suspect.word + 1; w < words.size(); ++w) after += ' ' + words[w];
  after += '\n';
  return {std::string(last_part(before, bytes_before)),
          {suspect.core},
          std::string(first_part(after, bytes_after)),
          {}};
}

}  // namespace emend
