// SPDX-License-Identifier: Apache-2.0
#include "model_host/rewrite.h"

#include <algorithm>
#include <utility>

#include "model_host/guarded_rewrite.h"
#include "model_host/open_rewrite.h"

namespace emend {

Result<Rewritten> rewrite(TokenStream& stream, Token last_of_prompt,
                          const RewriteRequest& request) {
  if (request.most_changes == kWideOpen) {
    return OpenRewrite(stream, last_of_prompt, request).run();
  }
  return GuardedRewrite(stream, last_of_prompt, request).run();
}

}  // namespace emend
