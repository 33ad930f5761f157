// SPDX-License-Identifier: Apache-2.0
#include "core/natural_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace emend {
namespace {

TEST(NaturalOrder, IsThatOfPeople) {
  const std::vector<std::string> wanted = {
      "",    "1.png", "01.png", "2.png",      "10.png",     "99999999999999999999999999.png",
      "a",   "a/1/z", "a/2/b",  "a/10/a",     "A 1",        "a 1",
      "b",   "page1", "page1a", "Page 2.png", "page09.png", "page10.png",
      "\xff"};
  std::vector<std::string> names = wanted;
  std::sort(names.begin(), names.end(), comes_before);
  std::vector<std::string> again(names.rbegin(), names.rend());
  std::sort(again.begin(), again.end(), comes_before);
  EXPECT_EQ(names, again);
  const auto place = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) - names.begin();
  };
  EXPECT_LT(place("2.png"), place("10.png"));
  EXPECT_LT(place("10.png"), place("99999999999999999999999999.png"));
  EXPECT_LT(place("a/2/b"), place("a/10/a"));
  EXPECT_LT(place("a/10/a"), place("a 1"));
  EXPECT_LT(place("page09.png"), place("page10.png"));
  EXPECT_LT(place("page1"), place("page1a"));
}

TEST(NaturalOrder, NothingComesBeforeItself) {
  for (const char* name : {"", "a", "01", "page10.png"}) EXPECT_FALSE(comes_before(name, name));
  EXPECT_NE(comes_before("01", "1"), comes_before("1", "01"));
}

}  // namespace
}  // namespace emend
