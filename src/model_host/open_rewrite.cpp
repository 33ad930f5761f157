// SPDX-License-Identifier: Apache-2.0
#include "model_host/open_rewrite.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace emend {

namespace {

constexpr std::size_t kMostChanges = 24;  // bytes by which an aligned answer strays from the draft
constexpr std::size_t kSameBytes = 10;    // that find the place of an answer which strayed further

}  // namespace

OpenRewrite::OpenRewrite(TokenStream& stream, Token last_of_prompt, const RewriteRequest& request)
    : stream_(stream),
      draft_(stream, request.text, {}, request.likely),
      answer_(stream, last_of_prompt),
      batch_(stream, request.batch),
      most_tokens_(request.most_tokens > 0 ? static_cast<std::size_t>(request.most_tokens)
                                           : std::numeric_limits<std::size_t>::max()) {}

bool OpenRewrite::is_full() const {
  // The token that is not computed yet and one place to say the next.
  return answer_.tokens().size() >= most_tokens_ || stream_.room() < 2;
}

Result<std::vector<Token>> OpenRewrite::next() {
  if (is_ended_ || is_full()) return std::vector<Token>{};
  auto proposed = proposal();
  if (!proposed) return tl::unexpected(std::move(proposed.error()));
  proposal_ = std::move(*proposed);
  return answer_.propose(tokens_of(proposal_));
}

Rewritten OpenRewrite::result() {
  return {text_, {}, answer_.computed(), answer_.rounds()};
}

Result<std::vector<DraftToken>> OpenRewrite::proposal() {
  if (!position_ || !stream_.forgets_cheaply()) return std::vector<DraftToken>{};
  const std::size_t room =
      std::min({batch_.now(), stream_.room() - 2, most_tokens_ - answer_.tokens().size() - 1});
  return draft_.likely_tokens_from(*position_, room, room, 0);
}

Result<void> OpenRewrite::go_on() {
  std::size_t accepted = 0;
  for (; accepted < proposal_.size(); ++accepted) {
    const DraftToken& token = proposal_[accepted];
    if (answer_.best(accepted) != token.token) break;
    if (token.end == Draft::kNowhere) {
      say(token.token);
      continue;
    }
    text_ += stream_.piece(token.token);
    position_ = token.end;
    strayed_.reset();
  }
  batch_.stood(accepted);
  if (accepted < proposal_.size()) batch_.disagreed();
  const Token own = answer_.best(accepted);
  if (stream_.is_end(own)) {
    is_ended_ = true;
    return {};
  }
  say(own);
  return answer_.settle(accepted, own);
}

void OpenRewrite::say(Token token) {
  const std::string& piece = stream_.piece(token);
  text_ += piece;
  if (position_ && !strayed_) {
    strayed_.emplace(draft_.text(), draft_.locked(), *position_,
                     EditBounds{.most_changes = kMostChanges, .keeps_form = false});
  }
  if (strayed_ && !strayed_->write(piece)) {
    strayed_.reset();
    position_.reset();
  }
  align();
}

// A guess, which costs time when it is wrong and nothing else.
void OpenRewrite::align() {
  if (!strayed_) {
    if (text_.size() < kSameBytes) return;
    const std::size_t found = draft_.text().find(text_.substr(text_.size() - kSameBytes));
    if (found != std::string_view::npos) position_ = found + kSameBytes;
    return;
  }
  std::size_t best = strayed_->first();
  for (std::size_t at = best; at <= strayed_->last(); ++at) {
    const std::size_t changes = strayed_->changes_at(at);
    const std::size_t least = strayed_->changes_at(best);
    if (changes < least || (changes == least && draft_.is_word_end(at))) best = at;
  }
  position_ = best;
}

}  // namespace emend
