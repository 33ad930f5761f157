// SPDX-License-Identifier: Apache-2.0
// The stages of correction put together for one page.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/rewriting.h"
#include "correct/judge.h"
#include "correct/known_words.h"
#include "correct/propose.h"
#include "correct/rank.h"
#include "correct/suspect.h"
#include "emend/document.h"
#include "emend/language_model.h"
#include "emend/options.h"

namespace emend {

struct PassSettings {
  SuspectOptions suspect;
  FittedWeights weights;
  double margin = 4;                 // nats
  double clear_gain = 1;             // standard deviations by which a page must be expected to gain
  double doubtful_confidence = 0.5;  // numbers read less surely are flagged
  NumberMode numbers = NumberMode::repair;
  double clear_lead = 1;              // nats by which the best candidate must lead the second
  double close_call = 4;              // a total this near its margin is put to the slow model
  std::size_t most_close_calls = 40;  // of a page; the closest ones
  double slow_weight = 0.5;           // of the slow model in the mix
  bool slow_is_extra = false;         // as CorrectionSources::slow_is_extra
  std::string languages;              // as CorrectionSources::languages
  std::size_t bytes_before = 160;     // of context for the models
  std::size_t bytes_after = 32;
  std::string prompt;  // for the rewriter; without one it is not asked
};

// Borrowed for the time of one pass.
struct PassSources {
  const KnownWords& known;
  Proposer& proposer;
  LanguageModel& fast;
  LanguageModel* slow = nullptr;
  Rewriter* rewriter = nullptr;
  // Asked in place of these about words with a digit inside, which are decided first; null = these
  // are asked about them too. So what the user brought along changes nothing that has a digit.
  const PassSources* for_digits = nullptr;
};

// The page with its corrections: see Corrector::correct.
[[nodiscard]] Page correct_page(const Page& recognised, const PassSources& sources,
                                const PassSettings& settings, const std::stop_token& stop);

}  // namespace emend
