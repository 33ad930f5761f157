// SPDX-License-Identifier: Apache-2.0
// Every n-gram of a text with how often it occurs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace emend::training {

// All n-grams of one length, in the order of their bytes. The n-gram's first byte is the most
// significant one of its key, the bytes below its length are zero.
struct Grams {
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> counts;  // occurrences
  std::vector<std::uint32_t>
      adjusted;  // Kneser-Ney: bytes seen before it; the longest: occurrences
  std::vector<std::uint32_t>
      suffixes;  // index, one length below, of the n-gram less its first byte
  // children of n-gram i, one length above, are those from first_children[i] to the next's
  std::vector<std::uint32_t> first_children;

  [[nodiscard]] std::size_t size() const { return keys.size(); }
};

// One entry per length 1..order, order <= 8. Takes 8 bytes of memory per byte of text and about 30
// per different n-gram.
[[nodiscard]] std::vector<Grams> count_grams(std::string_view text, std::size_t order);

}  // namespace emend::training
