// SPDX-License-Identifier: Apache-2.0
// Models that rewrite as a test tells them to.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/rewriting.h"

namespace emend {

class ScriptedRewriter final : public Rewriter {
 public:
  using Script = std::function<Result<Rewritten>(const RewriteRequest&)>;

  explicit ScriptedRewriter(Script script) : script_(std::move(script)) {}

  Result<Rewritten> rewrite(const RewriteRequest& request) override {
    requests.push_back(request);
    return script_(request);
  }

  std::vector<RewriteRequest> requests;

 private:
  Script script_;
};

// Wants other words for some, wherever they stand between white space, locked or not.
inline ScriptedRewriter::Script by_word(std::map<std::string, std::string> others, double gain) {
  return [others = std::move(others), gain](const RewriteRequest& request) -> Result<Rewritten> {
    Rewritten answer;
    for (std::size_t at = 0; at < request.text.size();) {
      const std::size_t end = std::min(request.text.find_first_of(" \n", at), request.text.size());
      const auto other = others.find(request.text.substr(at, end - at));
      if (other != others.end()) answer.changes.push_back({{at, end}, other->second, gain});
      at = end + 1;
    }
    return answer;
  };
}

}  // namespace emend
