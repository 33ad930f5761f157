// SPDX-License-Identifier: Apache-2.0
#include "model_host/draft.h"

#include <algorithm>
#include <utility>

namespace emend {

namespace {

// Read at a time for each token that is wanted; a tokenizer is quick, but not for a whole page
// again and again.
constexpr std::size_t kBytesPerToken = 12;
constexpr std::size_t kLeastBytes = 256;

}  // namespace

bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

std::vector<Token> tokens_of(std::span<const DraftToken> proposal) {
  std::vector<Token> tokens;
  tokens.reserve(proposal.size());
  for (const DraftToken& token : proposal) tokens.push_back(token.token);
  return tokens;
}

Draft::Draft(const TokenStream& stream, std::string text, std::span<const ByteRange> locked)
    : stream_(&stream), text_(std::move(text)), locked_(text_.size(), false) {
  for (const ByteRange& range : locked) {
    for (std::size_t i = range.begin; i < std::min(range.end, text_.size()); ++i) locked_[i] = true;
  }
}

bool Draft::is_word_end(std::size_t position) const {
  return position == text_.size() || is_blank(text_[position]);
}

std::size_t Draft::word_begin(std::size_t position) const {
  while (position > 0 && !is_blank(text_[position - 1])) --position;
  return position;
}

std::size_t Draft::word_end(std::size_t position) const {
  while (position < text_.size() && is_blank(text_[position])) ++position;
  while (!is_word_end(position)) ++position;
  return position;
}

bool Draft::is_locked(std::size_t begin, std::size_t end) const {
  bool only_newlines = true;
  for (std::size_t i = begin; i < end; ++i) {
    if (locked_[i]) return true;
    only_newlines = only_newlines && text_[i] == '\n';
  }
  return only_newlines;
}

// Some tokenizers put a space before whatever they are given. After a line feed they show where it
// ends, so that what follows can be told from it.
Result<std::vector<Token>> Draft::written_as(std::string_view part) const {
  const auto bytes = [&](std::span<const Token> tokens) {
    std::string all;
    for (const Token token : tokens) all += stream_->piece(token);
    return all;
  };
  auto plain = stream_->tokens(part);
  if (!plain || bytes(*plain) == part) return plain;
  auto anchored = stream_->tokens("\n" + std::string(part));
  if (!anchored) return anchored;
  for (std::size_t skip = 1; skip < anchored->size(); ++skip) {
    const auto rest = std::span<const Token>(*anchored).subspan(skip);
    if (bytes(rest) == part) return std::vector<Token>(rest.begin(), rest.end());
  }
  return fail(ErrorCode::engine_failed, "the model's vocabulary cannot write this text",
              "Use another model.");
}

Result<void> Draft::read_from(std::size_t begin, std::size_t count) {
  std::size_t end = std::min(text_.size(), begin + kLeastBytes + count * kBytesPerToken);
  // Up to white space: a cut through a word would make other tokens of it.
  while (end < text_.size() && !is_blank(text_[end])) ++end;
  auto tokens = written_as(std::string_view(text_).substr(begin, end - begin));
  if (!tokens) return tl::unexpected(std::move(tokens.error()));
  tokens_.clear();
  for (const Token token : *tokens) {
    const std::size_t token_end = begin + stream_->piece(token).size();
    tokens_.push_back({token, begin, token_end, is_locked(begin, token_end)});
    begin = token_end;
  }
  return {};
}

Result<std::vector<DraftToken>> Draft::tokens_from(std::size_t begin, std::size_t count,
                                                   std::size_t most) {
  const auto find = [&] {
    return std::find_if(tokens_.begin(), tokens_.end(),
                        [&](const DraftToken& token) { return token.begin == begin; });
  };
  const auto is_enough = [&](auto first) {
    return static_cast<std::size_t>(tokens_.end() - first) > count ||
           (first != tokens_.end() && tokens_.back().end == text_.size());
  };
  if (begin >= text_.size()) return std::vector<DraftToken>{};
  if (!is_enough(find())) {
    if (auto read = read_from(begin, most); !read) return tl::unexpected(std::move(read.error()));
  }
  std::vector<DraftToken> tokens;
  for (auto token = find(); token != tokens_.end() && tokens.size() < most; ++token) {
    if (tokens.size() >= count && is_word_end(tokens.back().end)) break;
    tokens.push_back(*token);
  }
  return tokens;
}

}  // namespace emend
