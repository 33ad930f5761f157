// SPDX-License-Identifier: Apache-2.0
#include "core/alignment.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>
#include <unordered_map>

namespace emend {

namespace {

using Symbols = std::span<const std::uint32_t>;

std::vector<std::uint32_t> symbols_of(std::u32string_view text) {
  return {text.begin(), text.end()};
}

constexpr std::uint32_t kNoWall = std::numeric_limits<std::uint32_t>::max();

// One front of Ukkonen's search: for each diagonal j - i from -reach to reach the furthest i that
// `cost` edits get to, or kNowhere.
constexpr std::int32_t kNowhere = -1;

struct Front {
  std::int32_t reach = 0;
  std::vector<std::int32_t> furthest{kNowhere};

  [[nodiscard]] std::int32_t at(std::int32_t diagonal) const {
    if (std::abs(diagonal) > reach) return kNowhere;
    return furthest[static_cast<std::size_t>(diagonal + reach)];
  }
  std::int32_t& at(std::int32_t diagonal) {
    return furthest[static_cast<std::size_t>(diagonal + reach)];
  }
};

// How a front was reached from the one before.
enum class Step : std::uint8_t { stay, replace, drop, insert };

struct Arrival {
  std::int32_t i = kNowhere;  // before what is the same on both sides from there on
  Step step = Step::stay;
};

// The search between two sequences. Replacing the symbol `wall` by another one or the reverse is
// not an edit: that takes two. A point further along a diagonal is never worse than one before it,
// walls or not, since insertions and deletions are free to go anywhere.
class Search {
 public:
  Search(Symbols a, Symbols b, std::uint32_t wall) : a_(a), b_(b), wall_(wall) {}

  [[nodiscard]] Front first() const {
    Front front;
    front.at(0) = slid(0, 0);
    return front;
  }

  [[nodiscard]] bool is_done(const Front& front) const {
    return front.at(size(b_) - size(a_)) == size(a_);
  }

  [[nodiscard]] Front after(const Front& before) const {
    Front front;
    front.reach = before.reach + 1;
    front.furthest.assign(2 * static_cast<std::size_t>(front.reach) + 1, kNowhere);
    const std::int32_t least = -std::min(front.reach, size(a_));
    const std::int32_t most = std::min(front.reach, size(b_));
    for (std::int32_t diagonal = least; diagonal <= most; ++diagonal) {
      const Arrival arrival = arrival_at(before, diagonal);
      if (arrival.i != kNowhere) front.at(diagonal) = slid(arrival.i, diagonal);
    }
    return front;
  }

  // The furthest way onto `diagonal` with one edit more than `before` took.
  [[nodiscard]] Arrival arrival_at(const Front& before, std::int32_t diagonal) const {
    Arrival best;
    const std::int32_t here = before.at(diagonal);
    if (here != kNowhere) {
      best = can_replace(here, here + diagonal) ? Arrival{here + 1, Step::replace}
                                                : Arrival{here, Step::stay};
    }
    const std::int32_t above = before.at(diagonal + 1);
    if (above != kNowhere && above < size(a_) && above + 1 > best.i) {
      best = {above + 1, Step::drop};
    }
    const std::int32_t below = before.at(diagonal - 1);
    if (below != kNowhere && below + diagonal <= size(b_) && below > best.i) {
      best = {below, Step::insert};
    }
    return best;
  }

  [[nodiscard]] std::int32_t length_a() const { return size(a_); }
  [[nodiscard]] std::int32_t length_b() const { return size(b_); }

 private:
  static std::int32_t size(Symbols symbols) { return static_cast<std::int32_t>(symbols.size()); }

  [[nodiscard]] bool can_replace(std::int32_t i, std::int32_t j) const {
    if (i >= size(a_) || j >= size(b_)) return false;
    return (a_[static_cast<std::size_t>(i)] == wall_) == (b_[static_cast<std::size_t>(j)] == wall_);
  }

