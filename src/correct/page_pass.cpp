// SPDX-License-Identifier: Apache-2.0
#include "correct/page_pass.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "core/token.h"
#include "core/unicode.h"
#include "correct/apply_edits.h"
#include "correct/context.h"
#include "correct/decision.h"
#include "correct/expected_gain.h"
#include "correct/number_pass.h"
#include "correct/rewrite_pass.h"
#include "correct/verify.h"

namespace emend {

namespace {

constexpr std::size_t kQuotedBytes = 40;  // of a line that a notice is about

class PagePass {
 public:
  PagePass(NumberPass numbers, const PassSources& sources, const PassSettings& settings)
      : page_(std::move(numbers.page)),
        sources_(sources),
        settings_(settings),
        edits_(std::move(numbers.edits)) {
    for (const Line& line : page_.lines) {
      std::vector<std::string>& words = texts_.emplace_back();
      for (const Word& word : line.words) words.push_back(word.text());
    }
    recognised_texts_ = texts_;
    for (const Edit& edit : edits_) {
      if (edit.verdict == Verdict::applied) texts_[edit.line][edit.words.first] = edit.after;
    }
  }

  // Both are false when `stop` was requested on the way. The first one has nothing to do on most
  // pages: those without a word with a digit inside.
  [[nodiscard]] bool correct_words_with_digits(const std::stop_token& stop);
  [[nodiscard]] bool correct_words(const std::stop_token& stop);
  // What the other one made of words with a digit inside stands, and nothing else of it.
  void take_words_with_digits(PagePass other);
  void verify_lines();
  [[nodiscard]] Page finished() &&;

 private:
  [[nodiscard]] std::optional<Decision> prepared(const Suspect& suspect) const;
  [[nodiscard]] Verdict verdict_on(const Suspect& suspect, const Candidate& candidate) const;
  [[nodiscard]] bool gather_rewrites(const std::stop_token& stop);
  [[nodiscard]] std::vector<Suspect> suspects(const Page& current) const;
  [[nodiscard]] std::vector<Candidate> proposed_for(const Suspect& suspect) const;
  void mix_in_rewrite(Decision& decision) const;
  [[nodiscard]] Place place_of(const Decision& decision) const;
  void ask_fast_model(Decision& decision);
  void ask_slow_model(std::vector<Decision>& decisions);
  void decide_anew(Decision& decision, const std::vector<double>& slow_gains);
  void stand(const Decision& decision);
  void stand_as_read(const Decision& decision);
  void weigh_page();
  void record(const Decision& decision);
  [[nodiscard]] Edit edit_at(std::size_t line, std::size_t word) const;
  void note(NoticeCode code, const std::string& message);
  void note_model_failure(const std::string& message);
  void note_slow_failure(const std::string& message);

