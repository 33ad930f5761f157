// SPDX-License-Identifier: Apache-2.0
// How far apart two sequences are, and which part of one is which part of the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace emend {

// Levenshtein distance. Texts that hardly differ cost about the square of their difference
// (Ukkonen 1985); all others a 64th of the product of their lengths (Myers 1999 in the block form
// of Hyyro 2003). Memory is proportional to the lengths.
[[nodiscard]] std::size_t edit_distance(std::u32string_view a, std::u32string_view b);
[[nodiscard]] std::size_t edit_distance(std::span<const std::uint32_t> a,
                                        std::span<const std::uint32_t> b);

// The second way alone, for tests.
[[nodiscard]] std::size_t edit_distance_by_bits(std::span<const std::uint32_t> a,
                                                std::span<const std::uint32_t> b);

// Where each part of `a` is in `b`, by a cheapest way from one to the other. A space is never taken
// for another character, so that words are found as words. Costs about the square of the
// difference in time, and its power of 1.5 in memory.
class Alignment {
 public:
  Alignment(std::u32string_view a, std::u32string_view b);

  using Span = std::pair<std::size_t, std::size_t>;  // [first, second)

  // The part of b for a[begin, end), without what was put in at its ends.
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;

 private:
  // For each character of a its place in b; empty where it was left out.
  std::vector<Span> places_;
};

}  // namespace emend
