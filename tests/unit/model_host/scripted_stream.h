// SPDX-License-Identifier: Apache-2.0
// A model that says what a test tells it to, with a small vocabulary of bytes and longer pieces.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model_host/token_stream.h"

namespace emend {

class ScriptedStream final : public TokenStream {
 public:
  static constexpr Token kEnd = 256;
  // What the model says after `said`: bytes of which it says the longest piece; empty = the end.
  using Script = std::function<std::string(const std::string& said)>;

  ScriptedStream(Script script, const std::vector<std::string>& longer_pieces)
      : script_(std::move(script)) {
    for (int byte = 0; byte < 256; ++byte) pieces_.emplace_back(1, static_cast<char>(byte));
    pieces_.emplace_back();
    for (const std::string& piece : longer_pieces) {
      longer_[piece] = static_cast<Token>(pieces_.size());
      pieces_.push_back(piece);
    }
  }

  bool is_cheap = true;
  std::size_t window = 1U << 20U;
  std::size_t batch_limit = 96;
  int appends = 0;
  std::size_t longest_batch = 0;

  [[nodiscard]] Result<std::vector<Token>> tokens(std::string_view text) const override {
    std::vector<Token> tokens;
    while (!text.empty()) {
      tokens.push_back(first_token(text));
      text.remove_prefix(piece(tokens.back()).size());
    }
    return tokens;
  }
  [[nodiscard]] const std::string& piece(Token token) const override {
    return pieces_.at(static_cast<std::size_t>(token));
  }
  [[nodiscard]] bool is_end(Token token) const override { return token == kEnd; }
  [[nodiscard]] Token end() const override { return kEnd; }

  [[nodiscard]] Result<void> append(std::span<const Token> tokens) override {
    ++appends;
    longest_batch = std::max(longest_batch, tokens.size());
    if (tokens.size() > room() || tokens.size() > most_at_once()) {
      return fail(ErrorCode::engine_failed, "too much at once");
    }
    best_.clear();
    for (const Token token : tokens) {
      cached_.push_back(token);
      said_ += piece(token);
      const std::string next = script_(said_);
      best_.push_back(next.empty() ? kEnd : first_token(next));
    }
    return {};
  }
  [[nodiscard]] Token best(std::size_t index) const override { return best_.at(index); }
  [[nodiscard]] double ln_probability(std::size_t index, Token token) const override {
    constexpr double kShareOfBest = 0.9;
    const auto others = static_cast<double>(pieces_.size());
    return token == best_.at(index) ? std::log(kShareOfBest)
                                    : std::log((1 - kShareOfBest) / others);
  }
  [[nodiscard]] Result<void> forget(std::size_t count) override {
    for (; count > 0; --count) {
      said_.resize(said_.size() - piece(cached_.back()).size());
      cached_.pop_back();
    }
    return {};
  }
  [[nodiscard]] bool forgets_cheaply() const override { return is_cheap; }
  [[nodiscard]] std::size_t room() const override { return window - cached_.size(); }
  [[nodiscard]] std::size_t most_at_once() const override { return batch_limit; }
  [[nodiscard]] std::size_t good_batch() const override { return 16; }

 private:
  [[nodiscard]] Token first_token(std::string_view text) const {
    Token best = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    for (const auto& [piece, token] : longer_) {
      if (piece.size() <= length || !text.starts_with(piece)) continue;
      best = token;
      length = piece.size();
    }
    return best;
  }

  Script script_;
  std::vector<std::string> pieces_;
  std::map<std::string, Token> longer_;
  std::vector<Token> cached_;
  std::vector<Token> best_;
  std::string said_;
};

}  // namespace emend
