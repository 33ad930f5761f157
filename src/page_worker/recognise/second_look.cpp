// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/second_look.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "core/box.h"
#include "core/token.h"
#include "page_worker/number_reader/read_numbers.h"
#include "page_worker/recognise/lights.h"

namespace emend {

namespace {

// By how much a word must be surer than the one whose place it takes, and several words that were
// cut apart in another way.
constexpr double kClearlySurer = 0.1;
constexpr double kClearlySurerGroup = 0.15;
constexpr std::size_t kLargestGroup = 3;

// From here on a word may give its place to a number, in which it has no share itself.
constexpr double kSureEnoughNumber = 0.3;

// Below these a word that the further look did not see is a speck or a rule, not print. Signs
// without a letter or digit are so often enough even when they are seen twice.
constexpr double kUnseenWord = 0.7;
constexpr double kUnseenSign = 0.9;
constexpr double kSeenSign = 0.5;

// Two looks that agree on a number make it green from these probabilities on.
constexpr double kSureNumber = 0.85;
constexpr double kSureAgreement = 0.85;

// Pixels that both boxes cover.
double overlap(const Box& a, const Box& b) {
  const int width = common_width(a, b);
  const int height = common_height(a, b);
  return width > 0 && height > 0 ? static_cast<double>(width) * height : 0;
}

double smaller_area(const Box& a, const Box& b) {
  const auto area = [](const Box& box) { return static_cast<double>(box.width) * box.height; };
  return std::max(1.0, std::min(area(a), area(b)));
}

int gap_between(const Box& a, const Box& b) {
  return std::max({a.x - (b.x + b.width), b.x - (a.x + a.width), 0});
}

std::string joined_text(const std::vector<const Word*>& words) {
  std::string text;
  for (const Word* word : words) text += (text.empty() ? "" : " ") + word->text();
  return text;
}

double mean_confidence(const std::vector<const Word*>& words) {
  double sum = 0;
  double letters = 0;
  for (const Word* word : words) {
    const auto size = static_cast<double>(word->text().size());
    sum += word->confidence() * size;
    letters += size;
  }
  return letters > 0 ? sum / letters : 0;
}

double least_confidence(const std::vector<const Word*>& words) {
  double least = 1;
  for (const Word* word : words) least = std::min(least, word->confidence());
  return least;
}

bool any_numeral(const std::vector<const Word*>& words) {
  return std::any_of(words.begin(), words.end(),
                     [](const Word* word) { return has_numeral(word->text()); });
}

// Words of both looks that stand in the same place.
struct Match {
  std::size_t line = 0;             // of the first look
  std::vector<std::size_t> words;   // of that line, next to each other when `is_run`
  std::vector<const Word*> others;  // in reading order
  bool is_run = true;               // on one line without a gap
};

class SecondLook {
 public:
  SecondLook(std::vector<Line> first, const std::vector<Line>& second, const LookRules& rules)
      : lines_(std::move(first)), rules_(rules) {
    for (const Line& line : second) {
      for (const Word& word : line.words) others_.push_back(&word);
    }
    for (const Line& line : lines_) is_seen_.emplace_back(line.words.size(), false);
    find_pairs();
  }

  void weigh() {
    // From the last word to the first, so that a group that changes its size moves no other.
    std::vector<Match> matches = find_matches();
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
      return std::pair(a.line, a.words.front()) > std::pair(b.line, b.words.front());
    });
    for (const Match& match : matches) apply(match);
  }

  void set_aside();

  void add(const std::vector<Line>& second) {
    for (const Line& line : second) add_line(line);
  }

  [[nodiscard]] std::vector<Line> lines() && { return std::move(lines_); }

 private:
  struct Place {
    std::size_t line;
    std::size_t word;
  };

  void find_pairs();
  [[nodiscard]] std::vector<Match> find_matches() const;
  void apply(const Match& match);
  void give_light(const Match& match);
  [[nodiscard]] bool is_surer(const Match& match) const;
  void replace(const Match& match);
  void add_line(const Line& line);
  [[nodiscard]] bool is_new(const Word& word) const;
  [[nodiscard]] Line* line_beside(const Box& box);
  void insert_line(Line line);
  [[nodiscard]] std::vector<const Word*> own_words(const Match& match) const {
    std::vector<const Word*> words;
    for (const std::size_t w : match.words) words.push_back(&lines_[match.line].words[w]);
    return words;
  }

  std::vector<Line> lines_;
  std::vector<std::vector<bool>> is_seen_;  // for each word of lines_: by the further look too
  const LookRules& rules_;
  std::vector<const Word*> others_;
  std::vector<Place> places_;                        // of the first look's words, in order
  std::vector<std::vector<std::size_t>> to_others_;  // for each of places_
  std::vector<std::vector<std::size_t>> to_places_;  // for each of others_
};

