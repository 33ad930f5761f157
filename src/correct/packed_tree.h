// SPDX-License-Identifier: Apache-2.0
// Where the children of a tree's nodes are, in little more than a byte per node.
//
// The children of consecutive nodes are consecutive. Per node the file has the number of its
// children, and per block of 16 nodes the first child of the block's first node; the rest is added
// up. Numbers are little-endian, arrays are padded with zeros to a multiple of 8 bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace emend {

[[nodiscard]] inline std::uint32_t load_u32(const unsigned char* bytes) {
  return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
         std::uint32_t{bytes[3]} << 24;
}

[[nodiscard]] inline std::uint64_t load_u64(const unsigned char* bytes) {
  return std::uint64_t{load_u32(bytes)} | std::uint64_t{load_u32(bytes + 4)} << 32;
}

[[nodiscard]] constexpr std::size_t padded(std::size_t size) {
  return (size + 7) / 8 * 8;
}

class PackedTree {
 public:
  static constexpr std::size_t kBlock = 16;  // nodes that share one base

  [[nodiscard]] static constexpr std::size_t blocks(std::size_t nodes) {
    return (nodes + kBlock - 1) / kBlock;
  }

  PackedTree() = default;
  PackedTree(const unsigned char* children, const unsigned char* bases)
      : children_(children), bases_(bases) {}

  // Whether `nodes` nodes have their children one after the other from `first` up to `end`. When
  // they have, everything below stays inside that range, whatever else the file holds.
  [[nodiscard]] bool is_sound(std::uint32_t nodes, std::uint64_t first, std::uint64_t end) const {
    for (std::uint32_t node = 0; node < nodes; ++node) {
      if (node % kBlock == 0 && load_u32(bases_ + node / kBlock * 4) != first) return false;
      first += children_[node];
    }
    return first == end;
  }

  [[nodiscard]] std::uint32_t child_count(std::uint32_t node) const { return children_[node]; }

  [[nodiscard]] std::uint32_t first_child(std::uint32_t node) const {
    const std::size_t block = node / kBlock;
    const auto within = static_cast<std::uint32_t>(node % kBlock);
    const unsigned char* counts = children_ + block * kBlock;
    const std::uint32_t base = load_u32(bases_ + block * 4);
    // Arrays are padded to 8 bytes, so both loads stay inside.
    if (within < 8) return base + sum_of_bytes(load_u64(counts), within);
    return base + sum_of_8_bytes(load_u64(counts)) + sum_of_bytes(load_u64(counts + 8), within - 8);
  }

 private:
  // The sum of the first `count` (at most 7) of 8 bytes.
  static std::uint32_t sum_of_bytes(std::uint64_t bytes, std::uint32_t count) {
    bytes &= (std::uint64_t{1} << (8 * count)) - 1;
    constexpr std::uint64_t kEven = 0x00FF00FF00FF00FF;
    const std::uint64_t pairs = (bytes & kEven) + ((bytes >> 8) & kEven);
    return static_cast<std::uint32_t>((pairs * 0x0001000100010001) >> 48);
  }

  static std::uint32_t sum_of_8_bytes(std::uint64_t bytes) {
    return sum_of_bytes(bytes, 7) + static_cast<std::uint32_t>(bytes >> 56);
  }

  const unsigned char* children_ = nullptr;
  const unsigned char* bases_ = nullptr;
};

}  // namespace emend
