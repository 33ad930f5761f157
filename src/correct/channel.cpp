// SPDX-License-Identifier: Apache-2.0
#include "correct/channel.h"

#include <algorithm>
#include <limits>
#include <queue>
#include <utility>

#include "core/unicode.h"
#include "correct/look_alike.h"

namespace emend {

namespace {

constexpr ChannelCosts kOfPage = {.changed = 7,
                                  .listed = 4.5,
                                  .look_alike = 3.6,
                                  .look_alike_weight = 0.5,
                                  .guess = 12,
                                  .lost_space = 10};
constexpr ChannelCosts kOfText = {.changed = 0.5,
                                  .listed = 0.5,
                                  .look_alike = 0,
                                  .look_alike_weight = 0.8,
                                  .guess = 8.8,
                                  .lost_space = 8.8};
constexpr double kGuessOfPage = 3.7;  // when the word stands elsewhere in the document
constexpr double kGuessOfText = 6;
constexpr std::size_t kShortestListed = 4;  // a shorter word is one change from many others

// In a short word, and in one with a digit, the recogniser's list is weaker evidence.
bool is_listed_likely(std::u32string_view seen) {
  return seen.size() >= kShortestListed && std::none_of(seen.begin(), seen.end(), is_digit);
}

// One row per character seen, one column per character meant; a cell holds the cheapest way there.
class Alignment {
 public:
  Alignment(const SeenWord& seen, std::u32string_view meant, const ChannelCosts& costs)
      : seen_(seen),
        meant_(meant),
        costs_(costs),
        cells_((seen.text.size() + 1) * (meant.size() + 1)) {
    for (Cell& cell : cells_) cell.cost = std::numeric_limits<double>::infinity();
    at(0, 0) = {};
  }

  Misreading run() {
    for (std::size_t i = 0; i <= seen_.text.size(); ++i) {
      for (std::size_t j = 0; j <= meant_.size(); ++j) step_from(i, j);
    }
    return at(seen_.text.size(), meant_.size());
  }

 private:
  using Cell = Misreading;

  Cell& at(std::size_t i, std::size_t j) { return cells_[i * (meant_.size() + 1) + j]; }

  void offer(std::size_t i, std::size_t j, const Cell& way) {
    if (way.total() < at(i, j).total()) at(i, j) = way;
  }

  void step_from(std::size_t i, std::size_t j) {
    const Cell here = at(i, j);
    const bool more_seen = i < seen_.text.size();
    const bool more_meant = j < meant_.size();
    if (more_seen && more_meant && seen_.text[i] == meant_[j]) offer(i + 1, j + 1, here);
    if (more_seen && !seen_.slots.empty()) try_alternatives(i, j, here);
    if (more_seen) try_look_alikes(i, j, here);
    if (more_meant && meant_[j] == U' ') {
      Cell way = here;
      way.cost += costs_.changed + costs_.lost_space;
      ++way.spaces;
      offer(i, j + 1, way);
    }
    Cell guess = here;
    guess.cost += costs_.changed + costs_.guess;
    ++guess.guesses;
    if (more_seen && more_meant) offer(i + 1, j + 1, guess);
    if (more_seen) offer(i + 1, j, guess);
    if (more_meant && meant_[j] != U' ') offer(i, j + 1, guess);
  }

  void try_alternatives(std::size_t i, std::size_t j, const Cell& here) {
    const std::u32string_view rest = meant_.substr(j);
    for (const Alternative& alternative : seen_.slots[i]) {
      const std::u32string text = to_code_points(alternative.text);
      if (text.empty() || !rest.starts_with(text)) continue;
      if (!(alternative.cost >= 0)) continue;
      Cell way = here;
      way.cost += is_listed_likely(seen_.text) ? costs_.listed : costs_.changed;
      way.against += alternative.cost;
      ++way.alternatives;
      offer(i + 1, j + text.size(), way);
    }
  }

  void try_look_alikes(std::size_t i, std::size_t j, const Cell& here) {
    const std::u32string_view seen_rest = std::u32string_view(seen_.text).substr(i);
    const std::u32string_view meant_rest = meant_.substr(j);
    for (const LookAlike& pair : look_alikes_of(seen_rest.front())) {
      if (!seen_rest.starts_with(pair.seen) || !meant_rest.starts_with(pair.meant)) continue;
      Cell way = here;
      way.cost += costs_.changed + costs_.look_alike + costs_.look_alike_weight * pair.cost;
      ++way.look_alikes;
      offer(i + pair.seen.size(), j + pair.meant.size(), way);
    }
  }

  const SeenWord& seen_;
  std::u32string_view meant_;
  const ChannelCosts& costs_;
  std::vector<Cell> cells_;
};

// A choice of one entry per slot. `last` is the slot that was changed last, so that every
// combination is reached in one way only.
struct Choice {
  double cost = 0;
  std::vector<std::uint8_t> picks;
  std::size_t last = 0;
  std::size_t rank = 0;  // order of creation, to break ties the same way every time
};

struct IsWorse {
  bool operator()(const Choice& a, const Choice& b) const {
    return a.cost != b.cost ? a.cost > b.cost : a.rank > b.rank;
  }
};

std::string spelled(std::span<const std::vector<Alternative>> slots, const Choice& choice) {
  std::string text;
  for (std::size_t i = 0; i < slots.size(); ++i) text += slots[i][choice.picks[i]].text;
  return text;
}

}  // namespace

ChannelCosts channel_costs(bool has_slots, bool is_of_document) {
  ChannelCosts costs = has_slots ? kOfPage : kOfText;
  if (is_of_document) costs.guess = has_slots ? kGuessOfPage : kGuessOfText;
  return costs;
}

Misreading explain(const SeenWord& seen, std::u32string_view meant, const ChannelCosts& costs) {
  return Alignment(seen, meant, costs).run();
}

std::vector<LatticeString> spell_alternatives(std::span<const std::vector<Alternative>> slots,
                                              double max_cost, std::size_t max_count) {
  std::vector<LatticeString> found;
  const auto is_empty = [](const std::vector<Alternative>& slot) { return slot.empty(); };
  if (slots.empty() || std::any_of(slots.begin(), slots.end(), is_empty)) return found;
  std::priority_queue<Choice, std::vector<Choice>, IsWorse> open;
  std::size_t made = 0;
  open.push({0, std::vector<std::uint8_t>(slots.size(), 0), 0, made++});
  while (!open.empty() && found.size() < max_count) {
    const Choice best = open.top();
    open.pop();
    if (best.rank > 0) found.push_back({spelled(slots, best), best.cost});
    for (std::size_t i = best.last; i < slots.size(); ++i) {
      const std::size_t pick = best.picks[i] + std::size_t{1};
      if (pick >= slots[i].size() || pick > 255) continue;
      const double cost = best.cost - slots[i][pick - 1].cost + slots[i][pick].cost;
      if (!(cost >= best.cost && cost <= max_cost)) continue;
      Choice next{cost, best.picks, i, made++};
      next.picks[i] = static_cast<std::uint8_t>(pick);
      open.push(std::move(next));
    }
  }
  return found;
}

}  // namespace emend
