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

// A part of the draft with other words in it, and where of the draft its bytes are.
class LikelyText {
 public:
  LikelyText(std::string_view draft, std::size_t begin)
      : draft_(draft), begin_(begin), done_(begin) {}

  void add(const LikelyWords& words) {
    bytes_ += draft_.substr(done_, words.bytes.begin - done_);
    words_.push_back({{bytes_.size(), bytes_.size() + words.text.size()}, words.bytes});
    bytes_ += words.text;
    done_ = words.bytes.end;
  }
  void finish(std::size_t end) { bytes_ += draft_.substr(done_, end - done_); }

  [[nodiscard]] bool is_plain() const { return words_.empty(); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  // The place of the token at bytes [begin, end).
  [[nodiscard]] DraftToken placed(std::size_t begin, std::size_t end) const {
    DraftToken token{0, place_of(begin), place_of(end), false, false};
    for (const Words& words : words_) {
      if (end > words.here.begin && begin < words.here.end) token.is_likely = true;
    }
    return token;
  }

 private:
  struct Words {
    ByteRange here;
    ByteRange in_draft;
  };

  // Nowhere for what is inside of likely words.
  [[nodiscard]] std::size_t place_of(std::size_t at) const {
    std::size_t here = 0;
    std::size_t in_draft = begin_;
    for (const Words& words : words_) {
      if (at <= words.here.begin) break;
      if (at < words.here.end) return Draft::kNowhere;
      here = words.here.end;
      in_draft = words.in_draft.end;
    }
    return in_draft + at - here;
  }

  std::string_view draft_;
  std::size_t begin_;
  std::size_t done_;  // bytes of the draft
  std::string bytes_;
  std::vector<Words> words_;
};

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

Draft::Draft(const TokenStream& stream, std::string text, std::span<const ByteRange> locked,
             std::span<const LikelyWords> likely)
    : stream_(&stream), text_(std::move(text)), locked_(text_.size(), false) {
  for (const ByteRange& range : locked) {
    for (std::size_t i = range.begin; i < std::min(range.end, text_.size()); ++i) locked_[i] = true;
  }
  for (const LikelyWords& words : likely) {
    if (is_usable(words)) likely_.push_back(words);
  }
}

bool Draft::is_usable(const LikelyWords& likely) const {
  const auto [begin, end] = likely.bytes;
  if (begin >= end || end > text_.size() || likely.text.empty()) return false;
  if (!likely_.empty() && begin <= likely_.back().bytes.end) return false;
  const bool is_free = std::find(locked_.begin() + static_cast<std::ptrdiff_t>(begin),
                                 locked_.begin() + static_cast<std::ptrdiff_t>(end),
                                 true) == locked_.begin() + static_cast<std::ptrdiff_t>(end);
  return is_free && !is_blank(text_[begin]) && word_begin(begin) == begin && is_word_end(end);
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

std::size_t Draft::end_of_reading(std::size_t begin, std::size_t count) const {
  std::size_t end = std::min(text_.size(), begin + kLeastBytes + count * kBytesPerToken);
  while (end < text_.size() && !is_blank(text_[end])) ++end;
  return end;
}

Result<void> Draft::read_from(std::size_t begin, std::size_t count) {
  const std::size_t end = end_of_reading(begin, count);
  auto tokens = written_as(std::string_view(text_).substr(begin, end - begin));
  if (!tokens) return tl::unexpected(std::move(tokens.error()));
  tokens_.clear();
  for (const Token token : *tokens) {
    const std::size_t token_end = begin + stream_->piece(token).size();
    tokens_.push_back({token, begin, token_end, is_locked(begin, token_end), false});
    begin = token_end;
  }
  return {};
}

std::vector<DraftToken> Draft::cut(std::span<const DraftToken> tokens, std::size_t count,
                                   std::size_t most) const {
  std::vector<DraftToken> first;
  for (const DraftToken& token : tokens.first(std::min(most, tokens.size()))) {
    if (first.size() >= count && !first.empty() && first.back().end != kNowhere &&
        is_word_end(first.back().end)) {
      break;
    }
    first.push_back(token);
  }
  return first;
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
  return cut({find(), tokens_.end()}, count, most);
}

Result<std::vector<DraftToken>> Draft::likely_tokens_from(std::size_t begin, std::size_t count,
                                                          std::size_t most,
                                                          std::size_t likely_from) {
  const std::size_t end = end_of_reading(std::min(begin, text_.size()), most);
  LikelyText text(text_, begin);
  for (const LikelyWords& words : likely_) {
    if (words.bytes.end > end) break;
    if (words.bytes.begin >= std::max(begin, likely_from)) text.add(words);
  }
  if (text.is_plain()) return tokens_from(begin, count, most);
  text.finish(end);
  const auto tokens = written_as(text.bytes());
  // Likely words that the vocabulary cannot write are not likely.
  if (!tokens) return tokens_from(begin, count, most);
  std::vector<DraftToken> all;
  std::size_t at = 0;
  for (const Token token : *tokens) {
    const std::size_t token_end = at + stream_->piece(token).size();
    DraftToken placed = text.placed(at, token_end);
    placed.token = token;
    placed.is_locked = !placed.is_likely && is_locked(placed.begin, placed.end);
    all.push_back(placed);
    at = token_end;
  }
  return cut(all, count, most);
}

}  // namespace emend
