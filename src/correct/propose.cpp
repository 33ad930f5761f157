// SPDX-License-Identifier: Apache-2.0
#include "correct/propose.h"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>
#include <utility>

#include "core/unicode.h"
#include "correct/judge.h"
#include "correct/look_alike.h"
#include "correct/number_guard.h"

namespace emend {

namespace {

constexpr std::size_t kMostSpellings = 400;   // of the lattice that are looked up
constexpr std::size_t kMostNeighbours = 12;   // of a word list
constexpr double kMostOfTwoLookAlikes = 8;    // nats for two confusions in one word
constexpr std::size_t kShortestForTwo = 5;    // code points
constexpr std::size_t kShortestForGuess = 4;  // a shorter word has too many neighbours
constexpr std::size_t kShortestForTwoEdits = 8;
constexpr std::size_t kShortestOfTwo = 6;  // the longer one of two words that ran together

constexpr Misreading kBar = {.cost = 0.5, .look_alikes = 1};  // I read as |, measured

constexpr std::array<std::string_view, 5> kSupportNames = {"alternatives", "look_alike", "split",
                                                           "document", "dictionary"};

std::size_t count(std::u32string_view text, bool (*predicate)(char32_t)) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), predicate));
}

// `word` in the case of `model`: CAPITALS, Title or as it is.
std::u32string in_case_of(std::u32string_view model, std::u32string word) {
  const std::size_t uppers = count(model, is_upper);
  if (uppers > 1 && uppers * 2 > count(model, is_letter)) {
    for (char32_t& c : word) c = upper(c);
  } else if (!model.empty() && is_upper(model.front()) && !word.empty()) {
    word.front() = upper(word.front());
  }
  return word;
}

// Every string that differs from `text` by one known confusion.
std::vector<std::pair<std::u32string, double>> folded_once(const std::u32string& text) {
  std::vector<std::pair<std::u32string, double>> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const LookAlike& pair : look_alikes_of(text[i])) {
      if (text.compare(i, pair.seen.size(), pair.seen) != 0) continue;
      std::u32string other = text.substr(0, i);
      other += pair.meant;
      other += text.substr(i + pair.seen.size());
      found.emplace_back(std::move(other), pair.cost);
    }
  }
  return found;
}

// Gathers candidates for one suspect; a reading found in several ways is kept once.
class Gathering {
 public:
  Gathering(const Suspect& suspect, const KnownWords& known, const ProposeOptions& options)
      : suspect_(suspect), known_(known), options_(options) {}

  void from_alternatives() {
    const double most = std::min(options_.max_lattice_cost, options_.max_cost);
    for (const LatticeString& spelling :
         spell_alternatives(suspect_.seen.slots, most, kMostSpellings)) {
      if (is_valid_utf8(spelling.text) && known_.contains(spelling.text)) add(spelling.text);
    }
  }

  void from_look_alikes() {
    for (const auto& [once, cost] : folded_once(suspect_.seen.text)) {
      add_if_known(once);
      if (suspect_.seen.text.size() < kShortestForTwo) continue;
      for (const auto& [twice, further_cost] : folded_once(once)) {
        if (cost + further_cost <= kMostOfTwoLookAlikes) add_if_known(twice);
      }
    }
  }

  void from_document() {
    if (suspect_.seen.text.size() < kShortestForGuess) return;
    const std::size_t distance = suspect_.seen.text.size() < kShortestForTwoEdits ? 1 : 2;
    for (const std::string& word : known_.document().similar(suspect_.core, distance)) add(word);
  }

  void from_word_list() {
    if (suspect_.seen.text.size() < kShortestForGuess) return;
    const int distance = suspect_.seen.text.size() < kShortestForTwoEdits ? 1 : 2;
    for (const Neighbour& near :
         known_.lexicon().neighbours(suspect_.core, distance, kMostNeighbours)) {
      is_known_otherwise_ =
          is_known_otherwise_ || is_same_spelled_otherwise(suspect_.core, near.word);
      add(to_utf8(in_case_of(suspect_.seen.text, to_code_points(near.word))));
    }
    if (known_.own() == nullptr) return;
    for (const std::u32string& near : known_.own()->similar(
             suspect_.core, static_cast<std::size_t>(distance), kMostNeighbours)) {
      add(to_utf8(in_case_of(suspect_.seen.text, near)));
    }
  }

