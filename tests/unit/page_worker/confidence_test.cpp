// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/confidence.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

const WordTraits kTraits[] = {
    {.in_dictionary = true}, {}, {.number_pattern = true, .has_digit = true}, {.has_digit = true}};

TEST(Confidence, IsAProbabilityThatNeverFalls) {
  for (const WordTraits& traits : kTraits) {
    double before = 0;
    for (double figure = -10; figure <= 110; figure += 0.25) {
      const double now = calibrated_confidence(figure, traits);
      EXPECT_GE(now, before) << figure;
      EXPECT_GT(now, 0.0);
      EXPECT_LT(now, 1.0);
      before = now;
    }
  }
}

TEST(Confidence, ReachesItsHighestWhereTesseractsScaleEnds) {
  EXPECT_GT(calibrated_confidence(96.9, {.in_dictionary = true}), 0.99);
  EXPECT_GT(calibrated_confidence(93.3, {}), 0.95);  // the most that an unknown word can have
}

TEST(Confidence, MeansLessForDigitsThatFormNoNumber) {
  EXPECT_LT(calibrated_confidence(80, {.has_digit = true}),
            calibrated_confidence(80, {.in_dictionary = true}));
}

TEST(Confidence, MeetsTheTableAtItsKnots) {
  EXPECT_DOUBLE_EQ(calibrated_confidence(0, {.in_dictionary = true}), 0.159);
  EXPECT_DOUBLE_EQ(calibrated_confidence(97, {.in_dictionary = true}), 0.998);
  EXPECT_DOUBLE_EQ(calibrated_confidence(50, {}), 0.355);
}

}  // namespace
}  // namespace emend
