// SPDX-License-Identifier: Apache-2.0
// The file of a byte n-gram model (*.ngram), version 1. The trainer in training/ngram writes it,
// ngram_model.h reads it, sealed_file.h checks it. All numbers are little-endian, whatever the
// machine.
//
//   offset  size
//   0       8      magic "emendng1"
//   8       32     SHA-256 of everything from offset 40 to the end
//   40      4      version, 1
//   44      4      order N, 2..8: the longest n-gram
//   48      4*8    nodes of level 1..8; level 1 has 256, levels above N have none
//   80      ...    code books: for each level 1..N 256 int32, the log-probabilities behind the
//                  codes, then for each level 1..N-1 256 int32, the back-off weights; both in
//                  units of 1/65536 nat
//   ...            the levels 1..N, each an array after the other:
//                    label     u8 per node   the n-gram's last byte
//                    code      u8 per node   code of ln P(last byte | the bytes before)
//                  and below level N
//                    back-off  u8 per node   code of the weight when the node as context fails
//                    children  u8 per node   how many nodes of the next level continue it
//                    (packed_tree.h) base      u32 per block of 16 nodes: first child of the
//                    block's first node
//                  each array is padded with zeros to a multiple of 8 bytes
//
// A node of level k is an n-gram of k bytes; its children are the n-grams one byte longer that
// begin with it, in the order of their labels. Nodes are in the order of their n-grams, so the
// children of consecutive nodes are consecutive. When an n-gram is in the file, so is the one
// without its first byte: the search for the longest match may stop at the first miss.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace emend::ngram {

inline constexpr std::array<char, 8> kMagic = {'e', 'm', 'e', 'n', 'd', 'n', 'g', '1'};
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kMaxOrder = 8;
inline constexpr std::size_t kHeaderSize = 80;
inline constexpr std::size_t kCodes = 256;  // entries of a code book
inline constexpr double kUnitsPerNat = 65536.0;

}  // namespace emend::ngram
