// SPDX-License-Identifier: Apache-2.0
// The text that a model's answer is expected to be, as tokens from any byte of it on.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/token_stream.h"

namespace emend {

struct DraftToken {
  Token token = 0;
  std::size_t begin = 0;  // bytes of the draft
  std::size_t end = 0;
  bool is_locked = false;  // has a locked byte, or is no more than a newline
  // Of words that stand for others in the draft. Then `begin` is a byte of the draft for the first
  // token alone, and else nowhere; `end` is one for the last token.
  bool is_likely = false;
};

[[nodiscard]] bool is_blank(char byte);

[[nodiscard]] std::vector<Token> tokens_of(std::span<const DraftToken> proposal);

class Draft {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  // Ranges beyond the text are cut; likely words that are no whole words of it, or locked, are
  // passed over. Borrows the stream.
  Draft(const TokenStream& stream, std::string text, std::span<const ByteRange> locked,
        std::span<const LikelyWords> likely = {});

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] const std::vector<bool>& locked() const { return locked_; }

  // Tokens of the draft from byte `begin` on: at least `count` of them and then to the end of a
  // word, at most `most`, fewer where the draft ends. Fails with engine_failed when the model's
  // vocabulary cannot write the text.
  [[nodiscard]] Result<std::vector<DraftToken>> tokens_from(std::size_t begin, std::size_t count,
                                                            std::size_t most);

  // The same with the likely words from byte `likely_from` on in place of the draft's.
  [[nodiscard]] Result<std::vector<DraftToken>> likely_tokens_from(std::size_t begin,
                                                                   std::size_t count,
                                                                   std::size_t most,
                                                                   std::size_t likely_from);

  // A word is what white space surrounds.
  [[nodiscard]] bool is_word_end(std::size_t position) const;
  [[nodiscard]] std::size_t word_begin(std::size_t position) const;
  // The end of the word at `position`, or of the next one when there is none.
  [[nodiscard]] std::size_t word_end(std::size_t position) const;

 private:
  [[nodiscard]] Result<void> read_from(std::size_t begin, std::size_t count);
  [[nodiscard]] Result<std::vector<Token>> written_as(std::string_view part) const;
  [[nodiscard]] bool is_locked(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool is_usable(const LikelyWords& likely) const;
  // Up to white space: a cut through a word would make other tokens of it.
  [[nodiscard]] std::size_t end_of_reading(std::size_t begin, std::size_t count) const;
  // The first `count` and then to the end of a word, at most `most`.
  [[nodiscard]] std::vector<DraftToken> cut(std::span<const DraftToken> tokens, std::size_t count,
                                            std::size_t most) const;

  const TokenStream* stream_;
  std::string text_;
  std::vector<bool> locked_;
  std::vector<LikelyWords> likely_;
  std::vector<DraftToken> tokens_;  // those that were read last
};

}  // namespace emend
