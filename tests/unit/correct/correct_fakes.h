// SPDX-License-Identifier: Apache-2.0
// What tests of correction share: words with alternatives, the English word list, a scripted model.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/token.h"
#include "core/unicode.h"
#include "correct/channel.h"
#include "correct/lexicon.h"
#include "emend/document.h"
#include "emend/language_model.h"

namespace emend {

// Nats by which the recogniser holds other texts less likely, by the place of a character.
using Listed = std::map<std::size_t, std::vector<Alternative>>;

// `text` with a slot for each character: the character itself and what `listed` adds.
inline std::vector<std::vector<Alternative>> slots_of(const std::string& text,
                                                      const Listed& listed = {}) {
  std::vector<std::vector<Alternative>> slots;
  for (const char32_t c : to_code_points(text)) slots.push_back({{to_utf8(c), 0}});
  for (const auto& [place, alternatives] : listed) {
    for (const Alternative& alternative : alternatives) slots.at(place).push_back(alternative);
  }
  return slots;
}

inline Word make_word(const std::string& text, double confidence, const Listed& listed = {}) {
  Word word;
  word.readings = {{text, confidence, slots_of(text, listed)}};
  word.kind = classify(text);
  return word;
}

inline Line make_line(std::vector<Word> words) {
  Line line;
  line.words = std::move(words);
  return line;
}

inline Page make_page(std::vector<Line> lines) {
  Page page;
  page.number = 1;
  page.lines = std::move(lines);
  return page;
}

inline const Lexicon& english() {
  static const Lexicon lexicon = [] {
    auto opened = Lexicon::open(std::vector<std::string>{"eng"});
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return opened ? std::move(*opened) : Lexicon();
  }();
  return lexicon;
}

// Does what the test says.
class ScriptedModel final : public LanguageModel {
 public:
  using Scores = Result<std::vector<std::vector<double>>>;
  using Script = std::function<Scores(std::span<const ScoreRequest>)>;

  explicit ScriptedModel(Script script) : script_(std::move(script)) {}

  Scores score(std::span<const ScoreRequest> requests) override {
    calls += 1;
    places += requests.size();
    return script_(requests);
  }
  std::string name() const override { return "scripted"; }
  std::string hash() const override { return "0"; }

  int calls = 0;
  std::size_t places = 0;

 private:
  Script script_;
};

// Scores each candidate by a function of it alone.
inline ScriptedModel::Script by_candidate(std::function<double(const std::string&)> value) {
  return [value = std::move(value)](std::span<const ScoreRequest> requests) {
    std::vector<std::vector<double>> scores;
    for (const ScoreRequest& request : requests) {
      std::vector<double>& row = scores.emplace_back();
      for (const std::string& candidate : request.candidates) row.push_back(value(candidate));
    }
    return ScriptedModel::Scores(scores);
  };
}

}  // namespace emend
