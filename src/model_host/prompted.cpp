// SPDX-License-Identifier: Apache-2.0
#include "model_host/prompted.h"

#include <llama.h>

#include <utility>

#include "model_host/chat.h"
#include "model_host/llama_stream.h"
#include "model_host/rewrite.h"

namespace emend {

Result<Rewritten> rewrite_by(const Model& model, const RewriteRequest& request) {
  const ChatTurns turns{request.system, request.prompt + "\n\n" + request.before + request.text};
  auto prompt = conversation(llama_get_model(model.context()), model.tokeniser(), turns);
  if (!prompt) return tl::unexpected(std::move(prompt.error()));
  const auto before = model.tokeniser().tokens(request.before);
  if (!before) return tl::unexpected(before.error());
  prompt->insert(prompt->end(), before->begin(), before->end());
  LlamaStream stream(model);
  if (auto begun = stream.begin(*prompt); !begun) return tl::unexpected(std::move(begun.error()));
  auto rewritten = rewrite(stream, prompt->back(), request);
  if (rewritten) rewritten->tokens = stream.computed();
  return rewritten;
}

}  // namespace emend
