// SPDX-License-Identifier: Apache-2.0
#include "core/alignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace emend {
namespace {

std::vector<std::uint32_t> symbols(const std::u32string& text) {
  return {text.begin(), text.end()};
}

// The table as the textbook has it; `wall` makes replacing a space cost two.
std::size_t by_table(const std::u32string& a, const std::u32string& b, bool wall) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t> next(row.size(), i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      if (wall && (a[i - 1] == U' ') != (b[j - 1] == U' ')) cost = 2;
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + cost});
    }
    row = next;
  }
  return row.back();
}

std::u32string random_text(std::mt19937& random, std::size_t length, std::u32string_view letters) {
  std::u32string text;
  for (std::size_t i = 0; i < length; ++i) text += letters[random() % letters.size()];
  return text;
}

std::u32string damaged(std::u32string text, std::mt19937& random, std::size_t edits) {
  for (std::size_t i = 0; i < edits; ++i) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    switch (random() % 3) {
      case 0:
        text.insert(at, 1, U'x');
        break;
      case 1:
        if (!text.empty()) text.erase(at, 1);
        break;
      default:
        if (!text.empty()) text[at] = U' ';
    }
  }
  return text;
}

TEST(EditDistance, IsThatOfTheTable) {
  std::mt19937 random(7);
  for (int i = 0; i < 600; ++i) {
    const auto a = random_text(random, random() % 200, U"ab c");
    const auto b = i % 2 == 0 ? random_text(random, random() % 200, U"ab c")
                              : damaged(a, random, random() % 20);
    ASSERT_EQ(edit_distance(a, b), by_table(a, b, false)) << i;
    ASSERT_EQ(edit_distance_by_bits(symbols(a), symbols(b)), by_table(a, b, false)) << i;
  }
}

TEST(EditDistance, OfFrequentAndRareSymbolsInManyBlocks) {
  std::mt19937 random(8);
  std::u32string alphabet = U"eeeeeeeeeeee ";
  for (char32_t c = U'A'; c < U'A' + 500; ++c) alphabet += c;
  for (int i = 0; i < 20; ++i) {
    const auto a = random_text(random, 500 + random() % 300, alphabet);
    const auto b = random_text(random, 500 + random() % 300, alphabet);
    ASSERT_EQ(edit_distance(a, b), by_table(a, b, false)) << i;
  }
}

TEST(EditDistance, OfNothing) {
  EXPECT_EQ(edit_distance(std::u32string_view(), U"abc"), 3);
  EXPECT_EQ(edit_distance(U"abc", std::u32string_view()), 3);
  EXPECT_EQ(edit_distance(std::u32string_view(), std::u32string_view()), 0);
}

// What the alignment says, as a number of edits.
std::size_t cost_of(const Alignment& alignment, const std::u32string& a, const std::u32string& b) {
  std::size_t cost = 0;
  std::size_t done = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto [begin, end] = alignment.span(i, i + 1);
    EXPECT_GE(begin, done);
    EXPECT_LE(end, b.size());
    cost += begin - done;
    if (begin == end) {
      ++cost;
    } else {
      EXPECT_EQ(a[i] == U' ', b[begin] == U' ') << "a space for a letter";
      cost += a[i] == b[begin] ? 0 : 1;
    }
    done = end;
  }
  return cost + b.size() - done;
}

TEST(Alignment, IsACheapestOneThatKeepsSpacesApart) {
  std::mt19937 random(9);
  for (int i = 0; i < 600; ++i) {
    const auto a = random_text(random, random() % 120, U"ab cd ");
    const auto b = i % 2 == 0 ? random_text(random, random() % 120, U"ab cd ")
                              : damaged(a, random, random() % 20);
    ASSERT_EQ(cost_of(Alignment(a, b), a, b), by_table(a, b, true)) << i;
  }
}

// More edits than one block of fronts.
TEST(Alignment, OfTextsThatDifferInHundredsOfPlaces) {
  std::mt19937 random(10);
  for (int i = 0; i < 4; ++i) {
    const auto a = random_text(random, 900 + random() % 200, U"abcd ");
    const auto b = random_text(random, 900 + random() % 400, U"cdef ");
    ASSERT_GT(by_table(a, b, true), 520U);
    ASSERT_EQ(cost_of(Alignment(a, b), a, b), by_table(a, b, true)) << i;
  }
}

std::u32string found(const std::u32string& a, const std::u32string& b, const std::u32string& part) {
  const std::size_t begin = a.find(part);
  const auto [from, to] = Alignment(a, b).span(begin, begin + part.size());
  return b.substr(from, to - from);
}

TEST(Alignment, FindsWords) {
  EXPECT_EQ(found(U"the total is 5", U"the tota1 is 5", U"total"), U"tota1");
  EXPECT_EQ(found(U"pay 100 now", U"pay I100 now", U"100"), U"100");
  EXPECT_EQ(found(U"one two three", U"one three", U"two"), U"");
  EXPECT_EQ(found(U"ab cd", U"abxcd", U"ab"), U"ab");
}

}  // namespace
}  // namespace emend
