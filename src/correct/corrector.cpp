// SPDX-License-Identifier: Apache-2.0
#include "correct/corrector.h"

#include <cmath>
#include <utility>

#include "core/token.h"
#include "correct/page_pass.h"
#include "correct/vocabulary.h"

namespace emend {

namespace {

constexpr std::size_t kShortestOwnWord = 3;  // bytes; shorter ones are near everything

// Proposes by the recogniser, the look of letters, the document and the word list.
class OwnProposer final : public Proposer {
 public:
  explicit OwnProposer(std::size_t max_candidates) { options_.max_candidates = max_candidates; }

  std::vector<Candidate> propose(const Suspect& suspect, const KnownWords& known) override {
    return emend::propose(suspect, known, options_);
  }

 private:
  ProposeOptions options_;
};

Result<void> check(const CorrectOptions& options, const CorrectionSources& sources) {
  const auto wrong = [](const char* what) { return fail(ErrorCode::invalid_argument, what); };
  if (!std::isfinite(options.margin) || options.margin < 0) return wrong("margin is below 0");
  if (!(options.keep_confidence >= 0 && options.keep_confidence <= 1)) {
    return wrong("keep_confidence is not between 0 and 1");
  }
  if (options.max_candidates < 1 || options.max_candidates > 64) {
    return wrong("max_candidates is not between 1 and 64");
  }
  if (!(sources.slow_weight >= 0 && sources.slow_weight <= 1)) {
    return wrong("slow_weight is not between 0 and 1");
  }
  if (sources.lexicon == nullptr || sources.fast == nullptr) {
    return wrong("correction needs a lexicon and a model");
  }
  return {};
}

void gather_words(const Page& page, double sure, Vocabulary& vocabulary) {
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      if (word.confidence() < sure || is_locked(word.text())) continue;
      const std::string_view core = strip_outer(word.text()).core;
      if (core.size() >= kShortestOwnWord) vocabulary.add(core);
    }
  }
}

// `corrected` with the noise of `recognised` back in its places.
Page with_noise(Page corrected, const Page& recognised) {
  std::vector<Line> lines;
  std::vector<std::size_t> new_index;
  for (const Line& line : recognised.lines) {
    if (line.is_noise) {
      lines.push_back(line);
      continue;
    }
    Line& own = corrected.lines.at(new_index.size());
    own.starts_block = line.starts_block;
    new_index.push_back(lines.size());
    lines.push_back(std::move(own));
  }
  for (Edit& edit : corrected.edits) edit.line = new_index.at(edit.line);
  corrected.lines = std::move(lines);
  return corrected;
}

}  // namespace

struct Corrector::State {
  CorrectOptions options;
  CorrectionSources sources;
  PassSettings settings;
  OwnProposer proposer;
  Vocabulary vocabulary;
};

Result<Corrector> Corrector::create(const CorrectOptions& options,
                                    const CorrectionSources& sources) {
  if (auto checked = check(options, sources); !checked) return tl::unexpected(checked.error());
  PassSettings settings;
  settings.suspect.keep_confidence = options.keep_confidence;
  settings.margin = options.margin;
  settings.numbers = options.numbers;
  settings.prompt = options.prompt;
  settings.slow_weight = sources.slow_weight;
  settings.slow_is_extra = sources.slow_is_extra;
  settings.languages = sources.languages;
  return create_with(settings, options, sources);
}

Result<Corrector> Corrector::create_with(const PassSettings& settings,
                                         const CorrectOptions& options,
                                         const CorrectionSources& sources) {
  if (auto checked = check(options, sources); !checked) return tl::unexpected(checked.error());
  std::unique_ptr<State> state(
      new State{options, sources, settings, OwnProposer(options.max_candidates), {}});
  return Corrector(std::move(state));
}

Corrector::Corrector(std::unique_ptr<State> state) : state_(std::move(state)) {}
Corrector::Corrector(Corrector&&) noexcept = default;
Corrector& Corrector::operator=(Corrector&&) noexcept = default;
Corrector::~Corrector() = default;

Page Corrector::correct(const Page& recognised, const std::stop_token& stop) {
  State& state = *state_;
  const Page print = without_noise(recognised);
  gather_words(print, state.settings.suspect.keep_confidence, state.vocabulary);
  const CorrectionSources& from = state.sources;
  const KnownWords known(*from.lexicon, state.vocabulary);
  PassSources usual{known, state.proposer, *from.fast, from.slow, from.rewriter};
  if (from.own == nullptr && from.domain == nullptr) {
    return with_noise(correct_page(print, usual, state.settings, stop), recognised);
  }
  usual.rewriter = nullptr;  // it proposes nothing for words with a digit inside
  const KnownWords all_known(*from.lexicon, state.vocabulary, from.own);
  LanguageModel& fast = from.domain != nullptr ? *from.domain : *from.fast;
  const PassSources own{all_known, state.proposer, fast, from.slow, from.rewriter, &usual};
  return with_noise(correct_page(print, own, state.settings, stop), recognised);
}

void Corrector::set_prompt(std::string prompt) {
  state_->settings.prompt = std::move(prompt);
}

void Corrector::reset() {
  state_->vocabulary.clear();
}

}  // namespace emend
