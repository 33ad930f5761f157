// SPDX-License-Identifier: Apache-2.0
// An answer of a model, verified against a draft instead of generated word by word.
//
// One batch asks the model about many tokens of the draft. As long as the model itself would have
// said them they stand; locked ones stand unasked. Where it would say something else, its own words
// are followed while an EditAutomaton allows it, until both texts are at the end of a word again;
// else the draft's word stands. So an answer has no chatter, drops no line, and touches no locked
// byte. Draft and answer are aligned by bytes: tokens fall differently around an error.
#pragma once

#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/token_stream.h"

namespace emend {

// `last_of_prompt` comes before the answer and has not been computed yet. Fails as the stream does,
// and with limit_exceeded when the context cannot hold the answer. With most_changes == kWideOpen
// the answer is what greedy decoding gives, whatever the draft; it ends where the model ends it.
[[nodiscard]] Result<Rewritten> rewrite(TokenStream& stream, Token last_of_prompt,
                                        const RewriteRequest& request);

}  // namespace emend
