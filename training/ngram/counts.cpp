// SPDX-License-Identifier: Apache-2.0
#include "training/ngram/counts.h"

#include <algorithm>
#include <bit>

namespace emend::training {

namespace {

constexpr std::size_t kWindow = 8;  // bytes of a key

// The 8 bytes at every place of the text as keys, sorted. Sorting a key at a time would take longer
// than first sharing them out by their two leading bytes.
std::vector<std::uint64_t> sorted_windows(std::string_view text) {
  if (text.size() < kWindow) return {};
  const std::size_t places = text.size() - kWindow + 1;
  const auto byte = [&](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(text[i])};
  };
  std::vector<std::size_t> ends(65536 + 1);
  for (std::size_t i = 0; i < places; ++i) ++ends[(byte(i) << 8 | byte(i + 1)) + 1];
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<std::uint64_t> keys(places);
  std::uint64_t key = 0;
  for (std::size_t i = 0; i + 1 < kWindow; ++i) key = key << 8 | byte(i);
  auto next = ends;
  for (std::size_t i = 0; i < places; ++i) {
    key = key << 8 | byte(i + kWindow - 1);
    keys[next[key >> 48]++] = key;
  }
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    std::sort(keys.begin() + static_cast<std::ptrdiff_t>(ends[i]),
              keys.begin() + static_cast<std::ptrdiff_t>(ends[i + 1]));
  }
  return keys;
}

std::uint64_t leading_bytes(std::uint64_t key, std::size_t count) {
  return count == kWindow ? key : key & ~(~std::uint64_t{0} >> (8 * count));
}

std::vector<Grams> distinct_grams(const std::vector<std::uint64_t>& windows, std::size_t order) {
  std::vector<Grams> grams(order);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    std::size_t common = 0;
    if (i > 0) common = static_cast<std::size_t>(std::countl_zero(windows[i] ^ windows[i - 1])) / 8;
    for (std::size_t k = 0; k < order; ++k) {
      Grams& level = grams[k];
      if (k < common) {
        ++level.counts.back();
        continue;
      }
      if (k + 1 < order) {
        level.first_children.push_back(static_cast<std::uint32_t>(grams[k + 1].size()));
      }
      level.keys.push_back(leading_bytes(windows[i], k + 1));
      level.counts.push_back(1);
    }
  }
  for (std::size_t k = 0; k + 1 < order; ++k) {
    grams[k].first_children.push_back(static_cast<std::uint32_t>(grams[k + 1].size()));
  }
  return grams;
}

// The n-grams that begin with one byte have their suffixes in order, so the search goes on from
// where the last one ended, in growing steps.
void find_suffixes(Grams& level, const Grams& below) {
  level.suffixes.reserve(level.size());
  std::size_t place = 0;
  std::uint64_t first_byte = 256;
  for (const std::uint64_t key : level.keys) {
    if (key >> 56 != first_byte) {
      first_byte = key >> 56;
      place = 0;
    }
    const std::uint64_t suffix = key << 8;
    std::size_t step = 1;
    while (place + step < below.size() && below.keys[place + step] <= suffix) step *= 2;
    const auto from = below.keys.begin() + static_cast<std::ptrdiff_t>(place);
    const auto to =
        below.keys.begin() + static_cast<std::ptrdiff_t>(std::min(place + step, below.size()));
    place = static_cast<std::size_t>(std::lower_bound(from, to, suffix) - below.keys.begin());
    level.suffixes.push_back(static_cast<std::uint32_t>(place));
  }
}

}  // namespace

std::vector<Grams> count_grams(std::string_view text, std::size_t order) {
  // The last bytes have no full window; a line end more or less does not matter to a model.
  auto grams = distinct_grams(sorted_windows(text), order);
  for (std::size_t k = 1; k < order; ++k) find_suffixes(grams[k], grams[k - 1]);
  for (std::size_t k = 0; k + 1 < order; ++k) {
    grams[k].adjusted.assign(grams[k].size(), 0);
    for (const auto suffix : grams[k + 1].suffixes) ++grams[k].adjusted[suffix];
    // The text's very first n-gram has nothing before it.
    for (auto& count : grams[k].adjusted) count = std::max(count, std::uint32_t{1});
  }
  grams[order - 1].adjusted = grams[order - 1].counts;
  return grams;
}

}  // namespace emend::training
