// SPDX-License-Identifier: Apache-2.0
#include "model_host/rewrite.h"

#include <algorithm>
#include <utility>

#include "model_host/guarded_rewrite.h"
#include "model_host/open_rewrite.h"

namespace emend {

std::unique_ptr<Rewriting> begin_rewriting(TokenStream& stream, Token last_of_prompt,
                                           const RewriteRequest& request) {
  if (request.most_changes == kWideOpen) {
    return std::make_unique<OpenRewrite>(stream, last_of_prompt, request);
  }
  return std::make_unique<GuardedRewrite>(stream, last_of_prompt, request);
}

Result<Rewritten> rewrite(TokenStream& stream, Token last_of_prompt,
                          const RewriteRequest& request) {
  const auto rewriting = begin_rewriting(stream, last_of_prompt, request);
  for (;;) {
    const auto tokens = rewriting->next();
    if (!tokens) return tl::unexpected(tokens.error());
    if (tokens->empty()) return rewriting->result();
    if (auto done = stream.append(*tokens); !done) return tl::unexpected(std::move(done.error()));
    if (auto done = rewriting->go_on(); !done) return tl::unexpected(std::move(done.error()));
  }
}

}  // namespace emend
