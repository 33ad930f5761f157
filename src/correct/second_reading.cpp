// SPDX-License-Identifier: Apache-2.0
#include "correct/second_reading.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/ascii.h"
#include "core/names.h"
#include "core/number_checks.h"
#include "core/number_form.h"
#include "core/token.h"
#include "correct/independent_reading.h"

namespace emend {

namespace {

using ascii::is_digit;

constexpr std::size_t kMostDigitsChanged = 2;
constexpr std::size_t kVotes = 2;  // readings of the recogniser that agree

std::string core_of(std::string_view text) {
  return std::string(strip_outer(text).core);
}

// A check by what it is and where it stands.
using CheckId = std::tuple<NumberRule, std::size_t, std::size_t>;

CheckId id_of(const PlacedCheck& check) {
  return {check.rule, check.place.line, check.place.word};
}

// How the further readings of a word vote.
struct Votes {
  std::string core;  // on what they agree
  std::size_t count = 0;
  std::set<Reader> readers;
};

// The one other reading of the form that the rule allows. Nothing when the looks at the word alone
// do not agree, or one of them reads what stands.
std::optional<Votes> votes_of(const Word& word) {
  const std::string before = core_of(word.text());
  std::map<std::string, Votes> by_core;
  std::size_t crops = 0;
  for (const Reading& reading : word.other_readings) {
    const std::string core = core_of(reading.text);
    Votes& votes = by_core[core];
    votes.core = core;
    ++votes.count;
    votes.readers.insert(reading.reader);
    if (reading.reader == Reader::look) continue;
    ++crops;
  }
  const Votes* best = nullptr;
  for (const auto& [core, votes] : by_core) {
    if (!is_second_reading(before, core)) continue;
    if (best != nullptr) return std::nullopt;  // guard: one other reading
    best = &votes;
  }
  if (best == nullptr || crops == 0) return std::nullopt;
  const bool all = std::all_of(
      word.other_readings.begin(), word.other_readings.end(), [&](const Reading& reading) {
        return reading.reader == Reader::look || core_of(reading.text) == best->core;
      });
  if (!all) return std::nullopt;  // guard: all looks at the word agree
  return *best;
}

class SecondReadings {
 public:
  // `page` must outlive it.
  explicit SecondReadings(const Page& page) : seen_(page), page_(page) {
    for (Line& line : page_.lines) {
      for (Word& word : line.words) word.readings.front().characters.clear();
    }
    for (const PlacedCheck& check : checks()) {
      (check.passed ? passed_ : failed_).insert(id_of(check));
    }
    count_cores();
  }

  [[nodiscard]] std::vector<SecondReading> find() {
    std::vector<Candidate> candidates;
    for (std::size_t l = 0; l < page_.lines.size(); ++l) {
      if (page_.lines[l].is_noise) continue;
      for (std::size_t w = 0; w < page_.lines[l].words.size(); ++w) {
        if (auto candidate = candidate_at(l, w)) candidates.push_back(std::move(*candidate));
      }
    }
    std::map<CheckId, std::size_t> explained;
    for (const Candidate& candidate : candidates) {
      for (const CheckId& id : candidate.turned) ++explained[id];
    }
    std::vector<SecondReading> found;
    for (Candidate& candidate : candidates) {
      judge(candidate, explained, candidates);
      found.push_back(std::move(candidate.reading));
    }
    return found;
  }

 private:
  struct Candidate {
    SecondReading reading;
    Votes votes;
    std::set<CheckId> turned;  // failed before, pass now
    bool loses_a_check = false;
  };

  [[nodiscard]] std::vector<PlacedCheck> checks() const {
    return number_checks(page_, number_facts(page_));
  }

  void count_cores() {
    constexpr double kSure = 0.8;
    for (const Line& line : page_.lines) {
      if (line.is_noise) continue;
      for (const Word& word : line.words) {
        if (has_numeral(word.text()) && word.confidence() >= kSure) ++sure_[core_of(word.text())];
      }
    }
  }

