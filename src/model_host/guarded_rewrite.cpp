// SPDX-License-Identifier: Apache-2.0
#include "model_host/guarded_rewrite.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace emend {

namespace {

constexpr std::size_t kMostOwnTokens = 24;  // of one excursion
constexpr std::size_t kInsideWords = 3;     // tokens that are proposed there
constexpr std::size_t kWholeWords = 1;      // of the draft, to be told about where it is left

std::string rewritten(std::string_view draft, const std::vector<RewriteChange>& changes) {
  std::string text;
  std::size_t done = 0;
  for (const RewriteChange& change : changes) {
    text += draft.substr(done, change.bytes.begin - done);
    text += change.text;
    done = change.bytes.end;
  }
  return text += draft.substr(done);
}

}  // namespace

GuardedRewrite::GuardedRewrite(TokenStream& stream, Token last_of_prompt,
                               const RewriteRequest& request)
    : stream_(stream),
      draft_(stream, request.text, request.locked, request.likely),
      answer_(stream, last_of_prompt),
      batch_(stream, request.batch),
      most_changes_(static_cast<std::size_t>(std::max(0, request.most_changes))) {}

Result<std::vector<Token>> GuardedRewrite::next() {
  if (at_ == draft_.size() && !excursion_) return std::vector<Token>{};
  if (stream_.room() < 2) {
    return fail(ErrorCode::limit_exceeded, "the text is longer than the model's context",
                "Use a longer context, or a model that has one.");
  }
  return propose();
}

Rewritten GuardedRewrite::result() {
  return {rewritten(draft_.text(), changes_), changes_, answer_.computed(), answer_.rounds()};
}

Result<std::vector<Token>> GuardedRewrite::propose() {
  const std::size_t limit = std::min(batch_.hard_limit(), stream_.room() - 1);
  std::size_t count = std::min(batch_.now(), limit);
  // A model that cannot go back is asked for one token, and for more only where it disagrees.
  const bool asks = stream_.forgets_cheaply() || (wants_more_ && !excursion_);
  proposal_.clear();
  next_ = 0;
  if (asks) {
    const std::size_t begin = excursion_ ? likely_position() : at_;
    // In the middle of a word it is anybody's guess what of the draft comes next.
    if (excursion_ && !draft_.is_word_end(begin)) count = std::min(count, kInsideWords);
    const std::size_t likely_from = stream_.forgets_cheaply() ? kept_until_ : draft_.size();
    auto tokens = draft_.likely_tokens_from(begin, wants_more_ ? limit : count, limit, likely_from);
    if (!tokens) return tl::unexpected(std::move(tokens.error()));
    proposal_ = std::move(*tokens);
    if (wants_more_) cut_after_words(count);
  }
  return answer_.propose(tokens_of(proposal_));
}

// Leaves `least` tokens, or more if it takes more to tell about whole words and what follows them.
void GuardedRewrite::cut_after_words(std::size_t least) {
  std::size_t word_ends = 0;
  std::size_t count = 0;
  while (count < proposal_.size() && word_ends < kWholeWords) {
    const std::size_t end = proposal_[count].end;
    word_ends += end != Draft::kNowhere && draft_.is_word_end(end) ? 1 : 0;
    ++count;
  }
  proposal_.resize(std::min(proposal_.size(), std::max(least, count + 1)));
}

Result<void> GuardedRewrite::go_on() {
  for (;;) {
    auto goes_on = excursion_ ? walk_excursion() : walk_draft();
    if (!goes_on) return tl::unexpected(std::move(goes_on.error()));
    if (!*goes_on) return {};
  }
}

// Ends the round after proposal_[next_ - 1], and then `own` if there is one.
Result<void> GuardedRewrite::settle(std::optional<Token> own) {
  batch_.stood(next_);
  return answer_.settle(next_, own);
}

bool GuardedRewrite::stands_unasked(const DraftToken& token) const {
  return token.is_locked || token.begin < kept_until_;
}

Result<DraftToken> GuardedRewrite::token_of_draft() {
  const bool is_proposed = next_ < proposal_.size() && !proposal_[next_].is_likely;
  if (is_proposed) return proposal_[next_];
  auto tokens = draft_.tokens_from(at_, 1, 1);
  if (!tokens) return tl::unexpected(std::move(tokens.error()));
  return tokens->front();
}

