// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/ctc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

namespace emend {
namespace {

LogProbabilities random_probabilities(std::size_t steps, std::size_t classes, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<float> scores;
  for (std::size_t i = 0; i < steps * classes; ++i) {
    scores.push_back(static_cast<float>(generator() % 1000) / 200.0F);
  }
  return ln_softmax(steps, classes, scores);
}

Labels spelled(const Labels& path) {
  Labels labels;
  std::size_t before = 0;
  for (const std::size_t label : path) {
    if (label != 0 && label != before) labels.push_back(label);
    before = label;
  }
  return labels;
}

// The probability of every text, by going through all paths one by one.
std::map<Labels, double> all_texts(const LogProbabilities& probabilities) {
  std::map<Labels, double> texts;
  Labels path(probabilities.steps, 0);
  for (;;) {
    double ln = 0;
    for (std::size_t step = 0; step < path.size(); ++step) {
      ln += static_cast<double>(probabilities.at(step)[path[step]]);
    }
    texts[spelled(path)] += std::exp(ln);
    std::size_t digit = 0;
    while (digit < path.size() && ++path[digit] == probabilities.classes) path[digit++] = 0;
    if (digit == path.size()) return texts;
  }
}

TEST(Ctc, LikelihoodIsThatOfAllPathsTogether) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const std::size_t steps = 1 + seed % 6;
    const std::size_t classes = 2 + seed % 3;
    const auto probabilities = random_probabilities(steps, classes, seed);
    double sum = 0;
    for (const auto& [labels, probability] : all_texts(probabilities)) {
      EXPECT_NEAR(std::exp(ln_likelihood(probabilities, labels)), probability, 1e-6);
      sum += probability;
    }
    EXPECT_NEAR(sum, 1, 1e-5);
  }
}

TEST(Ctc, WhatDoesNotFitIsImpossible) {
  const auto probabilities = random_probabilities(3, 4, 1);
  EXPECT_GT(ln_likelihood(probabilities, Labels{1, 2, 3}), kImpossible);
  EXPECT_EQ(ln_likelihood(probabilities, Labels{1, 2, 3, 1}), kImpossible);
  EXPECT_GT(ln_likelihood(probabilities, Labels{1, 1}), kImpossible);
  EXPECT_EQ(ln_likelihood(probabilities, Labels{1, 1, 2}), kImpossible);  // needs a blank
  EXPECT_EQ(ln_likelihood({}, Labels{1}), kImpossible);
  EXPECT_EQ(ln_likelihood({}, Labels{}), 0);
}

TEST(Ctc, BestPathJoinsRepeatsAndDropsBlanks) {
  const Labels path = {0, 2, 2, 0, 2, 1, 1, 3, 0};
  std::vector<float> scores;
  for (const std::size_t label : path) {
    for (std::size_t c = 0; c < 4; ++c) scores.push_back(c == label ? 5.0F : 0.0F);
  }
  const auto found = best_path(ln_softmax(path.size(), 4, scores));
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].label, 2U);
  EXPECT_EQ(found[0].first, 1U);
  EXPECT_EQ(found[0].last, 2U);
  EXPECT_EQ(found[1].label, 2U);
  EXPECT_EQ(found[1].first, 4U);
  EXPECT_EQ(found[2].label, 1U);
  EXPECT_EQ(found[3].label, 3U);
  EXPECT_TRUE(best_path({}).empty());
}

TEST(Ctc, SoftmaxOfLargeScoresStaysFinite) {
  const std::vector<float> scores = {1000, 990, -1000};
  const auto row = ln_softmax(1, 3, scores);
  EXPECT_NEAR(row.at(0)[0], -4.54e-5, 1e-4);
  EXPECT_NEAR(row.at(0)[1], -10, 1e-3);
  EXPECT_TRUE(std::isfinite(row.at(0)[2]));
}

}  // namespace
}  // namespace emend
