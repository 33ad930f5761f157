// SPDX-License-Identifier: Apache-2.0
#include "correct/rank.h"

#include <gtest/gtest.h>

#include <limits>

#include "correct_fakes.h"

namespace emend {
namespace {

const std::vector<Place> kPlaces = {{"", {"a", "bb", "ccc"}, ""}, {"x", {"d", "ee"}, "y"}};

TEST(Rank, GivesGainsOverTheFirstCandidate) {
  ScriptedModel model(by_candidate(
      [](const std::string& text) { return -5.0 * static_cast<double>(text.size()); }));
  const auto gains = rank(model, kPlaces);
  ASSERT_TRUE(gains);
  EXPECT_EQ((*gains)[0], (std::vector<double>{0, -5, -10}));
  EXPECT_EQ((*gains)[1], (std::vector<double>{0, -5}));
  EXPECT_EQ(model.calls, 1);
}

TEST(Rank, AsksNothingAboutNothing) {
  ScriptedModel model(by_candidate([](const std::string&) { return 0; }));
  EXPECT_TRUE(rank(model, {})->empty());
  EXPECT_EQ(model.calls, 0);
}

TEST(Rank, TakesNoUnusableScores) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  const double most = std::numeric_limits<double>::max();
  for (const auto& bad : std::vector<std::vector<double>>{{},
                                                          {1},
                                                          {1, 2},
                                                          {1, 2, 3, 4},
                                                          {nan, 0, 0},
                                                          {0, nan, 0},
                                                          {0, 0, inf},
                                                          {-inf, 0, 0},
                                                          {-most, most, 0}}) {
    ScriptedModel model([&](auto) { return std::vector<std::vector<double>>{bad, {0, 1}}; });
    const auto gains = rank(model, kPlaces);
    ASSERT_TRUE(gains);
    EXPECT_FALSE((*gains)[0]);
    EXPECT_TRUE((*gains)[1]) << "the other place stands";
  }
}

TEST(Rank, FailsAsTheModelFails) {
  ScriptedModel failing([](auto) { return fail(ErrorCode::engine_failed, "it died"); });
  EXPECT_EQ(rank(failing, kPlaces).error().message, "it died");
  ScriptedModel short_answer([](auto) { return std::vector<std::vector<double>>{{0, 0, 0}}; });
  EXPECT_EQ(rank(short_answer, kPlaces).error().code, ErrorCode::engine_failed);
}

TEST(Rank, MixesByWeight) {
  EXPECT_EQ(mixed({4, 8}, {0, 4}, 0.25), (std::vector<double>{1, 5}));
}

TEST(Rank, CutsContextsBetweenCharacters) {
  EXPECT_EQ(last_part("abc", 10), "abc");
  EXPECT_EQ(last_part("abc", 2), "bc");
  EXPECT_EQ(last_part("a\u20ACb", 3), "b");
  EXPECT_EQ(first_part("a\u20ACb", 3), "a");
  EXPECT_EQ(first_part("a\u20ACb", 4), "a\u20AC");
  EXPECT_EQ(first_part("", 4), "");
}

}  // namespace
}  // namespace emend
