// SPDX-License-Identifier: Apache-2.0
#include "correct/corrector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "correct_fakes.h"

namespace emend {
namespace {

// Prefers candidates that are English words by 20 nats.
double likes_english(const std::string& text) {
  return english().contains(text) ? -10 : -30;
}

Page invoice() {
  return make_page(
      {make_line({make_word("Invoic", 0.6), make_word("#", 0.9), make_word("12345", 0.9)}),
       make_line({make_word("Totol:", 0.6, {{3, {{"a", 0.5}}}}),
                  make_word("$1O0.00", 0.6, {{2, {{"0", 1}}}})})});
}

Page corrected(const Page& page, LanguageModel& fast, LanguageModel* slow = nullptr,
               const CorrectOptions& options = {}) {
  auto corrector = Corrector::create(options, {&english(), &fast, slow});
  EXPECT_TRUE(corrector);
  return corrector->correct(page);
}

// What became of the proposal for a word; "none" without one.
std::string verdict_on(const Page& page, const std::string& before) {
  const auto found = std::find_if(page.edits.begin(), page.edits.end(),
                                  [&](const Edit& edit) { return edit.before == before; });
  return found == page.edits.end() ? "none" : std::string(name(found->verdict));
}

TEST(Corrector, RepairsWordsAndNumbersAndRecordsWhy) {
  ScriptedModel model(by_candidate(likes_english));
  const Page page = corrected(invoice(), model);
  EXPECT_EQ(text(page), "Invoice # 12345\nTotal: $100.00\n");
  EXPECT_EQ(text(as_recognised(page)), text(invoice()));
  ASSERT_EQ(page.edits.size(), 3U);
  EXPECT_EQ(page.edits[0].after, "Invoice");
  EXPECT_EQ(page.edits[0].evidence.source, "dictionary");
  EXPECT_EQ(page.edits[1].evidence.source, "alternatives");
  EXPECT_GE(page.edits[1].evidence.language_gain - page.edits[1].evidence.channel_cost,
            page.edits[1].evidence.margin);
  EXPECT_EQ(page.edits[2].reason, EditReason::look_alike_repair);
  EXPECT_EQ(page.edits[2].words.first, 1U);
  EXPECT_EQ(page.lines[1].words[1].kind, WordKind::number);
  EXPECT_TRUE(page.notices.empty());
}

TEST(Corrector, LeavesNoiseAloneAndInItsPlace) {
  ScriptedModel model(by_candidate(likes_english));
  Page page = invoice();
  Line noise = make_line({make_word("Invoic", 0.4), make_word("$1O0.00", 0.4, {{2, {{"0", 1}}}})});
  noise.is_noise = true;
  page.lines.insert(page.lines.begin() + 1, noise);
  const Page done = corrected(page, model);
  EXPECT_EQ(text(done), "Invoice # 12345\nTotal: $100.00\n");
  ASSERT_EQ(done.lines.size(), 3U);
  EXPECT_EQ(done.lines[1], noise);
  EXPECT_EQ(text(as_recognised(done)), text(page));
}

TEST(Corrector, AsksNoModelAboutACleanPage) {
  ScriptedModel model(by_candidate(likes_english));
  Page page = make_page({make_line({make_word("Invoice", 0.7), make_word("Rimbunan", 0.95)})});
  EXPECT_EQ(text(corrected(page, model)), text(page));
  EXPECT_EQ(model.calls, 0);
}

TEST(Corrector, AsksNoModelAboutABlankPage) {
  ScriptedModel fast(by_candidate(likes_english));
  ScriptedModel slow(by_candidate(likes_english));
  EXPECT_EQ(corrected(make_page({}), fast, &slow), make_page({}));
  EXPECT_EQ(fast.calls + slow.calls, 0);
}

TEST(Corrector, LeavesWordsThatLanguageDoesNotPrefer) {
  ScriptedModel model(by_candidate([](const std::string& text) { return -likes_english(text); }));
  const Page page = corrected(invoice(), model);
  EXPECT_EQ(text(page), "Invoic # 12345\nTotol: $100.00\n");
}

TEST(Corrector, RefusesAChoiceBetweenEquals) {
  ScriptedModel model(by_candidate(likes_english));
  const Listed both = {{0, {{"h", 1}, {"w", 1}}}};
  const Page page = make_page({make_line({make_word("xall", 0.4, both)})});
  EXPECT_EQ(text(corrected(page, model)), "xall\n");
}

TEST(Corrector, FlagsDoubtfulNumbersAndKeepsThem) {
  ScriptedModel model(by_candidate(likes_english));
  const Page page =
      corrected(make_page({make_line({make_word("25SQ#", 0.8), make_word("12.50", 0.8),
                                      make_word("7.10", 0.2), make_word("x", 0.2)})}),
                model);
  const std::vector<Word>& words = page.lines[0].words;
  EXPECT_EQ(text(page), "25SQ# 12.50 7.10 x\n");
  EXPECT_EQ(words[0].light, Light::red);
  EXPECT_EQ(words[1].light, Light::yellow);
  EXPECT_EQ(words[2].light, Light::red);
  EXPECT_EQ(words[3].light, Light::none);
}

TEST(Corrector, KeepsEverythingWhenTheModelFails) {
  ScriptedModel model([](auto) { return fail(ErrorCode::engine_failed, "it died"); });
  const Page page = corrected(invoice(), model);
  EXPECT_EQ(text(page), "Invoic # 12345\nTotol: $100.00\n") << "numbers need no model";
  EXPECT_EQ(model.calls, 1) << "a dead model is not asked again";
  ASSERT_EQ(page.notices.size(), 1U);
  EXPECT_EQ(page.notices[0].code, NoticeCode::model_failed);
  EXPECT_NE(page.notices[0].message.find("it died"), std::string::npos);
  EXPECT_EQ(verdict_on(page, "Invoic"), "model_failed");
}

TEST(Corrector, KeepsAWordThatTheModelScoredBadly) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  ScriptedModel model(by_candidate(
      [&](const std::string& text) { return text == "Invoice" ? nan : likes_english(text); }));
  const Page page = corrected(invoice(), model);
  EXPECT_EQ(text(page), "Invoic # 12345\nTotal: $100.00\n");
  EXPECT_EQ(page.notices.size(), 1U);
}

TEST(Corrector, AsksTheSlowModelAboutCloseCallsOnly) {
  const Page clear = invoice();
  ScriptedModel sure(by_candidate([](const std::string& text) { return 5 * likes_english(text); }));
  ScriptedModel slow(by_candidate([](const std::string& text) { return 2 * likes_english(text); }));
  (void)corrected(clear, sure, &slow);
  EXPECT_EQ(slow.calls, 0);

  const auto unsure = [](const std::string& text) { return 0.75 * likes_english(text); };
  ScriptedModel fast(by_candidate(unsure));
  const Page alone = corrected(clear, fast);
  ASSERT_EQ(verdict_on(alone, "Invoic"), "too_little_gain");
  const Page both = corrected(clear, fast, &slow);
  EXPECT_EQ(slow.calls, 1) << "one batch";
  EXPECT_EQ(verdict_on(both, "Invoic"), "applied");
}

TEST(Corrector, KeepsCloseCallsWhenTheSlowModelFails) {
  ScriptedModel fast(by_candidate(
      [](const std::string& text) { return text == "Total" ? 0 : 0.75 * likes_english(text); }));
  ScriptedModel slow([](auto) { return fail(ErrorCode::engine_failed, "killed"); });
  const Page page = corrected(invoice(), fast, &slow);
  EXPECT_EQ(text(page), "Invoic # 12345\nTotal: $100.00\n");
  EXPECT_EQ(verdict_on(page, "Invoic"), "model_failed");
  EXPECT_EQ(page.notices.size(), 1U);
}

TEST(Corrector, DecidesCloseCallsWithoutAnExtraModelThatFails) {
  ScriptedModel fast(
      by_candidate([](const std::string& text) { return 0.9 * likes_english(text); }));
  const Page alone = corrected(invoice(), fast);
  ASSERT_EQ(verdict_on(alone, "Invoic"), "applied");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& script :
       {ScriptedModel::Script([](auto) { return fail(ErrorCode::engine_failed, "killed"); }),
        by_candidate([&](const std::string&) { return nan; })}) {
    ScriptedModel slow(script);
    auto corrector = Corrector::create(
        {}, {.lexicon = &english(), .fast = &fast, .slow = &slow, .slow_is_extra = true});
    ASSERT_TRUE(corrector);
    const Page page = corrector->correct(invoice());
    EXPECT_EQ(slow.calls, 1);
    EXPECT_EQ(page.lines, alone.lines);
    EXPECT_EQ(page.edits, alone.edits);
    ASSERT_EQ(page.notices.size(), 1U);
    EXPECT_EQ(page.notices[0].code, NoticeCode::model_failed);
  }
}

