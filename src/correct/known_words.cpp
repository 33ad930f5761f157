// SPDX-License-Identifier: Apache-2.0
#include "correct/known_words.h"

namespace emend {

namespace {

// Whether `is_known` holds for every part between single spaces.
template <typename Predicate>
bool all_parts(std::string_view words, Predicate is_known) {
  while (true) {
    const std::size_t space = words.find(' ');
    const std::string_view part = words.substr(0, space);
    if (part.empty() || !is_known(part)) return false;
    if (space == std::string_view::npos) return true;
    words.remove_prefix(space + 1);
  }
}

}  // namespace

bool KnownWords::contains(std::string_view word) const {
  return all_parts(word, [&](std::string_view part) {
    return document_->contains(part) || lexicon_->contains(part);
  });
}

bool KnownWords::is_language(std::string_view word) const {
  return all_parts(word, [&](std::string_view part) { return lexicon_->contains(part); });
}

}  // namespace emend
