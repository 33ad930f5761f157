// SPDX-License-Identifier: Apache-2.0
#include "correct/decision.h"

#include <algorithm>
#include <cmath>

namespace emend {

double margin_of(const Suspect& suspect, const PassSettings& settings) {
  double margin = settings.margin * weights_for(suspect).margin;
  if (suspect.doubt == Doubt::misread) {
    const auto odds = [](double p) { return std::log(p / (1 - p)); };
    margin +=
        settings.certainty * (odds(suspect.confidence) - odds(settings.suspect.keep_confidence));
  }
  return margin;
}

void choose(Decision& decision, const KnownWords& known, const PassSettings& settings) {
  const auto slack = [&](std::size_t i) {
    const Candidate& candidate = decision.candidates[i];
    return language_gain(decision.suspect, candidate, decision.gains[i], known) -
           candidate.misreading.cost - margin_of(decision.suspect, settings);
  };
  decision.best = 0;
  for (std::size_t i = 1; i < decision.candidates.size(); ++i) {
    if (slack(i) > slack(decision.best)) decision.best = i;
  }
  decision.slack = slack(decision.best);
  for (std::size_t i = 0; i < decision.candidates.size(); ++i) {
    if (i == decision.best) continue;
    decision.slack =
        std::min(decision.slack, slack(decision.best) - slack(i) - settings.clear_lead);
  }
  decision.verdict = decision.slack >= 0 ? Verdict::applied : Verdict::too_little_gain;
}

std::vector<Decision*> close_calls(std::vector<Decision>& decisions, const PassSettings& settings) {
  std::vector<Decision*> close;
  for (Decision& decision : decisions) {
    if (!decision.gains.empty() && !decision.rewritten &&
        std::abs(decision.slack) <= settings.close_call) {
      close.push_back(&decision);
    }
  }
  std::stable_sort(close.begin(), close.end(), [](const Decision* a, const Decision* b) {
    return std::abs(a->slack) < std::abs(b->slack);
  });
  if (close.size() > settings.most_close_calls) close.resize(settings.most_close_calls);
  return close;
}

}  // namespace emend
