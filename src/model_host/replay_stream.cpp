// SPDX-License-Identifier: Apache-2.0
#include "model_host/replay_stream.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/ascii.h"
#include "model_host/draft.h"

namespace emend {

namespace {

constexpr std::size_t kRoom = std::size_t{1} << 24U;  // there is no context to fill
constexpr std::size_t kMostAtOnce = 64;
constexpr std::size_t kGoodBatch = 16;

bool is_of_word(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value >= 0x80 || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
}

// As a byte-pair vocabulary would cut: parts of words, the first with the space before it; digits
// and marks one by one.
std::size_t piece_length(std::string_view text) {
  constexpr std::size_t kMostOfWord = 4;
  std::size_t length = text.size() > 1 && text[0] == ' ' && is_of_word(text[1]) ? 1 : 0;
  const std::size_t first = length;
  while (length < text.size() && length - first < kMostOfWord && is_of_word(text[length])) ++length;
  return std::max<std::size_t>(length, 1);
}

bool ends_word(std::string_view text, std::size_t at) {
  return at >= text.size() || is_blank(text[at]);
}

}  // namespace

std::u32string symbols_of(std::string_view bytes) {
  std::u32string out;
  out.reserve(bytes.size());
  for (const char byte : bytes) out += static_cast<unsigned char>(byte);
  return out;
}

ReplayStream::ReplayStream(std::string draft, std::string wanted)
    : draft_(std::move(draft)),
      wanted_(std::move(wanted)),
      to_wanted_(symbols_of(draft_), symbols_of(wanted_)),
      to_draft_(symbols_of(wanted_), symbols_of(draft_)),
      pieces_{"", ""} {}

Token ReplayStream::token_of(std::string_view piece) const {
  const auto next = static_cast<Token>(pieces_.size());
  const auto [place, is_new] = numbers_.emplace(std::string(piece), next);
  if (is_new) pieces_.emplace_back(piece);
  return place->second;
}

Result<std::vector<Token>> ReplayStream::tokens(std::string_view text) const {
  std::vector<Token> tokens;
  while (!text.empty()) {
    const std::size_t length = piece_length(text);
    tokens.push_back(token_of(text.substr(0, length)));
    text.remove_prefix(length);
  }
  return tokens;
}

const std::string& ReplayStream::piece(Token token) const {
  return pieces_.at(static_cast<std::size_t>(token));
}

ReplayStream::Place ReplayStream::after(Place place, const std::string& piece) const {
  const auto goes_on = [&](const std::string& text, std::size_t at) {
    return at <= text.size() && std::string_view(text).substr(at).starts_with(piece);
  };
  place.follows_draft = place.follows_draft && goes_on(draft_, place.in_draft);
  place.follows_wanted = place.follows_wanted && goes_on(wanted_, place.in_wanted);
  place.in_draft += piece.size();
  place.in_wanted += piece.size();
  if (place.follows_wanted && !place.follows_draft && ends_word(wanted_, place.in_wanted)) {
    place.in_draft = to_draft_.span(place.in_wanted, place.in_wanted).first;
    place.follows_draft = true;
  } else if (place.follows_draft && !place.follows_wanted && ends_word(draft_, place.in_draft)) {
    place.in_wanted = to_wanted_.span(place.in_draft, place.in_draft).first;
    place.follows_wanted = true;
  }
  return place;
}

// Lost between both it is at its end: what is said by nobody's wish stands.
Token ReplayStream::said_at(const Place& place) const {
  const std::string& text = place.follows_wanted ? wanted_ : draft_;
  const std::size_t at = place.follows_wanted ? place.in_wanted : place.in_draft;
  const bool is_lost = !place.follows_wanted && !place.follows_draft;
  if (is_lost || at >= text.size()) return kEnd;
  const std::string_view rest = std::string_view(text).substr(at);
  return token_of(rest.substr(0, piece_length(rest)));
}

Result<void> ReplayStream::append(std::span<const Token> tokens) {
  best_.clear();
  for (const Token token : tokens) {
    const Place before = places_.empty() ? Place() : places_.back();
    places_.push_back(after(before, piece(token)));
    best_.push_back(said_at(places_.back()));
  }
  return {};
}

double ReplayStream::ln_probability(std::size_t index, Token token) const {
  constexpr double kOfBest = 0.9;
  constexpr double kOfAnother = 0.0001;
  return std::log(token == best_.at(index) ? kOfBest : kOfAnother);
}

Result<void> ReplayStream::forget(std::size_t count) {
  places_.resize(places_.size() - std::min(count, places_.size()));
  return {};
}

std::size_t ReplayStream::room() const {
  return kRoom - std::min(kRoom, places_.size());
}

std::size_t ReplayStream::most_at_once() const {
  return kMostAtOnce;
}

std::size_t ReplayStream::good_batch() const {
  return kGoodBatch;
}

}  // namespace emend
