// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <utility>

#include "emend/evaluate.h"
#include "evaluate/bootstrap.h"

namespace emend {

namespace {

// The worst first: harmed numbers, then harmed words, then what correction made worse, then what is
// bad to begin with.
auto badness(const DocumentScore& score) {
  const auto grown = static_cast<std::ptrdiff_t>(score.after.character_errors) -
                     static_cast<std::ptrdiff_t>(score.before.character_errors);
  return std::tuple(score.harm(), score.words().broken, grown, rate(score.after, Rate::cer));
}

}  // namespace

Result<void> Evaluator::add(const EvaluationSample& sample) {
  auto scored = score(sample, options_);
  if (!scored) return tl::unexpected(std::move(scored.error()));
  const auto place = std::upper_bound(worst_.begin(), worst_.end(), *scored,
                                      [](const DocumentScore& one, const Case& other) {
                                        return badness(one) > badness(other.score);
                                      });
  if (static_cast<std::size_t>(place - worst_.begin()) < options_.worst) {
    worst_.insert(place, {*scored, sample});
    if (worst_.size() > options_.worst) worst_.pop_back();
  }
  scores_.push_back(std::move(*scored));
  return {};
}

Evaluation Evaluator::result() const {
  Evaluation result;
  result.options = options_;
  result.documents = scores_.size();
  result.by_document = scores_;
  for (const DocumentScore& score : scores_) {
    const std::size_t before = score.before.character_errors;
    const std::size_t after = score.after.character_errors;
    result.better += after < before ? 1 : 0;
    result.same += after == before ? 1 : 0;
    result.worse += after > before ? 1 : 0;
    result.worse_by_words += score.after.word_errors > score.before.word_errors + 1 ? 1 : 0;
    result.total.before += score.before;
    result.total.after += score.after;
    for (std::size_t kind = 0; kind < kTokenKinds; ++kind) {
      result.total.tokens.at(kind) += score.tokens.at(kind);
    }
    result.total.changes.insert(result.total.changes.end(), score.changes.begin(),
                                score.changes.end());
  }
  for (const Case& one : worst_) result.worst.push_back(one.sample);
  estimate_rates(result);
  return result;
}

}  // namespace emend
