// SPDX-License-Identifier: Apache-2.0
// What an instruct model would change on a page, word by word.
//
// The page goes to it in windows that begin and end with lines, each line in exactly one of them,
// so that no seam loses or doubles a word; the lines before a window come along as what the model
// has said already. Tokens that language must not touch are locked. What comes back is trusted in
// nothing: only changes of whole words within a line become proposals, and those are judged as any.
#pragma once

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/rewriting.h"
#include "correct/suspect.h"
#include "emend/document.h"
#include "emend/error.h"

namespace emend {

struct WordProposal {
  std::size_t line = 0;
  WordRange words;
  std::string text;  // valid UTF-8 in one line; holds a space where words are split
  double gain = 0;   // nats
};

// What ranking made of a page, as what a model that follows a prompt will probably say too.
[[nodiscard]] std::vector<WordProposal> likely_words(const Page& ranked);

using LinesOfWords = std::vector<std::vector<std::string>>;

// In reading order, at most one for each word. `likely` are single words that will probably be
// proposed, in reading order: the model is faster where it agrees, and says the same as without
// them. Fails as the rewriter does, and with cancelled; then nothing is known of any word. Lines
// that are too long for the model have no proposals.
[[nodiscard]] Result<std::vector<WordProposal>> ask_to_rewrite(
    Rewriter& rewriter, const std::string& prompt, const LinesOfWords& lines,
    const std::vector<WordProposal>& likely, const std::stop_token& stop);

inline constexpr std::string_view kRewriteSource = "rewrite";  // for Evidence::source

// What is proposed for a suspect and nothing else; null when that is nothing.
[[nodiscard]] const WordProposal* proposal_for(const Suspect& suspect,
                                               const std::vector<WordProposal>& proposals);

// What `proposal` has in place of the suspect's core; nothing when it changes what stands around.
[[nodiscard]] std::optional<std::string> core_of(const WordProposal& proposal,
                                                 const Suspect& suspect);

// Adds to `edits`, as refused, the proposals of which there is no edit yet: those for words that
// are beyond doubt, and those that would merge words.
void add_refused_rewrites(const Page& page, const std::vector<WordProposal>& proposals,
                          std::vector<Edit>& edits);

}  // namespace emend
