// SPDX-License-Identifier: Apache-2.0
// A loaded instruct model asked to rewrite a text as a prompt says.
//
// The conversation holds the system's words, the prompt, and the text as data; what stands before
// the text and then the text itself are the beginning and the draft of the answer.
#pragma once

#include <span>
#include <vector>

#include "core/rewriting.h"
#include "emend/error.h"
#include "model_host/model.h"

namespace emend {

// As Rewriter::rewrite(). The result depends on the request alone, not on what was asked before.
[[nodiscard]] Result<Rewritten> rewrite_by(const Model& model, const RewriteRequest& request);

// As Rewriter::rewrite_all(): as many of the texts as the cache holds at once share their batches,
// and what their prompts begin with. The results depend on all of the requests.
[[nodiscard]] std::vector<Result<Rewritten>> rewrite_all_by(
    const Model& model, std::span<const RewriteRequest> requests);

}  // namespace emend
