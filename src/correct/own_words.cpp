// SPDX-License-Identifier: Apache-2.0
#include "correct/own_words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// The words of a list together are taken for this share of running text; of a long list that makes
// each as rare as a rare word of a language, of a short one no likelier than what a document has
// from itself (KnownWords).
constexpr double kShareOfList = 0.05;
constexpr double kRarest = -12;  // nats
constexpr double kCommonest = -6.5;
constexpr std::size_t kLongest = 64;  // bytes; nothing longer is a word
constexpr std::string_view kSpace = " \t\r\n\f\v";

// lower, Title or CAPITALS.
bool is_usual(std::u32string_view word) {
  const auto uppers = std::count_if(word.begin(), word.end(), is_upper);
  const auto lowers = std::count_if(word.begin(), word.end(), is_lower);
  return uppers == 0 || lowers == 0 || (uppers == 1 && is_upper(word.front()));
}

bool can_be_word(std::string_view word) {
  if (word.empty() || word.size() > kLongest) return false;
  if (is_locked(word)) return false;  // numbers, signs, links
  const std::u32string points = to_code_points(word);
  return std::any_of(points.begin(), points.end(), is_letter);
}

// Calls `take` with every word of the text.
template <typename Take>
void for_each_word(std::string_view text, Take take) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find_first_not_of(kSpace, at), text.size());
    const std::size_t end = std::min(text.find_first_of(kSpace, begin), text.size());
    const std::string_view core = strip_outer(text.substr(begin, end - begin)).core;
    if (can_be_word(core)) take(core);
    at = end;
  }
}

Result<std::vector<OwnWord>> not_too_many(std::vector<OwnWord> words) {
  if (words.size() <= kMostOwnWords) return words;
  return fail(ErrorCode::limit_exceeded,
              "has more than " + std::to_string(kMostOwnWords) + " words", "Give a part of it.");
}

}  // namespace

Result<std::vector<OwnWord>> words_of_list(std::string_view list) {
  const auto normal = to_nfc(list);
  if (!normal) return tl::unexpected(normal.error());
  std::vector<OwnWord> words;
  std::string_view rest = *normal;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.starts_with('#')) continue;
    for_each_word(line, [&](std::string_view word) { words.push_back({std::string(word)}); });
  }
  if (words.empty()) {
    return fail(ErrorCode::unreadable_input, "has no word in it",
                "A list has one word on each line; what has a digit is none.");
  }
  return not_too_many(std::move(words));
}

Result<std::vector<OwnWord>> words_of_text(std::string_view text) {
  const auto normal = to_nfc(text);
  if (!normal) return tl::unexpected(normal.error());
  struct Found {
    std::uint32_t times = 0;
    std::map<std::string, std::uint32_t> forms;
  };
  std::unordered_map<std::string, Found> found;  // by lower case
  for_each_word(*normal, [&](std::string_view word) {
    Found& one = found[lowered(word)];
    ++one.times;
    ++one.forms[std::string(word)];
  });
  std::vector<OwnWord> words;
  for (const auto& [lower, one] : found) {
    if (one.times < kLeastTimesInText) continue;
    for (const auto& [form, times] : one.forms) words.push_back({form, times});
  }
  return not_too_many(std::move(words));
}

OwnWords::OwnWords(std::span<const OwnWord> words) {
  std::map<std::u32string, Entry> entries;
  for (const OwnWord& word : words) {
    std::u32string lower = to_code_points(lowered(word.text));
    Entry& entry = entries[lower];
    entry.lower = std::move(lower);
    entry.times += word.times;
    entry.is_listed = entry.is_listed || word.times == 0;
    words_of_text_ += word.times;
    if (!is_usual(to_code_points(word.text))) unusual_forms_.insert(word.text);
  }
  entries_.reserve(entries.size());
  std::size_t listed = 0;
  for (auto& [lower, entry] : entries) {
    listed += entry.is_listed ? 1 : 0;
    entries_.push_back(std::move(entry));
  }
  const double each = kShareOfList / static_cast<double>(std::max<std::size_t>(listed, 1));
  of_list_ = std::clamp(std::log(each), kRarest, kCommonest);
}

const OwnWords::Entry* OwnWords::find(std::string_view word) const {
  const std::u32string lower = to_code_points(lowered(word));
  const auto place = std::lower_bound(
      entries_.begin(), entries_.end(), lower,
      [](const Entry& entry, const std::u32string& wanted) { return entry.lower < wanted; });
  if (place == entries_.end() || place->lower != lower) return nullptr;
  if (!is_usual(to_code_points(word)) && !unusual_forms_.contains(std::string(word))) {
    return nullptr;
  }
  return &*place;
}

bool OwnWords::contains(std::string_view word) const {
  return find(word) != nullptr;
}

bool OwnWords::is_listed(std::string_view word) const {
  const Entry* entry = find(word);
  return entry != nullptr && entry->is_listed;
}

double OwnWords::log_frequency(std::string_view word) const {
  const Entry* entry = find(word);
  if (entry == nullptr) return kRarest;
  double found = entry->is_listed ? of_list_ : kRarest;
  if (entry->times > 0) {
    const double share = static_cast<double>(entry->times) / static_cast<double>(words_of_text_);
    found = std::max(found, std::log(share));
  }
  return found;
}

// The words as a tree of their letters: a range of entries that begin alike is a node, with one row
// of the table of distances.
struct OwnWords::Search {
  std::u32string wanted;
  std::size_t distance = 0;
  std::vector<std::vector<std::size_t>> rows;
  std::vector<std::pair<std::size_t, std::size_t>> found;  // distance, index
};

std::vector<std::u32string> OwnWords::similar(std::string_view word, std::size_t distance,
                                              std::size_t count) const {
  Search state{to_code_points(lowered(word)), distance, {}, {}};
  std::vector<std::size_t>& row = state.rows.emplace_back();
  for (std::size_t i = 0; i <= state.wanted.size(); ++i) row.push_back(i);
  search(state, 0, entries_.size(), 0);
  std::sort(state.found.begin(), state.found.end());
  if (state.found.size() > count) state.found.resize(count);
  std::vector<std::u32string> words;
  for (const auto& [far, index] : state.found) words.push_back(entries_[index].lower);
  return words;
}

void OwnWords::search(Search& state, std::size_t begin, std::size_t end, std::size_t depth) const {
  if (begin < end && entries_[begin].lower.size() == depth) {
    const std::size_t far = state.rows.back().back();
    if (far > 0 && far <= state.distance) state.found.emplace_back(far, begin);
    ++begin;
  }
  while (begin < end) {
    const char32_t letter = entries_[begin].lower[depth];
    std::size_t next = begin + 1;
    while (next < end && entries_[next].lower[depth] == letter) ++next;
    const std::vector<std::size_t>& above = state.rows.back();
    std::vector<std::size_t> row{above.front() + 1};
    for (std::size_t i = 0; i < state.wanted.size(); ++i) {
      const std::size_t replaced = above[i] + (state.wanted[i] == letter ? 0 : 1);
      row.push_back(std::min({above[i + 1] + 1, row.back() + 1, replaced}));
    }
    if (*std::min_element(row.begin(), row.end()) <= state.distance) {
      state.rows.push_back(std::move(row));
      search(state, begin, next, depth + 1);
      state.rows.pop_back();
    }
    begin = next;
  }
}

}  // namespace emend