  void from_splits() {
    constexpr std::size_t kShortestPart = 2;
    const std::u32string& text = suspect_.seen.text;
    for (std::size_t at = kShortestPart; at + kShortestPart <= text.size(); ++at) {
      std::string left = to_utf8(std::u32string_view(text).substr(0, at));
      const std::string right = to_utf8(std::u32string_view(text).substr(at));
      if (!known_.is_language(left) || !known_.is_language(right)) continue;
      is_known_otherwise_ = is_known_otherwise_ || std::max(at, text.size() - at) >= kShortestOfTwo;
      if (is_gap_likely()) add(left.append(1, ' ').append(right));
    }
  }

  std::vector<Candidate> finished() && {
    std::erase_if(found_, [&](const Candidate& candidate) {
      return candidate.misreading.total() > options_.max_cost || !is_supported(candidate) ||
             (is_known_otherwise_ && candidate.misreading.guesses > 0);
    });
    const auto rank = [&](const Candidate& candidate) {
      return std::tuple(candidate.misreading.total() - known_.log_probability(candidate.core),
                        candidate.support, candidate.core);
    };
    std::sort(found_.begin(), found_.end(),
              [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    if (found_.size() > options_.max_candidates) found_.resize(options_.max_candidates);
    return std::move(found_);
  }

  void add(const std::string& core, EditReason reason = EditReason::language) {
    const auto same = [&](const Candidate& other) { return other.core == core; };
    if (core == suspect_.core || std::any_of(found_.begin(), found_.end(), same)) return;
    const bool of_document = known_.is_of_document(core);
    const ChannelCosts costs = channel_costs(!suspect_.seen.slots.empty(), of_document);
    Candidate candidate{core, reason, Support::alternatives,
                        explain(suspect_.seen, to_code_points(core), costs)};
    const Misreading& way = candidate.misreading;
    if (way.look_alikes > 0) candidate.support = Support::look_alike;
    if (way.spaces > 0) candidate.support = Support::split;
    if (way.guesses > 0) {
      candidate.support = of_document ? Support::document : Support::dictionary;
    }
    found_.push_back(std::move(candidate));
  }

 private:
  // German writes words as one, and in plain text nothing else says that a gap was lost.
  [[nodiscard]] bool is_gap_likely() const {
    return !suspect_.seen.slots.empty() || !known_.lexicon().knows("deu");
  }

  // A known word that the recogniser hardly saw, and an unknown one that it saw surely, are only
  // changed on the recogniser's own word: a page may be printed with errors.
  [[nodiscard]] bool is_supported(const Candidate& candidate) const {
    const bool needs_recogniser =
        suspect_.doubt == Doubt::unsure || suspect_.doubt == Doubt::misread;
    if (needs_recogniser && candidate.support != Support::alternatives) return false;
    if (suspect_.least_count == 0) return true;
    return known_.is_language(candidate.core) &&
           known_.document().count(candidate.core) >= suspect_.least_count;
  }

  void add_if_known(const std::u32string& text) {
    const std::string core = to_utf8(text);
    if (known_.contains(core)) add(core);
  }

  const Suspect& suspect_;
  const KnownWords& known_;
  const ProposeOptions& options_;
  std::vector<Candidate> found_;
  // Two words of the language without their gap ("Rechnungzu", which is no "Rechnungen"), or a word
  // of it in another spelling ("CAISSIERE", no "CAISSIER"; "nothwendig", no "rotwendig"): then
  // letters are not guessed.
  bool is_known_otherwise_ = false;
};

}  // namespace

std::string_view name(Support support) {
  return kSupportNames.at(static_cast<std::size_t>(support));
}

std::vector<Candidate> propose(const Suspect& suspect, const KnownWords& known,
                               const ProposeOptions& options) {
  if (suspect.doubt == Doubt::bar) return {{"I", EditReason::language, Support::look_alike, kBar}};
  Gathering gathering(suspect, known, options);
  if (suspect.doubt == Doubt::damaged) {
    for (const std::u32string& word : find_word_repairs(suspect.seen, known)) {
      gathering.add(to_utf8(word), EditReason::word_repair);
    }
    return std::move(gathering).finished();
  }
  gathering.from_alternatives();
  if (suspect.doubt == Doubt::unknown) {
    gathering.from_look_alikes();
    gathering.from_document();
    gathering.from_word_list();
    gathering.from_splits();
  }
  return std::move(gathering).finished();
}

std::optional<Candidate> founded(const Suspect& suspect, const std::string& core,
                                 const KnownWords& known, const ProposeOptions& options) {
  if (suspect.doubt == Doubt::bar || suspect.doubt == Doubt::damaged) return std::nullopt;
  Gathering gathering(suspect, known, options);
  gathering.add(core);
  std::vector<Candidate> candidates = std::move(gathering).finished();
  if (candidates.empty()) return std::nullopt;
  return std::move(candidates.front());
}

}  // namespace emend
