// SPDX-License-Identifier: Apache-2.0
// Rewriting under guard: see rewrite.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/edit_automaton.h"
#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/answer.h"
#include "model_host/batch_size.h"
#include "model_host/draft.h"
#include "model_host/rewrite.h"

namespace emend {

class GuardedRewrite final : public Rewriting {
 public:
  GuardedRewrite(TokenStream& stream, Token last_of_prompt, const RewriteRequest& request);

  [[nodiscard]] Result<std::vector<Token>> next() override;
  [[nodiscard]] Result<void> go_on() override;
  [[nodiscard]] Rewritten result() override;

 private:
  // What the draft's own token would have cost, where the model began to say something else.
  struct DraftStep {
    Token token = 0;
    std::size_t begin = 0;  // byte of the draft
    double ln = 0;          // of the token's probability there
  };

  // The model's own words, from where they differ from the draft until both are at a word's end.
  struct Excursion {
    std::size_t size_before = 0;  // of the answer
    std::size_t begin = 0;        // byte of the draft
    std::string words;
    EditAutomaton changes;
    std::vector<DraftStep> draft;
    double ln_words = 0;
    std::size_t tokens = 0;
    // By which the model preferred its first token, where the draft's other ones were not asked.
    double least_gain = 0;
  };

  struct Replacement {
    ByteRange bytes;
    std::string words;
  };

  [[nodiscard]] Result<std::vector<Token>> propose();
  void cut_after_words(std::size_t least);
  // Both walk over the proposal as far as one batch tells. True when the other has to go on.
  [[nodiscard]] Result<bool> walk_draft();
  // The draft's own token at at_, whatever was proposed in its place.
  [[nodiscard]] Result<DraftToken> token_of_draft();
  [[nodiscard]] Result<bool> walk_excursion();

  [[nodiscard]] bool stands_unasked(const DraftToken& token) const;
  [[nodiscard]] bool depart(Token own);
  [[nodiscard]] bool follow(Token own);
  [[nodiscard]] std::optional<std::size_t> landing(Token next) const;
  [[nodiscard]] Replacement replacement(std::size_t position) const;
  [[nodiscard]] bool is_sensible(std::size_t position) const;
  void land(std::size_t position);
  [[nodiscard]] double gain_at(std::size_t position) const;
  void keep_word(std::size_t from, std::size_t token_end);
  [[nodiscard]] Result<void> abandon();
  [[nodiscard]] Result<void> settle(std::optional<Token> own);
  [[nodiscard]] std::size_t likely_position() const;

  TokenStream& stream_;
  Draft draft_;
  Answer answer_;
  BatchSize batch_;
  std::size_t most_changes_;

  std::size_t at_ = 0;          // byte of the draft up to which the answer is done
  std::size_t kept_until_ = 0;  // byte of the draft up to which it stands whatever the model says
  bool wants_more_ = false;     // the next round begins here and tells about whole words
  std::optional<Excursion> excursion_;
  std::vector<RewriteChange> changes_;

  std::vector<DraftToken> proposal_;  // of this round
  std::size_t next_ = 0;              // in it
};

}  // namespace emend
