// SPDX-License-Identifier: Apache-2.0
// One document against its truth.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/alignment.h"
#include "core/unicode.h"
#include "emend/evaluate.h"
#include "evaluate/words_of.h"

namespace emend {

namespace {

using Span = Alignment::Span;

std::u32string_view part(std::u32string_view text, Span span) {
  return text.substr(span.first, span.second - span.first);
}

bool is_part_of_word(char32_t c) {
  return is_letter(c) || is_numeral(c);
}

bool is_right(std::u32string_view token, std::u32string_view text, Span span) {
  if (part(text, span) != token) return false;
  const bool free_before = span.first == 0 || !is_part_of_word(text[span.first - 1]);
  const bool free_after = span.second == text.size() || !is_part_of_word(text[span.second]);
  return free_before && free_after;
}

// The place in the text after of what is at `old_span` before. Letters and digits that were put in
// at its ends belong to it where it had none at its ends before: Invoic -> Invoice.
Span followed(Span old_span, std::u32string_view before, const Alignment& to_after,
              std::u32string_view after) {
  Span span = to_after.span(old_span.first, old_span.second);
  const bool is_free_before = old_span.first == 0 || !is_part_of_word(before[old_span.first - 1]);
  const bool is_free_after =
      old_span.second == before.size() || !is_part_of_word(before[old_span.second]);
  if (span.first == span.second) return span;
  while (is_free_before && span.first > 0 && is_part_of_word(after[span.first - 1])) --span.first;
  while (is_free_after && span.second < after.size() && is_part_of_word(after[span.second])) {
    ++span.second;
  }
  return span;
}

// Words of both texts by number: equal numbers for equal words.
class Numbering {
 public:
  std::vector<std::uint32_t> numbers(const std::vector<PlacedToken>& tokens) {
    std::vector<std::uint32_t> out;
    out.reserve(tokens.size());
    for (const PlacedToken& token : tokens) {
      const auto next = static_cast<std::uint32_t>(table_.size());
      out.push_back(table_.emplace(std::u32string(token.text), next).first->second);
    }
    return out;
  }

 private:
  std::unordered_map<std::u32string, std::uint32_t> table_;
};

std::size_t common(std::vector<std::uint32_t> a, std::vector<std::uint32_t> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::uint32_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

// A truth with what is asked again for every text.
struct Truth {
  std::u32string_view strict;
  std::u32string lenient;
  std::vector<PlacedToken> tokens;
};

TextScore text_score(const Truth& truth, std::u32string_view text, const Alignment& alignment) {
  TextScore score;
  const std::u32string lenient = lenient_form(text);
  const std::vector<PlacedToken> tokens = tokens_of(text);
  score.characters = truth.strict.size();
  score.character_errors = edit_distance(truth.strict, text);
  score.lenient_characters = truth.lenient.size();
  score.lenient_errors = edit_distance(truth.lenient, lenient);
  Numbering numbering;
  const auto true_words = numbering.numbers(truth.tokens);
  const auto words = numbering.numbers(tokens);
  score.words = true_words.size();
  score.word_errors = edit_distance(std::span(true_words), std::span(words));
  score.text_words = words.size();
  score.words_found = common(true_words, words);
  for (const PlacedToken& token : truth.tokens) {
    if (!is_number(token.text)) continue;
    ++score.numbers;
    const Span span = alignment.span(token.begin, token.end);
    score.numbers_right += is_right(token.text, text, span) ? 1 : 0;
  }
  return score;
}

class Change {
 public:
  Change(const Truth& truth, std::u32string_view before, std::u32string_view after,
         DocumentScore& score)
      : truth_(truth), before_(before), after_(after), score_(score) {}

  void follow(const Alignment& to_before) {
    const Alignment to_after(before_, after_);
    for (const PlacedToken& token : truth_.tokens) {
      const Span old_span = to_before.span(token.begin, token.end);
      judge(token.text, old_span, followed(old_span, before_, to_after, after_));
    }
    if (before_ != after_) find_invented();
  }

 private:
  FateCounts& counts(TokenKind kind) { return score_.tokens.at(static_cast<std::size_t>(kind)); }

  void judge(std::u32string_view token, Span old_span, Span new_span) {
    const TokenKind kind = kind_of(token);
    FateCounts& sums = counts(kind);
    const bool was = is_right(token, before_, old_span);
    const bool is = is_right(token, after_, new_span);
    const std::u32string_view old_text = part(before_, old_span);
    const std::u32string_view new_text = part(after_, new_span);
    ++sums.tokens;
    sums.right_before += was ? 1 : 0;
    sums.right_after += is ? 1 : 0;
    if (is_number(token) && is_number(old_text) && !is_number(new_text)) ++sums.lost;
    if (was && is) return;
    TokenFate fate = TokenFate::changed_wrong;
    if (was != is) fate = is ? TokenFate::fixed : TokenFate::broken;
    if (was == is && old_text == new_text) return;
    sums.fixed += fate == TokenFate::fixed ? 1 : 0;
    sums.broken += fate == TokenFate::broken ? 1 : 0;
    sums.changed_wrong += fate == TokenFate::changed_wrong ? 1 : 0;
    score_.changes.push_back({fate, kind, to_utf8(token), to_utf8(old_text), to_utf8(new_text)});
  }

  void find_invented() {
    std::set<std::u32string_view> printed;
    for (const PlacedToken& token : truth_.tokens) printed.insert(token.text);
    const Alignment to_before(after_, before_);
    for (const PlacedToken& token : tokens_of(after_)) {
      if (!is_number(token.text) || printed.count(token.text) > 0) continue;
      if (is_number(part(before_, to_before.span(token.begin, token.end)))) continue;
      const TokenKind kind = kind_of(token.text);
      ++counts(kind).invented;
      score_.changes.push_back({TokenFate::invented, kind, "", "", to_utf8(token.text)});
    }
  }

  const Truth& truth_;
  std::u32string_view before_;
  std::u32string_view after_;
  DocumentScore& score_;
};

}  // namespace

Result<DocumentScore> score(const EvaluationSample& sample, const EvaluationOptions& options) {
  const auto form_of = [&](std::string_view text, const char* what) {
    auto form = strict_form(text, options.ignore_case);
    if (!form) form = tl::unexpected(std::move(form.error()).at(sample.id + ": " + what));
    return form;
  };
  const auto strict = form_of(sample.truth, "the truth");
  if (!strict) return tl::unexpected(strict.error());
  const auto before = form_of(sample.before, "the text before");
  if (!before) return tl::unexpected(before.error());
  const auto after = form_of(sample.after, "the text after");
  if (!after) return tl::unexpected(after.error());

  const Truth truth{*strict, lenient_form(*strict), tokens_of(*strict)};
  DocumentScore score;
  score.id = sample.id;
  const Alignment to_before(*strict, *before);
  score.before = text_score(truth, *before, to_before);
  score.after =
      *before == *after ? score.before : text_score(truth, *after, Alignment(*strict, *after));
  Change(truth, *before, *after, score).follow(to_before);
  return score;
}

}  // namespace emend