  [[nodiscard]] std::optional<Candidate> candidate_at(std::size_t line, std::size_t word) {
    Word& place = page_.lines[line].words[word];
    if (!has_numeral(place.text()) || place.light == Light::green) return std::nullopt;
    auto votes = votes_of(place);
    if (!votes) return std::nullopt;
    const std::string before = place.text();
    const TokenParts parts = strip_outer(before);
    Candidate candidate{{line,
                         word,
                         std::string(parts.lead) + votes->core + std::string(parts.trail),
                         {},
                         {},
                         {},
                         false},
                        std::move(*votes),
                        {},
                        false};
    place.readings.front().text = candidate.reading.after;
    weigh(candidate);
    place.readings.front().text = before;
    for (const Reader reader : candidate.votes.readers) {
      std::string& source = candidate.reading.source;
      source += (source.empty() ? "" : "+") + std::string(name(reader));
    }
    return candidate;
  }

  // What the checks say when the page has the candidate's digits.
  void weigh(Candidate& candidate) const {
    std::set<CheckId> now;
    for (const PlacedCheck& check : checks()) {
      if (check.passed) now.insert(id_of(check));
    }
    candidate.loses_a_check =
        !std::includes(now.begin(), now.end(), passed_.begin(), passed_.end());
    std::set_intersection(failed_.begin(), failed_.end(), now.begin(), now.end(),
                          std::inserter(candidate.turned, candidate.turned.end()));
  }

  void judge(Candidate& candidate, const std::map<CheckId, std::size_t>& explained,
             const std::vector<Candidate>& all) const {
    SecondReading& reading = candidate.reading;
    if (candidate.loses_a_check) return;  // guard: no check is lost
    for (const CheckId& id : candidate.turned) {
      const bool is_only_one = explained.at(id) == 1;
      if (is_only_one) reading.check = name(std::get<NumberRule>(id));
    }
    const Word& word = seen_.lines[reading.line].words[reading.word];
    const bool turns = !reading.check.empty();
    reading.independent = weigh_independently(word, candidate.votes.core, turns);
    reading.is_proven = reading.independent.is_borne_out;
    if (reading.independent.is_listed) reading.source = "alternatives+" + reading.source;
    if (!turns) return;  // guard: a check turns
    const std::size_t support = is_elsewhere(candidate) || is_systematic(candidate, all) ? 1 : 0;
    if (candidate.votes.count + support < kVotes) return;  // guard: readings agree
    reading.is_proven = true;
  }

  // The same number stands elsewhere on the page, read surely.
  [[nodiscard]] bool is_elsewhere(const Candidate& candidate) const {
    return candidate.votes.core.size() > 2 && sure_.contains(candidate.votes.core);
  }

  // Readings of two other words of the page say that this digit was read for that one.
  [[nodiscard]] bool is_systematic(const Candidate& candidate,
                                   const std::vector<Candidate>& all) const {
    constexpr std::ptrdiff_t kOthers = 2;
    const auto pairs = confusions(candidate);
    return std::count_if(all.begin(), all.end(), [&](const Candidate& other) {
             return &other != &candidate && confusions(other) == pairs;
           }) >= kOthers;
  }

  [[nodiscard]] std::set<std::pair<char, char>> confusions(const Candidate& candidate) const {
    const std::string& before =
        page_.lines[candidate.reading.line].words[candidate.reading.word].text();
    std::set<std::pair<char, char>> pairs;
    for (std::size_t i = 0; i < std::min(before.size(), candidate.reading.after.size()); ++i) {
      if (before[i] != candidate.reading.after[i]) {
        pairs.emplace(before[i], candidate.reading.after[i]);
      }
    }
    return pairs;
  }

  const Page& seen_;
  Page page_;  // without alternatives; its texts are tried out
  std::set<CheckId> passed_;
  std::set<CheckId> failed_;
  std::map<std::string, std::size_t> sure_;
};

}  // namespace

bool is_second_reading(std::string_view before, std::string_view after) {
  if (before.size() != after.size()) return false;  // guard: same length
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    if (!is_digit(before[i]) || !is_digit(after[i])) return false;  // guard: digits for digits
    ++changed;
  }
  if (changed == 0) return false;                  // guard: a change at all
  if (changed > kMostDigitsChanged) return false;  // guard: hardly another number
  return true;
}

std::vector<SecondReading> find_second_readings(const Page& page) {
  return SecondReadings(page).find();
}

}  // namespace emend
