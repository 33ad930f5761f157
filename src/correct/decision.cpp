// SPDX-License-Identifier: Apache-2.0
#include "correct/decision.h"

#include <algorithm>
#include <cmath>

namespace emend {

double margin_of(const Suspect& suspect, const PassSettings& settings) {
  return settings.margin * settings.weights.of(suspect).margin;
}

double gain_of(const Decision& decision, std::size_t candidate, const KnownWords& known,
               const PassSettings& settings) {
  return language_gain(decision.suspect, decision.candidates[candidate], decision.gains[candidate],
                       known, settings.weights.of(decision.suspect));
}

double cost_of(const Decision& decision, std::size_t candidate, const PassSettings& settings) {
  const Suspect& suspect = decision.suspect;
  const Misreading& misreading = decision.candidates[candidate].misreading;
  const Weights& weights = settings.weights.of(suspect);
  double against = misreading.against;
  if (suspect.doubt == Doubt::misread) {
    const auto odds = [](double p) { return std::log(p / (1 - p)); };
    against += odds(suspect.confidence) - odds(settings.suspect.keep_confidence);
  }
  return weights.channel * misreading.cost + weights.evidence * against;
}

void choose(Decision& decision, const KnownWords& known, const PassSettings& settings) {
  const auto slack = [&](std::size_t i) {
    return gain_of(decision, i, known, settings) - cost_of(decision, i, settings) -
           margin_of(decision.suspect, settings);
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