Result<bool> GuardedRewrite::walk_draft() {
  for (;; ++next_) {
    if (at_ == draft_.size()) return settle(std::nullopt).map([] { return false; });
    // Where all of the proposal stands, what comes next may too.
    const bool is_told = next_ < proposal_.size();
    const auto token = token_of_draft();
    if (!token) return tl::unexpected(token.error());
    const Token own = answer_.best(next_);
    if (!stands_unasked(*token) && own != token->token) {
      if (!is_told) {
        wants_more_ = true;
        return settle(std::nullopt).map([] { return false; });
      }
      wants_more_ = false;
      const bool was_likely = proposal_[next_].token == own;
      if (!was_likely) batch_.disagreed();
      if (depart(own)) {
        if (!was_likely) return settle(own).map([] { return false; });
        ++next_;
        return true;
      }
      keep_word(token->begin, token->end);
    }
    wants_more_ = false;
    at_ = token->end;
    const bool is_proposed = is_told && proposal_[next_].token == token->token;
    if (is_told && !is_proposed) batch_.disagreed();
    if (!is_proposed) return settle(token->token).map([] { return false; });
  }
}

// The word at `from` stands as it is in the draft.
void GuardedRewrite::keep_word(std::size_t from, std::size_t token_end) {
  kept_until_ =
      std::max(token_end, draft_.is_word_end(token_end) ? token_end : draft_.word_end(from));
}

// Begins an excursion with `own`, if the bounds allow it.
bool GuardedRewrite::depart(Token own) {
  if (stream_.is_end(own)) return false;
  Excursion excursion{answer_.size() + next_,
                      at_,
                      {},
                      EditAutomaton(draft_.text(), draft_.locked(), at_,
                                    {.most_changes = most_changes_, .keeps_form = true}),
                      {},
                      0,
                      0,
                      -std::numeric_limits<double>::infinity()};
  if (proposal_[next_].is_likely) {
    // What the rest of the draft's word would have cost is not told.
    const auto token = token_of_draft();
    if (!token) return false;
    const double ln = answer_.ln_probability(next_, token->token);
    excursion.draft.push_back({token->token, at_, ln});
    excursion.least_gain = answer_.ln_probability(next_, own) - ln;
  }
  bool is_whole = true;  // the steps go on to the end of the proposal
  for (std::size_t i = next_; i < proposal_.size(); ++i) {
    const DraftToken& token = proposal_[i];
    if (token.is_likely) {
      is_whole = false;
      break;
    }
    excursion.draft.push_back({token.token, token.begin, answer_.ln_probability(i, token.token)});
    // Nothing beyond the changed word and the token behind it will be asked for.
    if (token.begin > at_ + most_changes_ && draft_.is_word_end(token.begin)) break;
  }
  if (is_whole && !proposal_.empty() && proposal_.back().end == draft_.size()) {
    excursion.draft.push_back(
        {stream_.end(), draft_.size(), answer_.ln_probability(proposal_.size(), stream_.end())});
  }
  excursion_.emplace(std::move(excursion));
  if (follow(own)) return true;
  excursion_.reset();
  return false;
}

// Whether the bounds allow the model to say `own` now.
bool GuardedRewrite::follow(Token own) {
  const std::string& piece = stream_.piece(own);
  if (piece.empty() || excursion_->tokens == kMostOwnTokens) return false;
  excursion_->ln_words += answer_.ln_probability(next_, own);
  excursion_->words += piece;
  ++excursion_->tokens;
  return excursion_->changes.write(piece);
}

Result<bool> GuardedRewrite::walk_excursion() {
  for (;; ++next_) {
    const Token own = answer_.best(next_);
    if (const auto position = landing(own)) {
      land(*position);
      const bool aligned = next_ < proposal_.size() && proposal_[next_].begin == at_;
      if (aligned || (proposal_.empty() && at_ < draft_.size())) return true;
      return settle(std::nullopt).map([] { return false; });
    }
    if (stream_.is_end(own) || !follow(own)) return abandon().map([] { return false; });
    const bool as_proposed = next_ < proposal_.size() && proposal_[next_].token == own;
    if (!as_proposed) return settle(own).map([] { return false; });
  }
}

