// SPDX-License-Identifier: Apache-2.0
#include "core/skew.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace emend {

namespace {

struct Slope {
  double value = 0;
  double weight = 0;  // pixels between the words
};

void add_slopes(const Line& line, std::vector<Slope>& slopes) {
  constexpr std::size_t kMostWords = 40;  // a line of more is none
  const std::size_t count = std::min(line.words.size(), kMostWords);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const Box& a = line.words[i].box;
      const Box& b = line.words[j].box;
      const double across = b.x + b.width / 2.0 - (a.x + a.width / 2.0);
      if (across == 0) continue;
      const double down = b.y + b.height - (a.y + a.height);
      slopes.push_back({down / across, std::abs(across)});
    }
  }
}

}  // namespace

std::optional<double> skew(const Page& page) {
  std::vector<Slope> slopes;
  for (const Line& line : page.lines) {
    if (!line.is_noise) add_slopes(line, slopes);
  }
  if (slopes.empty()) return std::nullopt;
  std::sort(slopes.begin(), slopes.end(),
            [](const Slope& a, const Slope& b) { return a.value < b.value; });
  double all = 0;
  for (const Slope& slope : slopes) all += slope.weight;
  double below = 0;
  for (const Slope& slope : slopes) {
    below += slope.weight;
    if (2 * below >= all) return std::atan(slope.value) * 180 / std::numbers::pi;
  }
  return 0.0;
}

}  // namespace emend
