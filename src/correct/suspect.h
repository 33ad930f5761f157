// SPDX-License-Identifier: Apache-2.0
// First stage of correction: which words deserve a look.
//
// Most words of most pages are read well, so the first question is what to leave alone. A page on
// which nothing is suspect costs no model a single call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "correct/channel.h"
#include "correct/known_words.h"
#include "emend/document.h"

namespace emend {

// What is wrong with a word.
enum class Doubt : std::uint8_t {
  unknown,  // no word that is known, and not read surely
  unsure,   // a known word, but the recogniser hardly saw it
  damaged,  // a word with a digit inside
  bar,      // a | between words: in English an I more often than a rule
  misread,  // read surely, but no word of the language and nowhere else in the document
};

struct Suspect {
  std::size_t line = 0;
  std::size_t word = 0;
  Doubt doubt = Doubt::unknown;
  // The word's text in three parts (core/token.h). Only the core is in question.
  std::string lead;
  std::string core;
  std::string trail;
  SeenWord seen;          // of the core; borrows the page's alternatives
  double confidence = 0;  // with which the word was read
  // Times that a word of the language must have been read surely in the document to take this one's
  // place.
  std::size_t least_count = 0;
};

struct SuspectOptions {
  double keep_confidence = 0.9;    // a word read at least this surely is left alone, unless misread
  double never_confidence = 0.99;  // a word read at least this surely is never misread
  double fair_confidence = 0.6;    // a known word read at least this surely is left alone
};

// In reading order. Words that have been corrected already are left alone, and so is every word of
// a page whose language the word list does not know: there all words look misread.
[[nodiscard]] std::vector<Suspect> find_suspects(const Page& page, const KnownWords& known,
                                                 const SuspectOptions& options);

// The part of a word's characters that belongs to its core; without slots when they do not fit.
[[nodiscard]] SeenWord seen_core(const Reading& reading, std::string_view lead,
                                 std::string_view core);

}  // namespace emend
