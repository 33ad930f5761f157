// SPDX-License-Identifier: Apache-2.0
// The result as JSON: docs/evaluation.schema.json.
#include <nlohmann/json.hpp>

#include "core/unicode.h"
#include "emend/evaluate.h"

namespace emend {

namespace {

using Json = nlohmann::ordered_json;

Json form(const TextScore& score) {
  return {{"characters", score.characters},
          {"character_errors", score.character_errors},
          {"lenient_characters", score.lenient_characters},
          {"lenient_errors", score.lenient_errors},
          {"words", score.words},
          {"word_errors", score.word_errors},
          {"text_words", score.text_words},
          {"words_found", score.words_found},
          {"numbers", score.numbers},
          {"numbers_right", score.numbers_right}};
}

Json form(const FateCounts& counts) {
  return {{"tokens", counts.tokens},
          {"right_before", counts.right_before},
          {"right_after", counts.right_after},
          {"fixed", counts.fixed},
          {"broken", counts.broken},
          {"changed_wrong", counts.changed_wrong},
          {"lost", counts.lost},
          {"invented", counts.invented}};
}

Json form(const std::array<FateCounts, kTokenKinds>& tokens) {
  Json out = Json::object();
  for (std::size_t i = 0; i < kTokenKinds; ++i) {
    out[std::string(name(static_cast<TokenKind>(i)))] = form(tokens.at(i));
  }
  return out;
}

Json form(const std::vector<TokenChange>& changes) {
  Json out = Json::array();
  for (const TokenChange& change : changes) {
    out.push_back({{"fate", name(change.fate)},
                   {"kind", name(change.kind)},
                   {"truth", change.truth},
                   {"before", change.before},
                   {"after", change.after}});
  }
  return out;
}

Json form(const std::array<Estimate, kRates.size()>& estimates) {
  Json out = Json::object();
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    const Estimate& one = estimates.at(i);
    out[std::string(name(kRates.at(i)))] = {
        {"value", one.value}, {"low", one.low}, {"high", one.high}};
  }
  return out;
}

Json form(const std::optional<double>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

std::string to_json(const Evaluation& evaluation) {
  const FateCounts all = evaluation.total.all();
  Json out = {{"version", 1},
              {"documents", evaluation.documents},
              {"better", evaluation.better},
              {"same", evaluation.same},
              {"worse", evaluation.worse},
              {"worse_by_words", evaluation.worse_by_words},
              {"rates",
               {{"before", form(evaluation.before)},
                {"after", form(evaluation.after)},
                {"difference", form(evaluation.difference)}}},
              {"before", form(evaluation.total.before)},
              {"after", form(evaluation.total.after)},
              {"tokens", form(evaluation.total.tokens)},
              {"edit_precision", form(edit_precision(all))},
              {"edit_recall", form(edit_recall(all))},
              {"harm", evaluation.total.harm()},
              {"options",
               {{"ignore_case", evaluation.options.ignore_case},
                {"resamples", evaluation.options.resamples},
                {"seed", evaluation.options.seed}}},
              {"by_document", Json::array()}};
  for (const DocumentScore& document : evaluation.by_document) {
    out["by_document"].push_back({{"id", repaired_utf8(document.id)},
                                  {"before", form(document.before)},
                                  {"after", form(document.after)},
                                  {"tokens", form(document.tokens)},
                                  {"changes", form(document.changes)}});
  }
  return out.dump(1) + '\n';
}

std::string saved(const EvaluationSample& sample) {
  const Json line = {{"id", repaired_utf8(sample.id)},
                     {"raw", repaired_utf8(sample.before)},
                     {"output", repaired_utf8(sample.after)},
                     {"truth", repaired_utf8(sample.truth)}};
  return line.dump() + '\n';
}

}  // namespace emend