  [[nodiscard]] std::int32_t slid(std::int32_t i, std::int32_t diagonal) const {
    while (i < size(a_) && i + diagonal < size(b_) &&
           a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(i + diagonal)]) {
      ++i;
    }
    return i;
  }

  Symbols a_;
  Symbols b_;
  std::uint32_t wall_;
};

// What both have at their beginning and end is taken off.
void trim(Symbols& a, Symbols& b) {
  const auto front = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto same = static_cast<std::size_t>(front.first - a.begin());
  a = a.subspan(same);
  b = b.subspan(same);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a = a.first(a.size() - 1);
    b = b.first(b.size() - 1);
  }
}

std::optional<std::size_t> distance_within(Symbols a, Symbols b, std::size_t most) {
  const Search search(a, b, kNoWall);
  Front front = search.first();
  for (std::size_t cost = 0; cost <= most; ++cost) {
    if (search.is_done(front)) return cost;
    front = search.after(front);
  }
  return std::nullopt;
}

constexpr std::size_t kBits = 64;

// Columns of the table of distances as differences between neighbours, 64 rows in a word.
class BitColumns {
 public:
  explicit BitColumns(Symbols pattern)
      : pattern_(pattern),
        blocks_((pattern.size() + kBits - 1) / kBits),
        up_(blocks_, ~std::uint64_t{0}),
        down_(blocks_, 0),
        scratch_(blocks_, 0),
        last_bit_(std::uint64_t{1} << ((pattern.size() - 1) % kBits)) {
    for (std::size_t i = 0; i < pattern.size(); ++i) places_[pattern[i]].push_back(i);
    // A symbol that is frequent has its row of bits ready; at most 64 can be so frequent. Those of
    // the others are set for the moment.
    for (const auto& [symbol, places] : places_) {
      if (places.size() <= blocks_) continue;
      std::vector<std::uint64_t>& row = rows_[symbol];
      row.assign(blocks_, 0);
      for (const std::size_t i : places) row[i / kBits] |= std::uint64_t{1} << (i % kBits);
    }
  }

  // By how much the distance in the last row changes with this symbol of the text.
  int advance(std::uint32_t symbol) {
    if (const auto row = rows_.find(symbol); row != rows_.end()) return advance_with(row->second);
    const auto places = places_.find(symbol);
    if (places == places_.end()) return advance_with(scratch_);
    for (const std::size_t i : places->second) {
      scratch_[i / kBits] |= std::uint64_t{1} << (i % kBits);
    }
    const int change = advance_with(scratch_);
    for (const std::size_t i : places->second) scratch_[i / kBits] = 0;
    return change;
  }

 private:
  int advance_with(const std::vector<std::uint64_t>& same) {
    int carry = 1;  // in the row above the first the distance grows with every symbol
    for (std::size_t b = 0; b < blocks_; ++b) {
      const std::uint64_t out = b + 1 == blocks_ ? last_bit_ : std::uint64_t{1} << (kBits - 1);
      carry = advance_block(b, same[b], carry, out);
    }
    return carry;
  }

  // The names follow the paper: vertical and horizontal differences that are +1 or -1.
  int advance_block(std::size_t b, std::uint64_t equal, int carry, std::uint64_t out) {
    const std::uint64_t vertical = equal | down_[b];
    if (carry < 0) equal |= 1;
    const std::uint64_t horizontal = (((equal & up_[b]) + up_[b]) ^ up_[b]) | equal;
    std::uint64_t plus = down_[b] | ~(horizontal | up_[b]);
    std::uint64_t minus = up_[b] & horizontal;
    const int change = (plus & out) != 0 ? 1 : (minus & out) != 0 ? -1 : 0;
    plus = plus << 1U | (carry > 0 ? 1U : 0U);
    minus = minus << 1U | (carry < 0 ? 1U : 0U);
    up_[b] = minus | ~(vertical | plus);
    down_[b] = plus & vertical;
    return change;
  }

  Symbols pattern_;
  std::size_t blocks_;
  std::vector<std::uint64_t> up_;
  std::vector<std::uint64_t> down_;
  std::vector<std::uint64_t> scratch_;
  std::uint64_t last_bit_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> places_;
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> rows_;
};

