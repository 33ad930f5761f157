// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "emend/evaluate.h"

namespace emend {
namespace {

Evaluation evaluation_of(const std::vector<EvaluationSample>& samples,
                         const EvaluationOptions& options = {}) {
  Evaluator evaluator(options);
  for (const EvaluationSample& sample : samples) EXPECT_TRUE(evaluator.add(sample));
  return evaluator.result();
}

std::vector<EvaluationSample> some() {
  return {{"good", "total 12.50", "tota1 12.50", "total 12.50"},
          {"same", "a line of text", "a line oftext", "a line oftext"},
          {"bad", "pay 100 <now>", "pay 100 <now>", "pay 700 <nov>"},
          {"none", "as it is", "as it is", "as it is"}};
}

TEST(Evaluator, CountsDocuments) {
  const Evaluation result = evaluation_of(some());
  EXPECT_EQ(result.documents, 4U);
  EXPECT_EQ(result.better, 1U);
  EXPECT_EQ(result.same, 2U);
  EXPECT_EQ(result.worse, 1U);
  EXPECT_EQ(result.worse_by_words, 1U);
  EXPECT_EQ(result.total.harm(), 1U);
  EXPECT_EQ(result.total.words().fixed, 1U);
}

TEST(Evaluator, KeepsTheWorst) {
  const Evaluation result = evaluation_of(some(), {.worst = 2});
  ASSERT_EQ(result.worst.size(), 2U);
  EXPECT_EQ(result.worst[0].id, "bad");
  EXPECT_EQ(result.worst[1].id, "same");
}

TEST(Evaluator, IntervalsHoldTheValueAndComeFromTheSeed) {
  std::vector<EvaluationSample> many;
  for (int i = 0; i < 30; ++i) {
    for (EvaluationSample sample : some()) {
      sample.before += std::string(static_cast<std::size_t>(i % 5), 'x');
      many.push_back(sample);
    }
  }
  const Evaluation one = evaluation_of(many);
  const Evaluation again = evaluation_of(many);
  const Evaluation other = evaluation_of(many, {.seed = 2});
  EXPECT_EQ(to_json(one), to_json(again));
  EXPECT_NE(one.before[0].low, other.before[0].low);
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    EXPECT_LE(one.before[i].low, one.before[i].value);
    EXPECT_GE(one.before[i].high, one.before[i].value);
    EXPECT_NEAR(one.difference[i].value, one.after[i].value - one.before[i].value, 1e-12);
  }
  EXPECT_LT(one.before[0].low, one.before[0].high);
}

TEST(Evaluator, OfNothing) {
  const Evaluation none = evaluation_of({});
  EXPECT_EQ(none.documents, 0U);
  EXPECT_FALSE(to_text(none).empty());
  EXPECT_TRUE(nlohmann::json::accept(to_json(none)));
}

TEST(Report, TextNamesWhatWasBroken) {
  const std::string text = to_text(evaluation_of(some()));
  EXPECT_NE(text.find("bad: quantity broken: 100 -> 700"), std::string::npos) << text;
  EXPECT_NE(text.find("1 document better, 2 the same, 1 worse"), std::string::npos) << text;
  const std::string clean = to_text(evaluation_of({some().front()}));
  EXPECT_NE(clean.find("Nothing that was right was broken"), std::string::npos) << clean;
}

TEST(Report, JsonHasCountsAndChanges) {
  const auto json = nlohmann::json::parse(to_json(evaluation_of(some())));
  EXPECT_EQ(json.at("documents"), 4);
  EXPECT_EQ(json.at("tokens").at("quantity").at("broken"), 1);
  EXPECT_EQ(json.at("by_document").at(2).at("changes").at(0).at("after"), "700");
  EXPECT_EQ(json.at("harm"), 1);
}

TEST(Report, HtmlShowsTheWorstAndRunsNothing) {
  const std::string html = to_html(evaluation_of(some()));
  EXPECT_NE(html.find("<h2>bad</h2>"), std::string::npos);
  EXPECT_NE(html.find("&lt;no<mark>v</mark>&gt;"), std::string::npos) << html;
  EXPECT_EQ(html.find("<now>"), std::string::npos) << "text of the page is data";
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("http:"), std::string::npos);
}

}  // namespace
}  // namespace emend
