// SPDX-License-Identifier: Apache-2.0
// Rewriting with the guard wide open: greedy decoding, with a draft that only makes it faster.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/edit_automaton.h"
#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/answer.h"
#include "model_host/batch_size.h"
#include "model_host/draft.h"
#include "model_host/rewrite.h"

namespace emend {

class OpenRewrite final : public Rewriting {
 public:
  OpenRewrite(TokenStream& stream, Token last_of_prompt, const RewriteRequest& request);

  [[nodiscard]] Result<std::vector<Token>> next() override;
  [[nodiscard]] Result<void> go_on() override;
  [[nodiscard]] Rewritten result() override;

 private:
  [[nodiscard]] Result<std::vector<DraftToken>> proposal();
  [[nodiscard]] bool is_full() const;
  void say(Token token);
  void align();

  TokenStream& stream_;
  Draft draft_;
  Answer answer_;
  BatchSize batch_;
  std::size_t most_tokens_;
  std::string text_;
  std::vector<DraftToken> proposal_;  // of this round
  bool is_ended_ = false;
  // Where in the draft the answer seems to be; nowhere while nothing of it fits.
  std::optional<std::size_t> position_ = 0;
  std::optional<EditAutomaton> strayed_;  // since answer and draft were last the same
};

}  // namespace emend