// Every kKept-th front is kept on the way there; on the way back those between are made again.
constexpr std::int32_t kKept = 256;

class WayBack {
 public:
  explicit WayBack(const Search& search) : search_(search) {
    Front front = search.first();
    while (!search.is_done(front)) {
      if (front.reach % kKept == 0) kept_.push_back(front);
      front = search.after(front);
    }
    cost_ = front.reach;
  }

  [[nodiscard]] std::int32_t cost() const { return cost_; }

  // The front that `cost` edits reach, fewer than cost(). Asked for in falling order.
  const Front& front(std::int32_t cost) {
    const std::int32_t begin = cost / kKept * kKept;
    if (block_.empty() || block_.front().reach != begin) {
      block_.clear();
      block_.push_back(kept_[static_cast<std::size_t>(cost / kKept)]);
      const std::int32_t end = std::min(begin + kKept, cost_ + 1);
      while (block_.back().reach + 1 < end) block_.push_back(search_.after(block_.back()));
    }
    return block_[static_cast<std::size_t>(cost - begin)];
  }

 private:
  const Search& search_;
  std::int32_t cost_ = 0;
  std::vector<Front> kept_;
  std::vector<Front> block_;
};

}  // namespace

std::size_t edit_distance_by_bits(Symbols a, Symbols b) {
  if (a.empty() || b.empty()) return std::max(a.size(), b.size());
  BitColumns columns(a);
  auto distance = static_cast<std::ptrdiff_t>(a.size());
  for (const std::uint32_t symbol : b) distance += columns.advance(symbol);
  return static_cast<std::size_t>(distance);
}

std::size_t edit_distance(Symbols a, Symbols b) {
  trim(a, b);
  if (a.size() > b.size()) std::swap(a, b);
  constexpr std::size_t kShare = 16;  // of the length; then both ways cost about the same
  if (const auto near = distance_within(a, b, b.size() / kShare)) return *near;
  return edit_distance_by_bits(a, b);
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  const auto first = symbols_of(a);
  const auto second = symbols_of(b);
  return edit_distance(Symbols(first), Symbols(second));
}

// Both are searched from their ends, so that of a word that was left out no letter is taken for the
// beginning of the next one.
Alignment::Alignment(std::u32string_view a, std::u32string_view b) : places_(a.size()) {
  const std::vector<std::uint32_t> first(a.rbegin(), a.rend());
  const std::vector<std::uint32_t> second(b.rbegin(), b.rend());
  const Search search(first, second, U' ');
  WayBack way(search);
  std::int32_t i = search.length_a();
  std::int32_t diagonal = search.length_b() - i;
  const auto place = [&](std::int32_t at) -> Span& {
    return places_[places_.size() - 1 - static_cast<std::size_t>(at)];
  };
  const auto match_down_to = [&](std::int32_t least) {
    while (i > least) {
      --i;
      const auto j = b.size() - static_cast<std::size_t>(i + diagonal);
      place(i) = {j - 1, j};
    }
  };
  for (std::int32_t cost = way.cost(); cost > 0; --cost) {
    const Arrival arrival = search.arrival_at(way.front(cost - 1), diagonal);
    match_down_to(arrival.i);
    if (arrival.step == Step::replace) match_down_to(i - 1);
    if (arrival.step == Step::insert) --diagonal;
    if (arrival.step == Step::drop) {
      const auto j = b.size() - static_cast<std::size_t>(i + diagonal);
      place(--i) = {j, j};
      ++diagonal;
    }
  }
  match_down_to(0);
}

Alignment::Span Alignment::span(std::size_t begin, std::size_t end) const {
  if (begin < end)
    return {places_[begin].first, std::max(places_[begin].first, places_[end - 1].second)};
  if (places_.empty()) return {0, 0};
  const std::size_t at = begin < places_.size() ? places_[begin].first : places_.back().second;
  return {at, at};
}

}  // namespace emend
