// SPDX-License-Identifier: Apache-2.0
#include "model_host/token_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace emend {
namespace {

using Tokens = std::vector<Token>;
using Sequences = std::vector<std::int32_t>;

TEST(TokenTree, KeepsASharedBeginningOnce) {
  TokenTree tree(100, 100);
  EXPECT_EQ(tree.add(Tokens{1, 2, 3}), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(tree.add(Tokens{1, 2, 4, 5}), (std::vector<std::size_t>{0, 1, 3, 4}));
  EXPECT_EQ(tree.add(Tokens{7}), (std::vector<std::size_t>{5}));

  const auto nodes = tree.nodes();
  ASSERT_EQ(nodes.size(), 6U);
  EXPECT_EQ(nodes[1].token, 2);
  EXPECT_EQ(nodes[1].depth, 1U);
  EXPECT_EQ(nodes[1].sequences, (Sequences{0, 1}));
  EXPECT_EQ(nodes[2].sequences, (Sequences{0}));
  EXPECT_EQ(nodes[4].depth, 3U);
  EXPECT_EQ(nodes[4].sequences, (Sequences{1}));
  EXPECT_EQ(nodes[5].depth, 0U);
  EXPECT_EQ(nodes[5].sequences, (Sequences{2}));
}

TEST(TokenTree, ATextThatGoesOnNeedsNoSequenceOfItsOwn) {
  TokenTree tree(100, 1);
  ASSERT_TRUE(tree.add(Tokens{1, 2}));
  ASSERT_TRUE(tree.add(Tokens{1, 2, 3}));
  ASSERT_TRUE(tree.add(Tokens{1}));
  EXPECT_FALSE(tree.add(Tokens{1, 4})) << "a second sequence, and one is the limit";
  EXPECT_EQ(tree.nodes().size(), 3U) << "what did not fit must leave nothing behind";
}

TEST(TokenTree, HoldsNoMoreNodesThanItMay) {
  TokenTree tree(4, 100);
  ASSERT_TRUE(tree.add(Tokens{1, 2, 3}));
  EXPECT_FALSE(tree.add(Tokens{1, 5, 6}));
  EXPECT_TRUE(tree.add(Tokens{1, 5}));
  tree.clear();
  EXPECT_TRUE(tree.is_empty());
  EXPECT_TRUE(tree.add(Tokens{1, 5, 6, 7}));
}

// What llama.cpp asks of a batch: within a sequence the positions count up from 0, one after the
// other, and the tokens are those of the text.
TEST(TokenTree, EverySequenceSpellsItsText) {
  std::mt19937 generator(7);
  for (int round = 0; round < 200; ++round) {
    TokenTree tree(1000, 1000);
    std::vector<Tokens> texts;
    std::vector<std::vector<std::size_t>> paths;
    for (int i = 0; i < 8; ++i) {
      Tokens text(1 + generator() % 6);
      for (Token& token : text) token = static_cast<Token>(generator() % 3);
      paths.push_back(tree.add(text).value());
      texts.push_back(std::move(text));
    }
    const auto nodes = tree.nodes();
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const std::int32_t sequence = nodes[paths[i].back()].sequences.front();
      Tokens spelled;
      for (const auto& node : nodes) {
        if (std::count(node.sequences.begin(), node.sequences.end(), sequence) == 0) continue;
        ASSERT_EQ(node.depth, spelled.size());
        spelled.push_back(node.token);
      }
      ASSERT_GE(spelled.size(), texts[i].size());
      spelled.resize(texts[i].size());
      ASSERT_EQ(spelled, texts[i]);
    }
  }
}

}  // namespace
}  // namespace emend
