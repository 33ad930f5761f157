// SPDX-License-Identifier: Apache-2.0
#include "correct/domain_model.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr std::size_t kWindow = DomainModel::kLongest + 1;  // bytes: with what follows

std::uint64_t lowest_bytes(std::uint64_t bytes, std::size_t count) {
  return bytes & ((std::uint64_t{1} << (8 * count)) - 1);
}

// The kWindow bytes from every place of the text, in order; behind its end are line ends.
std::vector<std::uint64_t> windows_of(std::string_view text) {
  std::vector<std::uint64_t> windows;
  windows.reserve(text.size());
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < text.size() + kWindow - 1; ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    window = lowest_bytes(window << 8U | static_cast<unsigned char>(c), kWindow);
    if (i + 1 >= kWindow) windows.push_back(window);
  }
  std::sort(windows.begin(), windows.end());
  return windows;
}

}  // namespace

// What begins with the same k bytes stands together in the order of the windows, so one order
// serves all lengths.
DomainModel::DomainModel(const NgramModel& base, std::string_view text) : base_(&base) {
  const std::vector<std::uint64_t> windows = windows_of(text);
  for (std::size_t k = kShortest; k <= kLongest; ++k) {
    Level& level = levels_.at(k - kShortest);
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const std::uint64_t sequence = windows[i] >> (8 * (kLongest - k));
      if (level.sequences.empty() || level.sequences.back() != sequence) {
        level.sequences.push_back(sequence);
        level.until.push_back(0);
      }
      level.until.back() = static_cast<std::uint32_t>(i + 1);
    }
  }
}

double DomainModel::share_of(const State& state, unsigned char byte, double share) const {
  for (std::size_t k = kShortest; k <= state.known; ++k) {
    const Level& level = levels_.at(k - kShortest);
    const std::uint64_t first = lowest_bytes(state.last, k) << 8U;
    const auto begin = level.sequences.begin();
    const auto from = std::lower_bound(begin, level.sequences.end(), first);
    const auto to = std::upper_bound(from, level.sequences.end(), first | 0xFFU);
    if (from == to) break;  // nor is anything longer known
    const auto times_before = [&](auto place) {
      return place == begin ? 0U : level.until[static_cast<std::size_t>(place - begin) - 1];
    };
    const auto found = std::lower_bound(from, to, first | byte);
    const bool is_there = found != to && *found == (first | byte);
    const double here = is_there ? times_before(found + 1) - times_before(found) : 0;
    const double times = times_before(to) - times_before(from);
    const auto kinds = static_cast<double>(to - from);
    share = (here + kinds * share) / (times + kinds);
  }
  return share;
}

double DomainModel::advance(State& state, std::string_view text) const {
  double sum = 0;
  for (const char c : text) {
    const double usual = std::exp(base_->advance(state.base, std::string_view(&c, 1)));
    sum += std::log(share_of(state, static_cast<unsigned char>(c), usual));
    state.last = state.last << 8U | static_cast<unsigned char>(c);
    state.known = std::min(state.known + 1, kLongest);
  }
  return sum;
}

Result<std::vector<std::vector<double>>> DomainModel::score(
    std::span<const ScoreRequest> requests) {
  constexpr std::size_t kSeen = 16;  // bytes; nothing further back matters to either of both
  static_assert(kSeen >= kLongest && kSeen >= ngram::kMaxOrder);
  std::vector<std::vector<double>> scores;
  scores.reserve(requests.size());
  for (const ScoreRequest& request : requests) {
    State before;
    before.base = base_->start();
    std::string_view context = request.before;
    if (context.size() > kSeen) context.remove_prefix(context.size() - kSeen);
    advance(before, context);
    std::vector<double>& row = scores.emplace_back();
    row.reserve(request.candidates.size());
    for (const std::string& candidate : request.candidates) {
      State state = before;
      const double own = advance(state, candidate);
      row.push_back(own + advance(state, request.after));
    }
  }
  return scores;
}

}  // namespace emend
