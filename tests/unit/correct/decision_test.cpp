// SPDX-License-Identifier: Apache-2.0
// The sum by which a candidate is accepted, and what each of its weights does.
#include "correct/decision.h"

#include <gtest/gtest.h>

#include "correct_fakes.h"

namespace emend {
namespace {

class Accepting : public testing::Test {
 protected:
  // "Totol", read by a recogniser that holds "Total" for 3 nats less likely.
  static Decision decision(double model_gain) {
    Decision decision;
    decision.suspect.core = "Totol";
    decision.suspect.confidence = 0.9;
    static const auto slots = slots_of("Totol", {{3, {{"a", 3.0}}}});
    decision.suspect.seen = {U"Totol", slots};
    Candidate total{"Total", EditReason::language, Support::alternatives, {}};
    total.misreading.cost = 7;
    total.misreading.against = 3;
    decision.candidates = {total};
    decision.gains = {model_gain};
    return decision;
  }

  [[nodiscard]] bool accepts(double model_gain, const PassSettings& settings) const {
    Decision one = decision(model_gain);
    choose(one, known_, settings);
    return one.verdict == Verdict::applied;
  }

  static PassSettings plain() {
    PassSettings settings;
    settings.weights.page = {.model = 1, .words = 0, .evidence = 1, .channel = 1, .margin = 1};
    return settings;
  }

  Vocabulary nothing_;
  KnownWords known_{english(), nothing_};
};

TEST_F(Accepting, WantsGainLessEvidenceLessCostToReachTheMargin) {
  EXPECT_TRUE(accepts(7 + 3 + 4, plain()));
  EXPECT_FALSE(accepts(7 + 3 + 3.9, plain()));
}

TEST_F(Accepting, WeighsTheRecogniserAndTheChannelApart) {
  PassSettings settings = plain();
  settings.weights.page.evidence = 2;
  EXPECT_FALSE(accepts(7 + 3 + 4, settings));
  EXPECT_TRUE(accepts(7 + 6 + 4, settings));
  settings.weights.page.channel = 0.5;
  EXPECT_TRUE(accepts(3.5 + 6 + 4, settings));
  EXPECT_FALSE(accepts(3.5 + 6 + 3.9, settings));
}

// A word that is in no language but was read surely has the recogniser against it as a whole.
TEST_F(Accepting, AsksMoreForAWordThatWasReadSurely) {
  PassSettings settings = plain();
  Decision sure = decision(7 + 3 + 4);
  sure.suspect.doubt = Doubt::misread;
  sure.suspect.confidence = settings.suspect.keep_confidence;
  choose(sure, known_, settings);
  EXPECT_EQ(sure.verdict, Verdict::applied);
  sure.suspect.confidence = 0.97;
  choose(sure, known_, settings);
  EXPECT_EQ(sure.verdict, Verdict::too_little_gain);
}

}  // namespace
}  // namespace emend
