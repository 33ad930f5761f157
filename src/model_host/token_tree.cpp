// SPDX-License-Identifier: Apache-2.0
#include "model_host/token_tree.h"

#include <algorithm>

namespace emend {

std::optional<std::vector<std::size_t>> TokenTree::add(std::span<const Token> tokens) {
  std::vector<std::size_t> path;
  path.reserve(tokens.size());
  std::size_t parent = kNone;
  for (const Token token : tokens) {
    const auto child = children_.find({parent, token});
    if (child == children_.end()) break;
    parent = child->second;
    path.push_back(parent);
  }
  const std::size_t missing = tokens.size() - path.size();
  if (missing == 0) return path;
  const bool extends_leaf = parent != kNone && !has_children_[parent];
  const std::size_t new_leaves = extends_leaf ? 0 : 1;
  if (tokens_.size() + missing > max_nodes_ || leaves_ + new_leaves > max_leaves_) return {};

  leaves_ += new_leaves;
  for (const Token token : tokens.subspan(path.size())) {
    const std::size_t node = tokens_.size();
    tokens_.push_back(token);
    parents_.push_back(parent);
    has_children_.push_back(false);
    if (parent != kNone) has_children_[parent] = true;
    children_.emplace(std::pair{parent, token}, node);
    path.push_back(node);
    parent = node;
  }
  return path;
}

std::vector<TokenTree::Node> TokenTree::nodes() const {
  std::vector<Node> nodes(tokens_.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    nodes[i].token = tokens_[i];
    nodes[i].depth = parents_[i] == kNone ? 0 : nodes[parents_[i]].depth + 1;
  }
  std::int32_t sequence = 0;
  for (std::size_t leaf = 0; leaf < nodes.size(); ++leaf) {
    if (has_children_[leaf]) continue;
    for (std::size_t node = leaf; node != kNone; node = parents_[node]) {
      nodes[node].sequences.push_back(sequence);
    }
    ++sequence;
  }
  return nodes;
}

void TokenTree::clear() {
  leaves_ = 0;
  tokens_.clear();
  parents_.clear();
  has_children_.clear();
  children_.clear();
}

}  // namespace emend