TEST(Corrector, WeighsTheSlowModelAsItIsTold) {
  ScriptedModel fast(
      by_candidate([](const std::string& text) { return 0.75 * likes_english(text); }));
  ScriptedModel slow(by_candidate([](const std::string& text) { return 2 * likes_english(text); }));
  const auto verdict = [&](double weight) {
    auto corrector = Corrector::create(
        {}, {.lexicon = &english(), .fast = &fast, .slow = &slow, .slow_weight = weight});
    EXPECT_TRUE(corrector);
    return verdict_on(corrector->correct(invoice()), "Invoic");
  };
  EXPECT_EQ(verdict(0), "too_little_gain");
  EXPECT_EQ(verdict(1), "applied");
  EXPECT_FALSE(Corrector::create({}, {.lexicon = &english(), .fast = &fast, .slow_weight = 1.5}));
}

TEST(Corrector, TellsModelsTheLanguageOfThePage) {
  std::vector<std::string> about;
  ScriptedModel model([&](std::span<const ScoreRequest> requests) {
    about = requests[0].about;
    return by_candidate(likes_english)(requests);
  });
  auto corrector =
      Corrector::create({}, {.lexicon = &english(), .fast = &model, .languages = "eng"});
  ASSERT_TRUE(corrector);
  Page page = invoice();
  (void)corrector->correct(page);
  EXPECT_EQ(about, std::vector<std::string>{"eng"});
  page.languages = "deu";
  (void)corrector->correct(page);
  EXPECT_EQ(about, std::vector<std::string>{"deu"}) << "what the page says of itself comes first";
  page.languages = "deu+fra";
  (void)corrector->correct(page);
  EXPECT_TRUE(about.empty()) << "it is not known which of them a line is in";
}