// Where in the draft the model's own words are done, if it goes on with `next`.
std::optional<std::size_t> GuardedRewrite::landing(Token next) const {
  const std::string& piece = stream_.piece(next);
  const bool ends_blank = is_blank(excursion_->words.back());
  const bool at_word_end =
      ends_blank || stream_.is_end(next) || (!piece.empty() && is_blank(piece.front()));
  if (!at_word_end) return std::nullopt;
  const EditAutomaton& changes = excursion_->changes;
  const std::size_t straight = excursion_->begin + excursion_->words.size();
  const auto distance = [&](std::size_t at) {
    return at > straight ? at - straight : straight - at;
  };
  std::optional<std::size_t> best;
  for (std::size_t at = changes.first(); at <= changes.last(); ++at) {
    const bool fits =
        ends_blank ? at > 0 && is_blank(draft_.text()[at - 1]) : draft_.is_word_end(at);
    if (!fits || !is_sensible(at)) continue;
    const std::size_t count = changes.changes_at(at);
    const std::size_t least = best ? changes.changes_at(*best) : most_changes_ + 1;
    if (count < least || (count == least && best && distance(at) < distance(*best))) best = at;
  }
  return best;
}

// The words of the draft up to `position` that the excursion's would replace; without blanks.
GuardedRewrite::Replacement GuardedRewrite::replacement(std::size_t position) const {
  Replacement found{{excursion_->begin, position}, excursion_->words};
  const bool begins_word = is_blank(found.words.front()) && draft_.is_word_end(found.bytes.begin);
  if (!begins_word) {
    const std::size_t word = draft_.word_begin(found.bytes.begin);
    found.words.insert(0, draft_.text().substr(word, found.bytes.begin - word));
    found.bytes.begin = word;
  }
  const auto is_text = [](char byte) { return !is_blank(byte); };
  const auto first = std::find_if(found.words.begin(), found.words.end(), is_text);
  found.words.erase(found.words.begin(), first);
  while (!found.words.empty() && is_blank(found.words.back())) found.words.pop_back();
  auto& [begin, end] = found.bytes;
  while (begin < end && is_blank(draft_.text()[begin])) ++begin;
  while (begin < end && is_blank(draft_.text()[end - 1])) --end;
  return found;
}

// Words on both sides, and most of their letters the same.
bool GuardedRewrite::is_sensible(std::size_t position) const {
  constexpr std::size_t kShareOfWord = 3;
  constexpr std::size_t kFreeInShortWords = 2;
  if (position < excursion_->begin) return false;
  const Replacement found = replacement(position);
  const std::size_t length = found.bytes.end - found.bytes.begin;
  if (length == 0 || found.words.empty()) return false;
  const std::size_t free = length < kShareOfWord ? 1 : kFreeInShortWords;
  const std::size_t changes = excursion_->changes.changes_at(position);
  return changes <= std::min(most_changes_, std::max(free, length / kShareOfWord));
}

// With what follows on both sides. Where the batch ended before the draft's words did, or had
// likely words in their place, the rest of them counts as certain: then the gain is at least this.
double GuardedRewrite::gain_at(std::size_t position) const {
  Token next = answer_.best(next_);
  double ln_draft = 0;
  for (const DraftStep& step : excursion_->draft) {
    if (step.begin > position) break;
    ln_draft += step.ln;
    if (step.begin == position) next = step.token;
  }
  const double gain = excursion_->ln_words + answer_.ln_probability(next_, next) - ln_draft;
  return std::max(gain, excursion_->least_gain);
}

void GuardedRewrite::land(std::size_t position) {
  Replacement found = replacement(position);
  const std::string_view before =
      draft_.text().substr(found.bytes.begin, found.bytes.end - found.bytes.begin);
  if (found.words != before) {
    changes_.push_back({found.bytes, std::move(found.words), gain_at(position)});
  }
  at_ = position;
  kept_until_ = 0;
  excursion_.reset();
}

Result<void> GuardedRewrite::abandon() {
  const std::size_t size = excursion_->size_before;
  const std::size_t begin = excursion_->begin;
  excursion_.reset();
  at_ = begin;
  kept_until_ = draft_.word_end(begin);
  wants_more_ = false;
  if (auto settled = settle(std::nullopt); !settled) return settled;
  return answer_.rewind(size);
}

// Where in the draft the model's own words end, as far as can be told now: most misreadings replace
// a letter by another.
std::size_t GuardedRewrite::likely_position() const {
  const EditAutomaton& changes = excursion_->changes;
  const std::size_t straight = excursion_->begin + excursion_->words.size();
  const auto rank = [&](std::size_t at) {
    const std::size_t off = at > straight ? at - straight : straight - at;
    return std::tuple(changes.changes_at(at), !draft_.is_word_end(at), off);
  };
  std::size_t best = changes.first();
  for (std::size_t at = best; at <= changes.last(); ++at) {
    if (rank(at) < rank(best)) best = at;
  }
  return best;
}

}  // namespace emend
