// SPDX-License-Identifier: Apache-2.0
#include "correct/expected_gain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "correct/corrector.h"
#include "correct/page_pass.h"
#include "correct_fakes.h"

namespace emend {
namespace {

Edit edit_of(double nats, EditReason reason = EditReason::language) {
  Edit edit;
  edit.reason = reason;
  edit.evidence.language_gain = nats + 10;
  edit.evidence.channel_cost = 10;
  return edit;
}

bool is_clear(const std::vector<Edit>& edits) {
  return is_clear_gain(edits, PassSettings().clear_gain);
}

// By itself an edit has to win by a little more than the default margin asks.
TEST(ExpectedGain, OfOneSureEditIsClear) {
  EXPECT_TRUE(is_clear({edit_of(PassSettings().margin + 0.1)}));
  EXPECT_FALSE(is_clear({edit_of(PassSettings().margin)}));
}

TEST(ExpectedGain, OfOneCoinTossIsNot) {
  EXPECT_FALSE(is_clear({edit_of(0.5)}));
  EXPECT_FALSE(is_clear({edit_of(0)}));
  EXPECT_FALSE(is_clear({edit_of(-3)}));
}

TEST(ExpectedGain, OfManyLikelyOnesIsClear) {
  EXPECT_FALSE(is_clear(std::vector(2, edit_of(3))));
  EXPECT_TRUE(is_clear(std::vector(8, edit_of(3))));
  EXPECT_FALSE(is_clear(std::vector(40, edit_of(0))));
}

TEST(ExpectedGain, MindsNeitherNumbersNorWhatWasTurnedDown) {
  Edit refused = edit_of(-5);
  refused.verdict = Verdict::too_little_gain;
  const Edit number = edit_of(0, EditReason::look_alike_repair);
  EXPECT_TRUE(is_clear({refused, number}));
  EXPECT_TRUE(is_clear({}));
}

// A user who asks for edits that win by nothing gets them where many agree, and no coin toss.
TEST(ExpectedGain, APageThatIsNotClearlyBetterStaysAsItIs) {
  const auto page = make_page(
      {make_line({make_word("Please", 0.96), make_word("pay", 0.96), make_word("the", 0.96),
                  make_word("lnvoice", 0.5, {{0, {{"I", 0.1}}}}), make_word("now", 0.96)})});
  ScriptedModel eager(by_candidate(
      [](const std::string& text) -> double { return english().contains(text) ? -10 : -30; }));
  CorrectionSources sources{&english(), &eager};
  const Page corrected = Corrector::create({}, sources)->correct(page);
  EXPECT_EQ(text(corrected.lines[0]), "Please pay the Invoice now");

  // Likes it just enough to win without a margin.
  double nats = 0;
  for (const Edit& edit : corrected.edits)
    nats = edit.evidence.language_gain - edit.evidence.channel_cost;
  const double too_much = (nats - 0.5) / 0.8;
  ScriptedModel lukewarm(by_candidate(
      [&](const std::string& text) { return english().contains(text) ? -10 - too_much : -30; }));
  sources.fast = &lukewarm;
  const Page kept = Corrector::create({.margin = 0}, sources)->correct(page);
  EXPECT_EQ(text(kept), text(page));
  ASSERT_EQ(kept.edits.size(), 1U);
  EXPECT_EQ(kept.edits[0].verdict, Verdict::too_little_gain);
  EXPECT_EQ(kept.edits[0].after, "Invoice");
  ASSERT_EQ(kept.notices.size(), 1U);
  EXPECT_EQ(kept.notices[0].code, NoticeCode::gain_unclear);
  EXPECT_TRUE(corrected.notices.empty());
}

}  // namespace
}  // namespace emend