TEST(Corrector, SeesWhatItCorrectedToTheLeft) {
  std::string before;
  ScriptedModel model([&](std::span<const ScoreRequest> requests) {
    before = requests[0].before;
    return by_candidate(likes_english)(requests);
  });
  (void)corrected(invoice(), model);
  EXPECT_EQ(before, "Invoice # 12345\n");
}

TEST(Corrector, RemembersTheWordsOfEarlierPages) {
  ScriptedModel model(
      by_candidate([](const std::string& text) { return text == "Rimbunan" ? -10.0 : -30.0; }));
  auto corrector = Corrector::create({}, {&english(), &model});
  ASSERT_TRUE(corrector);
  const Page first = make_page({make_line({make_word("Rimbunan", 0.95)})});
  const Page second = make_page({make_line({make_word("Rimounan", 0.6)})});
  EXPECT_EQ(text(corrector->correct(second)), "Rimounan\n");
  (void)corrector->correct(first);
  EXPECT_EQ(text(corrector->correct(second)), "Rimbunan\n");
  corrector->reset();
  EXPECT_EQ(text(corrector->correct(second)), "Rimounan\n");
}

TEST(Corrector, GivesThePageBackWhenStopped) {
  ScriptedModel model(by_candidate(likes_english));
  auto corrector = Corrector::create({}, {&english(), &model});
  std::stop_source stop;
  stop.request_stop();
  const Page page = corrector->correct(invoice(), stop.get_token());
  EXPECT_EQ(text(page), text(invoice()));
  EXPECT_TRUE(page.edits.empty());
  EXPECT_EQ(page.notices.size(), 1U);
}

TEST(Corrector, RefusesOptionsOutOfRange) {
  ScriptedModel model(by_candidate(likes_english));
  const CorrectionSources sources{&english(), &model};
  EXPECT_FALSE(Corrector::create({.margin = -1}, sources));
  EXPECT_FALSE(Corrector::create({.margin = std::numeric_limits<double>::quiet_NaN()}, sources));
  EXPECT_FALSE(Corrector::create({.keep_confidence = 1.5}, sources));
  EXPECT_FALSE(Corrector::create({.max_candidates = 0}, sources));
  EXPECT_FALSE(Corrector::create({}, {nullptr, &model}));
  const auto no_model = Corrector::create({}, {&english(), nullptr});
  ASSERT_FALSE(no_model);
  EXPECT_EQ(no_model.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace emend
