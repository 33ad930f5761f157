// SPDX-License-Identifier: Apache-2.0
// Token sequences that begin alike, as one tree: what several texts share is decoded once.
//
// Knows nothing of llama.cpp. A path from a root to a leaf is one sequence of the batch; a node
// belongs to the sequences of all leaves below it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace emend {

using Token = std::int32_t;

class TokenTree {
 public:
  // Holds at most so many nodes and leaves.
  TokenTree(std::size_t max_nodes, std::size_t max_leaves)
      : max_nodes_(max_nodes), max_leaves_(max_leaves) {}

  // The node of each token of `tokens`, which are added as far as they are not there yet. Nothing
  // is added, and nothing returned, when the tree has no room for them.
  [[nodiscard]] std::optional<std::vector<std::size_t>> add(std::span<const Token> tokens);

  // Parents come before their children.
  struct Node {
    Token token = 0;
    std::size_t depth = 0;  // position in its sequences
    std::vector<std::int32_t> sequences;
  };
  // The tree as a batch is made from it.
  [[nodiscard]] std::vector<Node> nodes() const;

  [[nodiscard]] bool is_empty() const { return tokens_.empty(); }
  [[nodiscard]] std::size_t size() const { return tokens_.size(); }  // nodes
  void clear();

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::size_t max_nodes_;
  std::size_t max_leaves_;
  std::size_t leaves_ = 0;
  std::vector<Token> tokens_;
  std::vector<std::size_t> parents_;
  std::vector<bool> has_children_;
  std::map<std::pair<std::size_t, Token>, std::size_t> children_;  // (parent, token) -> node
};

}  // namespace emend
