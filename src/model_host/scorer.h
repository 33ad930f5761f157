// SPDX-License-Identifier: Apache-2.0
// ln P(candidate + after | before) by a loaded model.
//
// What is a probability of bytes when a model knows tokens? P(s) here is the probability that the
// model's text begins with the bytes s, along the canonical tokens t1 t2 ... tn of s:
//
//   P(s) = sum over k of  P(t1 ... tk) * (sum over t of P(t | t1 ... tk))
//
// where t is every token whose bytes begin with the bytes of s that follow tk.
// The last term of the outer sum is "all canonical tokens, the last one or a longer one", the
// others are longer tokens that swallow the end of s. So a text that stops in the middle of a word
// is not punished for a token that the model would never have written there, and readings of
// different segmentation compare. The result is ln P(before + candidate + after) - ln P(before),
// where both texts are tokenised as a whole, so no artificial seam between `before` and a candidate
// costs anything; the tokens that all these texts begin with cancel. For a byte-level vocabulary
// every sum has one term, and the result is exactly ln P of the bytes.
// Such a vocabulary may have control tokens that tell what a text is (ScoreRequest::about); they
// stand before it and are given, not scored.
#pragma once

#include <span>

#include "core/model_messages.h"
#include "emend/error.h"
#include "emend/language_model.h"
#include "model_host/model.h"

namespace emend {

// As LanguageModel::score. Fails with limit_exceeded when a candidate with what follows is longer
// than the model's window, engine_failed when the model fails or gives no usable number. A `before`
// that is too long is cut at its start. The result depends on the requests alone, not on what was
// asked before.
[[nodiscard]] Result<Scored> score(const Model& model, std::span<const ScoreRequest> requests);

}  // namespace emend