  Page page_;
  const PassSources& sources_;
  const PassSettings& settings_;
  std::vector<std::vector<std::string>> recognised_texts_;
  std::vector<std::vector<std::string>> texts_;  // as they stand now
  std::vector<Edit> edits_;
  bool are_digits_settled_ = false;
  std::size_t settled_ = 0;  // edits that another pass has decided, the first ones
  std::vector<WordProposal> rewrites_;
  bool fast_model_failed_ = false;
  bool told_model_failure_ = false;
};

std::string whole(const Suspect& suspect, const std::string& core) {
  return suspect.lead + core + suspect.trail;
}

Edit PagePass::edit_at(std::size_t line, std::size_t word) const {
  Edit edit;
  edit.page = page_.number;
  edit.line = line;
  edit.words = {word, 1};
  edit.box = page_.lines[line].words[word].box;
  edit.before = recognised_texts_[line][word];
  return edit;
}

// The rules, and what the user lets become of numbers.
Verdict PagePass::verdict_on(const Suspect& suspect, const Candidate& candidate) const {
  const Verdict verdict = check_rules(suspect, candidate, sources_.known);
  const bool is_of_number = candidate.reason != EditReason::language;
  if (verdict != Verdict::applied || !is_of_number) return verdict;
  if (settings_.numbers == NumberMode::repair) return verdict;
  return settings_.numbers == NumberMode::flag ? Verdict::flagged : Verdict::locked;
}

std::optional<Decision> PagePass::prepared(const Suspect& suspect) const {
  Decision decision{.suspect = suspect};
  std::vector<Candidate> proposed = proposed_for(suspect);
  std::optional<Verdict> first_objection;
  for (const Candidate& candidate : proposed) {
    const Verdict verdict = verdict_on(suspect, candidate);
    if (verdict == Verdict::applied) {
      decision.candidates.push_back(candidate);
    } else if (!first_objection) {
      first_objection = verdict;
    }
  }
  if (!decision.candidates.empty()) return decision;
  if (!first_objection) return std::nullopt;
  decision.candidates.push_back(proposed.front());
  decision.verdict = *first_objection;
  return decision;
}

// False when the page cannot be corrected for want of an answer.
bool PagePass::gather_rewrites(const std::stop_token& stop) {
  if (sources_.rewriter == nullptr || settings_.prompt.empty()) return true;
  PassSources ranking = sources_;
  ranking.slow = nullptr;
  ranking.rewriter = nullptr;
  const auto likely = likely_words(correct_page(page_, ranking, settings_, stop));
  auto rewrites = ask_to_rewrite(*sources_.rewriter, settings_.prompt, texts_, likely, stop);
  if (!rewrites) note_model_failure(rewrites.error().message);
  if (rewrites) rewrites_ = std::move(*rewrites);
  return rewrites.has_value();
}

// A model that follows a prompt may doubt a known word that was read only fairly; then the
// recogniser has to bear it out.
std::vector<Suspect> PagePass::suspects(const Page& current) const {
  SuspectOptions options = settings_.suspect;
  if (!rewrites_.empty()) {
    options.fair_confidence = std::max(options.fair_confidence, options.keep_confidence);
  }
  std::vector<Suspect> found = find_suspects(current, sources_.known, options);
  std::erase_if(found, [&](const Suspect& suspect) {
    if (suspect.doubt == Doubt::damaged) return are_digits_settled_;
    return suspect.doubt == Doubt::unsure &&
           suspect.confidence >= settings_.suspect.fair_confidence &&
           proposal_for(suspect, rewrites_) == nullptr;
  });
  return found;
}

std::vector<Candidate> PagePass::proposed_for(const Suspect& suspect) const {
  std::vector<Candidate> proposed = sources_.proposer.propose(suspect, sources_.known);
  const WordProposal* rewrite = proposal_for(suspect, rewrites_);
  const auto core = rewrite == nullptr ? std::nullopt : core_of(*rewrite, suspect);
  if (!core) return proposed;
  for (const Candidate& candidate : proposed) {
    if (candidate.core == *core) return proposed;
  }
  if (auto own = founded(suspect, *core, sources_.known, {})) proposed.push_back(std::move(*own));
  return proposed;
}

// As a slow model's gain, but that a second model had the same idea never speaks against it.
void PagePass::mix_in_rewrite(Decision& decision) const {
  const WordProposal* rewrite = proposal_for(decision.suspect, rewrites_);
  const auto core = rewrite == nullptr ? std::nullopt : core_of(*rewrite, decision.suspect);
  for (std::size_t i = 0; core && i < decision.candidates.size(); ++i) {
    if (decision.candidates[i].core != *core) continue;
    double& gain = decision.gains[i];
    const double both = mixed({rewrite->gain}, {gain}, settings_.slow_weight).front();
    gain = rewrite->gain > 0 ? std::max(gain, both) : both;
    decision.rewritten = i;
  }
}

Place PagePass::place_of(const Decision& decision) const {
  Place place = place_in(texts_, decision.suspect, settings_.bytes_before, settings_.bytes_after);
  // Of a page in several languages it is not known which one a line is in.
  const std::string& languages = page_.languages.empty() ? settings_.languages : page_.languages;
  if (!languages.empty() && languages.find('+') == std::string::npos) place.about = {languages};
  for (const Candidate& candidate : decision.candidates) place.candidates.push_back(candidate.core);
  return place;
}

void PagePass::ask_fast_model(Decision& decision) {
  if (fast_model_failed_) return;
  const Place place = place_of(decision);
  const auto answers = rank(sources_.fast, std::span(&place, 1));
  if (!answers) {
    fast_model_failed_ = true;
    note_model_failure(answers.error().message);
    return;
  }
  if (!answers->front()) {
    note_model_failure("the model gave no usable score for a word");
    return;
  }
  decision.gains.assign(answers->front()->begin() + 1, answers->front()->end());
  mix_in_rewrite(decision);
  choose(decision, sources_.known, settings_);
}

// The slow model sees the text as the fast one would have it.
void PagePass::ask_slow_model(std::vector<Decision>& decisions) {
  const std::vector<Decision*> close = close_calls(decisions, settings_);
  if (close.empty()) return;
  std::vector<Place> places;
  places.reserve(close.size());
  for (const Decision* decision : close) places.push_back(place_of(*decision));
  const auto answers = rank(*sources_.slow, places);
  if (!answers) note_slow_failure(answers.error().message);
  for (std::size_t i = 0; i < close.size(); ++i) {
    if (answers && (*answers)[i]) {
      decide_anew(*close[i], *(*answers)[i]);
      continue;
    }
    if (answers) note_slow_failure("the model gave no usable score for a word");
    if (settings_.slow_is_extra) continue;
    close[i]->verdict = Verdict::model_failed;
    stand_as_read(*close[i]);
  }
}

void PagePass::decide_anew(Decision& decision, const std::vector<double>& slow_gains) {
  decision.gains =
      mixed({slow_gains.begin() + 1, slow_gains.end()}, decision.gains, settings_.slow_weight);
  choose(decision, sources_.known, settings_);
  stand_as_read(decision);
  stand(decision);
}

void PagePass::stand_as_read(const Decision& decision) {
  texts_[decision.suspect.line][decision.suspect.word] =
      whole(decision.suspect, decision.suspect.core);
}

void PagePass::stand(const Decision& decision) {
  if (decision.verdict != Verdict::applied) return;
  texts_[decision.suspect.line][decision.suspect.word] =
      whole(decision.suspect, decision.candidates[decision.best].core);
}

bool PagePass::correct_words_with_digits(const std::stop_token& stop) {
  const Page current = with_readings(page_, edits_);
  const std::vector<Suspect> found = suspects(current);
  const bool any = std::any_of(found.begin(), found.end(), [](const Suspect& suspect) {
    return suspect.doubt == Doubt::damaged;
  });
  return !any || correct_words(stop);
}

void PagePass::take_words_with_digits(PagePass other) {
  for (Edit& edit : other.edits_) {
    if (edit.reason != EditReason::word_repair) continue;
    if (edit.verdict == Verdict::applied) texts_[edit.line][edit.words.first] = edit.after;
    edits_.push_back(std::move(edit));
  }
  for (Notice& notice : other.page_.notices) {
    if (notice.code == NoticeCode::model_failed) page_.notices.push_back(std::move(notice));
  }
  told_model_failure_ = other.told_model_failure_;
  are_digits_settled_ = true;
  settled_ = edits_.size();
}

bool PagePass::correct_words(const std::stop_token& stop) {
  const Page current = with_readings(page_, edits_);
  if (!gather_rewrites(stop)) return !stop.stop_requested();
  std::vector<Decision> decisions;
  for (const Suspect& suspect : suspects(current)) {
    if (stop.stop_requested()) return false;
    std::optional<Decision> decision = prepared(suspect);
    if (!decision) continue;
    if (decision->verdict == Verdict::model_failed) ask_fast_model(*decision);
    stand(*decision);
    decisions.push_back(std::move(*decision));
  }
  if (sources_.slow != nullptr) ask_slow_model(decisions);
  if (stop.stop_requested()) return false;
  for (const Decision& decision : decisions) record(decision);
  weigh_page();
  add_refused_rewrites(page_, rewrites_, edits_);
  return true;
}

// A page that is not clearly better for all of it together keeps its words.
void PagePass::weigh_page() {
  const auto undecided = std::span(edits_).subspan(settled_);
  if (is_clear_gain(undecided, settings_.clear_gain)) return;
  std::size_t kept = 0;
  for (Edit& edit : undecided) {
    if (edit.verdict != Verdict::applied || !is_word_edit(edit)) continue;
    edit.verdict = Verdict::too_little_gain;
    texts_[edit.line][edit.words.first] = edit.before;
    ++kept;
  }
  note(NoticeCode::gain_unclear,
       std::to_string(kept) + (kept == 1 ? " word stays" : " words stay") +
           " as recognised: to change all that could be better on the page is not clearly a gain");
}

// One edit per suspect word: what was applied, or what came nearest to it. A proposal that the
// language does not even prefer is not worth a reader's time.
void PagePass::record(const Decision& decision) {
  const Candidate& candidate = decision.candidates[decision.best];
  Edit edit = edit_at(decision.suspect.line, decision.suspect.word);
  edit.after = whole(decision.suspect, repaired_utf8(candidate.core));
  edit.reason = candidate.reason;
  edit.verdict = decision.verdict;
  edit.evidence.source =
      decision.rewritten == decision.best ? kRewriteSource : name(candidate.support);
  const double cost = cost_of(decision, decision.best, settings_);
  edit.evidence.channel_cost = std::isfinite(cost) ? cost : 0;
  edit.evidence.margin = margin_of(decision.suspect, settings_);
  if (!decision.gains.empty()) {
    edit.evidence.language_gain = gain_of(decision, decision.best, sources_.known, settings_);
  }
  const bool preferred = edit.evidence.language_gain > edit.evidence.channel_cost;
  if (decision.verdict == Verdict::too_little_gain && !preferred) return;
  edits_.push_back(std::move(edit));
}

void PagePass::verify_lines() {
  for (std::size_t l = 0; l < texts_.size(); ++l) {
    std::vector<Edit> applied;
    for (const Edit& edit : edits_) {
      if (edit.line == l && edit.verdict == Verdict::applied) applied.push_back(edit);
    }
    std::vector<std::vector<std::string>> readings;
    for (const Word& word : page_.lines[l].words) {
      std::vector<std::string>& texts = readings.emplace_back();
      for (const Reading& reading : word.other_readings) texts.push_back(reading.text);
    }
    const auto breach = find_breach({.before = recognised_texts_[l],
                                     .after = texts_[l],
                                     .applied = applied,
                                     .readings = readings,
                                     .numbers_stay = settings_.numbers != NumberMode::repair});
    if (!breach) continue;
    texts_[l] = recognised_texts_[l];
    const std::string raw = text(page_.lines[l]);
    for (Edit& edit : edits_) {
      if (edit.line == l && edit.verdict == Verdict::applied) edit.verdict = Verdict::reverted;
    }
    note(NoticeCode::line_reverted, "the line \"" + std::string(first_part(raw, kQuotedBytes)) +
                                        "\" is as recognised again: " + *breach);
  }
}

Page PagePass::finished() && {
  return with_edits(std::move(page_), edits_);
}

void PagePass::note(NoticeCode code, const std::string& message) {
  page_.notices.push_back({code, page_.number, message});
}

void PagePass::note_model_failure(const std::string& message) {
  if (told_model_failure_) return;
  told_model_failure_ = true;
  note(NoticeCode::model_failed,
       repaired_utf8(message) + "; the words it was asked about stay as recognised");
}

void PagePass::note_slow_failure(const std::string& message) {
  if (!settings_.slow_is_extra) return note_model_failure(message);
  if (told_model_failure_) return;
  told_model_failure_ = true;
  note(NoticeCode::model_failed,
       repaired_utf8(message) + "; close calls were decided without it, by the n-gram model alone");
}

}  // namespace

Page correct_page(const Page& recognised, const PassSources& sources, const PassSettings& settings,
                  const std::stop_token& stop) {
  NumberPass numbers = look_at_numbers(recognised, settings.numbers, settings.doubtful_confidence);
  std::optional<PagePass> first;
  if (sources.for_digits != nullptr) first.emplace(numbers, *sources.for_digits, settings);
  PagePass pass(std::move(numbers), sources, settings);
  const bool done = !first || first->correct_words_with_digits(stop);
  if (first) pass.take_words_with_digits(std::move(*first));
  if (!done || !pass.correct_words(stop)) {
    Page page = recognised;
    page.notices.push_back({NoticeCode::model_failed, page.number,
                            "correction was stopped; the text stays as recognised"});
    return page;
  }
  pass.verify_lines();
  return std::move(pass).finished();
}

}  // namespace emend
