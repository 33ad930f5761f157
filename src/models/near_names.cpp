// SPDX-License-Identifier: Apache-2.0
#include "models/near_names.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"

namespace emend {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

std::vector<std::string> near_names(std::string_view wanted,
                                    const std::vector<std::string>& candidates,
                                    std::size_t at_most) {
  const std::string name = ascii::lowered(wanted);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(name, ascii::lowered(candidate));
    // Further than a third of the letters away, the likeness is chance.
    if (distance <= std::max(name.size(), candidate.size()) / 3 + 1) {
      ranked.emplace_back(distance, candidate);
    }
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> names;
  for (auto& [distance, candidate] : ranked) {
    if (names.size() == at_most) break;
    if (std::find(names.begin(), names.end(), candidate) == names.end()) {
      names.push_back(std::move(candidate));
    }
  }
  return names;
}

std::string enumerated(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace emend