void SecondLook::find_pairs() {
  constexpr double kSamePlace = 0.25;  // of the smaller box
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    for (std::size_t w = 0; w < lines_[l].words.size(); ++w) places_.push_back({l, w});
  }
  to_others_.resize(places_.size());
  to_places_.resize(others_.size());
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const Box& box = lines_[places_[i].line].words[places_[i].word].box;
    for (std::size_t j = 0; j < others_.size(); ++j) {
      const double shared = overlap(box, others_[j]->box);
      if (shared <= 0 || shared < kSamePlace * smaller_area(box, others_[j]->box)) continue;
      to_others_[i].push_back(j);
      to_places_[j].push_back(i);
    }
  }
}

// Words that overlap directly or by way of others belong together.
std::vector<Match> SecondLook::find_matches() const {
  std::vector<Match> matches;
  std::vector<bool> seen(places_.size(), false);
  for (std::size_t start = 0; start < places_.size(); ++start) {
    if (seen[start] || to_others_[start].empty()) continue;
    std::vector<std::size_t> own = {start};
    std::vector<std::size_t> theirs;
    seen[start] = true;
    for (std::size_t next = 0; next < own.size(); ++next) {
      for (const std::size_t j : to_others_[own[next]]) {
        if (std::find(theirs.begin(), theirs.end(), j) != theirs.end()) continue;
        theirs.push_back(j);
        for (const std::size_t i : to_places_[j]) {
          if (!seen[i]) own.push_back(i);
          seen[i] = true;
        }
      }
    }
    std::sort(own.begin(), own.end());
    Match match{places_[own.front()].line, {}, {}, own.back() - own.front() + 1 == own.size()};
    for (const std::size_t i : own) {
      if (places_[i].line == match.line) match.words.push_back(places_[i].word);
      match.is_run &= places_[i].line == match.line;
    }
    std::sort(theirs.begin(), theirs.end());
    for (const std::size_t j : theirs) match.others.push_back(others_[j]);
    matches.push_back(std::move(match));
  }
  return matches;
}

void SecondLook::give_light(const Match& match) {
  const std::string other = joined_text(match.others);
  for (const std::size_t w : match.words) {
    Word& word = lines_[match.line].words[w];
    const bool agrees = match.words.size() == 1 && match.others.size() == 1 &&
                        strip_outer(word.text()).core == strip_outer(other).core;
    if (!agrees && word.text() != other) {
      word.other_readings.push_back({.text = other, .confidence = mean_confidence(match.others)});
    }
    if (!has_numeral(word.text())) continue;
    if (!agrees) {
      word.light = Light::red;
    } else if (word.light == Light::yellow && word.other_readings.empty() &&
               word.confidence() >= kSureNumber &&
               least_confidence(match.others) >= kSureAgreement) {
      word.light = Light::green;
    }
  }
}

bool SecondLook::is_surer(const Match& match) const {
  const auto own = own_words(match);
  const bool is_pair = own.size() == 1 && match.others.size() == 1;
  if (any_numeral(own)) return false;
  if (any_numeral(match.others)) {
    if (!is_pair || match.others.front()->confidence() < kSureEnoughNumber) return false;
  }
  if (is_pair && own.front()->text() == match.others.front()->text()) return false;
  if (!match.is_run || own.size() > kLargestGroup || match.others.size() > kLargestGroup) {
    return false;
  }
  return mean_confidence(match.others) - mean_confidence(own) >=
         (is_pair ? kClearlySurer : kClearlySurerGroup);
}

void SecondLook::replace(const Match& match) {
  const auto own = own_words(match);
  const Reading before{.text = joined_text(own), .confidence = mean_confidence(own)};
  std::vector<Word> better;
  for (const Word* other : match.others) {
    better.push_back(*other);
    better.back().other_readings.push_back(before);
  }
  auto& words = lines_[match.line].words;
  const auto at = words.begin() + static_cast<std::ptrdiff_t>(match.words.front());
  const auto after = words.erase(at, at + static_cast<std::ptrdiff_t>(match.words.size()));
  const std::size_t count = better.size();
  words.insert(after, std::make_move_iterator(better.begin()),
               std::make_move_iterator(better.end()));
  auto& seen = is_seen_[match.line];
  const auto mark = seen.begin() + static_cast<std::ptrdiff_t>(match.words.front());
  seen.insert(seen.erase(mark, mark + static_cast<std::ptrdiff_t>(match.words.size())), count,
              true);
}

// Only one look saw it, or it is a sign that hardly is one.
bool is_unfounded(const Word& word, bool is_seen) {
  if (has_numeral(word.text()) || word.kind == WordKind::currency) return false;
  if (word.kind == WordKind::symbol) return word.confidence() < (is_seen ? kSeenSign : kUnseenSign);
  return !is_seen && word.confidence() < kUnseenWord;
}

