// SPDX-License-Identifier: Apache-2.0
// A model that wants to say a text that is known beforehand, whatever it is made to say instead.
//
// Forced away from that text it goes on where the forced one has got to, as a language model does:
// both are aligned by characters, and at the next end of a word it is back. It is sure of itself,
// which is the worst case for whoever judges what it says.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/alignment.h"
#include "model_host/token_stream.h"

namespace emend {

// Bytes as an Alignment takes them.
[[nodiscard]] std::u32string symbols_of(std::string_view bytes);

class ReplayStream final : public TokenStream {
 public:
  static constexpr Token kBegin = 0;  // the last token of a prompt
  static constexpr Token kEnd = 1;

  ReplayStream(std::string draft, std::string wanted);

  [[nodiscard]] Result<std::vector<Token>> tokens(std::string_view text) const override;
  [[nodiscard]] const std::string& piece(Token token) const override;
  [[nodiscard]] bool is_end(Token token) const override { return token == kEnd; }
  [[nodiscard]] Token end() const override { return kEnd; }
  [[nodiscard]] Result<void> append(std::span<const Token> tokens) override;
  [[nodiscard]] Token best(std::size_t index) const override { return best_.at(index); }
  [[nodiscard]] double ln_probability(std::size_t index, Token token) const override;
  [[nodiscard]] Result<void> forget(std::size_t count) override;
  [[nodiscard]] bool forgets_cheaply() const override { return true; }
  [[nodiscard]] std::size_t room() const override;
  [[nodiscard]] std::size_t most_at_once() const override;
  [[nodiscard]] std::size_t good_batch() const override;

 private:
  // Where what was said so far is in both texts.
  struct Place {
    std::size_t in_draft = 0;
    std::size_t in_wanted = 0;
    bool follows_draft = true;
    bool follows_wanted = true;
  };

  [[nodiscard]] Token token_of(std::string_view piece) const;
  [[nodiscard]] Place after(Place place, const std::string& piece) const;
  [[nodiscard]] Token said_at(const Place& place) const;

  std::string draft_;
  std::string wanted_;
  Alignment to_wanted_;
  Alignment to_draft_;
  std::vector<Place> places_;  // after each token
  std::vector<Token> best_;
  // Pieces get their numbers as they come.
  mutable std::vector<std::string> pieces_;
  mutable std::unordered_map<std::string, Token> numbers_;
};

}  // namespace emend
