// SPDX-License-Identifier: Apache-2.0
// An answer of a model, verified against a draft instead of generated word by word.
//
// One batch asks the model about many tokens of the draft. As long as the model itself would have
// said them they stand; locked ones stand unasked. Where it would say something else, its own words
// are followed while an EditAutomaton allows it, until both texts are at the end of a word again;
// else the draft's word stands. So an answer has no chatter, drops no line, and touches no locked
// byte. Draft and answer are aligned by bytes: tokens fall differently around an error.
#pragma once

#include <memory>
#include <vector>

#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/token_stream.h"

namespace emend {

// One text on its way, a batch at a time, so that several can share their batches.
class Rewriting {
 public:
  Rewriting() = default;
  Rewriting(const Rewriting&) = delete;
  Rewriting& operator=(const Rewriting&) = delete;
  virtual ~Rewriting() = default;

  // The tokens that the stream has to append now; none when the text is done. Fails with
  // limit_exceeded when the context cannot hold the answer.
  [[nodiscard]] virtual Result<std::vector<Token>> next() = 0;
  // Takes what the stream tells of them.
  [[nodiscard]] virtual Result<void> go_on() = 0;
  [[nodiscard]] virtual Rewritten result() = 0;  // when it is done
};

// `last_of_prompt` comes before the answer and has not been computed yet. Borrows the stream.
[[nodiscard]] std::unique_ptr<Rewriting> begin_rewriting(TokenStream& stream, Token last_of_prompt,
                                                         const RewriteRequest& request);

// All of it, with the stream to itself. Fails as the stream does,
// and with limit_exceeded when the context cannot hold the answer. With most_changes == kWideOpen
// the answer is what greedy decoding gives, whatever the draft; it ends where the model ends it.
[[nodiscard]] Result<Rewritten> rewrite(TokenStream& stream, Token last_of_prompt,
                                        const RewriteRequest& request);

}  // namespace emend
