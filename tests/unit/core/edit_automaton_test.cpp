// SPDX-License-Identifier: Apache-2.0
#include "core/edit_automaton.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace emend {
namespace {

std::vector<bool> unlocked(const std::string& draft) {
  return std::vector<bool>(draft.size(), false);
}

std::size_t full_distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> table(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      table[i][j] = std::min({table[i - 1][j] + 1, table[i][j - 1] + 1,
                              table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
    }
  }
  return table[a.size()][b.size()];
}

TEST(EditAutomaton, CountsAsTheWholeTableDoes) {
  std::mt19937 random(5);
  for (int i = 0; i < 3000; ++i) {
    const auto any = [&](std::size_t most) {
      std::string text(random() % (most + 1), 'a');
      for (char& c : text) c = static_cast<char>('a' + random() % 3);
      return text;
    };
    const std::string draft = any(12);
    const std::string text = any(10);
    const std::size_t start = random() % (draft.size() + 1);
    const std::size_t most = random() % 6;
    const std::vector<bool> locked = unlocked(draft);
    EditAutomaton automaton(draft, locked, start, {.most_changes = most});
    const bool alive = automaton.write(text);
    std::size_t least = most + 1;
    for (std::size_t end = start; end <= draft.size(); ++end) {
      const std::size_t truth = full_distance(text, draft.substr(start, end - start));
      ASSERT_EQ(automaton.changes_at(end), std::min(truth, most + 1)) << draft << " " << text;
      least = std::min(least, truth);
    }
    ASSERT_EQ(alive, least <= most);
  }
}

TEST(EditAutomaton, ALockedByteOnlyMatches) {
  const std::string draft = "to 12x for";
  std::vector<bool> locked = unlocked(draft);
  std::fill(locked.begin() + 3, locked.begin() + 6, true);
  const auto allows = [&](const std::string& text) {
    EditAutomaton automaton(draft, locked, 0, {.most_changes = 4});
    return automaton.write(text) && automaton.changes_at(draft.size()) <= 4;
  };
  EXPECT_TRUE(allows("to 12x for"));
  EXPECT_TRUE(allows("ta 12x four"));
  EXPECT_FALSE(allows("to 12y for"));
  EXPECT_FALSE(allows("to 12 for"));
  EXPECT_FALSE(allows("to 12xx for"));
  EXPECT_FALSE(allows("to a12x for")) << "nothing is written next to it";
  EXPECT_FALSE(allows("to for"));
}

TEST(EditAutomaton, DigitsAndNewlinesNeitherComeNorGo) {
  const std::string draft = "a1b\ncd";
  const std::vector<bool> locked = unlocked(draft);
  const auto allows = [&](const std::string& text, bool keeps_form) {
    EditAutomaton automaton(draft, locked, 0, {.most_changes = 3, .keeps_form = keeps_form});
    return automaton.write(text) && automaton.changes_at(draft.size()) <= 3;
  };
  for (const char* text :
       {"a2b\ncd", "ab\ncd", "a1b cd", "a1bcd", "a1b\n\ncd", "a1b\nc7d", "alb\ncd"}) {
    EXPECT_FALSE(allows(text, true)) << text;
    EXPECT_TRUE(allows(text, false)) << text;
  }
  EXPECT_TRUE(allows("x1y\ncde", true));
}

}  // namespace
}  // namespace emend