void SecondLook::set_aside() {
  std::vector<Line> all;
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    Line& line = lines_[l];
    Line kept{.box = line.box, .starts_block = line.starts_block};
    Line noise{.is_noise = true};
    for (std::size_t w = 0; w < line.words.size(); ++w) {
      Line& to = is_unfounded(line.words[w], is_seen_[l][w]) ? noise : kept;
      to.box = union_of(to.box, line.words[w].box);
      to.words.push_back(std::move(line.words[w]));
    }
    if (kept.words.empty()) noise.starts_block = kept.starts_block;
    if (!kept.words.empty()) all.push_back(std::move(kept));
    if (!noise.words.empty()) all.push_back(std::move(noise));
  }
  lines_ = std::move(all);
}

void SecondLook::apply(const Match& match) {
  for (const std::size_t w : match.words) is_seen_[match.line][w] = true;
  if (rules_.replaces && is_surer(match)) {
    replace(match);
  } else {
    give_light(match);
  }
}

bool SecondLook::is_new(const Word& word) const {
  constexpr double kTouches = 0.1;
  if (word.confidence() < rules_.least_confidence) return false;
  if (word.kind == WordKind::symbol) return false;
  for (const Line& line : lines_) {
    for (const Word& known : line.words) {
      if (overlap(known.box, word.box) > kTouches * smaller_area(known.box, word.box)) return false;
    }
  }
  return true;
}

// The line with the nearest word at the same height.
Line* SecondLook::line_beside(const Box& box) {
  constexpr int kNear = 3;  // heights of the word
  Line* found = nullptr;
  int nearest = rules_.is_one_block ? 1 << 30 : kNear * box.height;
  for (Line& line : lines_) {
    if (line.is_noise) continue;
    for (const Word& word : line.words) {
      const int gap = gap_between(word.box, box);
      if (gap >= nearest || !is_level_with(word.box, box)) continue;
      nearest = gap;
      found = &line;
    }
  }
  return found;
}

// Before the first line that stands lower in the same column.
void SecondLook::insert_line(Line line) {
  const Box& box = line.box;
  const auto below = std::find_if(lines_.begin(), lines_.end(), [&](const Line& other) {
    return 2 * other.box.y + other.box.height > 2 * box.y + box.height &&
           common_width(other.box, box) > 0;
  });
  lines_.insert(below, std::move(line));
}

void SecondLook::add_line(const Line& line) {
  std::vector<const Word*> found;
  for (const Word& word : line.words) {
    if (is_new(word)) found.push_back(&word);
  }
  Line alone;
  for (const Word* word : found) {
    Line* beside = line_beside(word->box);
    if (beside == nullptr) {
      alone.box = union_of(alone.box, word->box);
      alone.words.push_back(*word);
      continue;
    }
    auto& words = beside->words;
    const bool is_leftward = words.front().box.x > words.back().box.x;  // Arabic, Hebrew
    const auto next = std::find_if(words.begin(), words.end(), [&](const Word& own) {
      return is_leftward ? own.box.x < word->box.x : own.box.x > word->box.x;
    });
    words.insert(next, *word);
    beside->box = union_of(beside->box, word->box);
  }
  if (!alone.words.empty()) insert_line(std::move(alone));
}

bool touch(const Line& a, const Line& b) {
  return std::any_of(a.words.begin(), a.words.end(), [&b](const Word& one) {
    return std::any_of(b.words.begin(), b.words.end(),
                       [&one](const Word& other) { return overlap(one.box, other.box) > 0; });
  });
}

bool is_settled(const Word& word) {
  constexpr double kSettled = 0.8;
  return word.confidence() >= kSettled && word.kind != WordKind::symbol &&
         !looks_like_number(word.text());
}

}  // namespace

std::vector<Box> settled_words(const std::vector<Line>& lines) {
  std::vector<Box> found;
  for (const Line& line : lines) {
    if (!std::all_of(line.words.begin(), line.words.end(), is_settled)) continue;
    const bool stands_alone = std::none_of(lines.begin(), lines.end(), [&line](const Line& other) {
      return &other != &line && touch(line, other);
    });
    if (!stands_alone) continue;
    for (const Word& word : line.words) found.push_back(word.box);
  }
  return found;
}

std::vector<Line> with_second_look(std::vector<Line> first, const std::vector<Line>& second,
                                   const LookRules& rules) {
  SecondLook look(std::move(first), second, rules);
  look.weigh();
  if (rules.sets_aside) look.set_aside();
  if (rules.adds) look.add(second);
  auto lines = std::move(look).lines();
  hold_back_greens(lines);
  return lines;
}

}  // namespace emend
