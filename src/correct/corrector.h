// SPDX-License-Identifier: Apache-2.0
// Proofreading of a recognised page: suspect, propose, rank, judge, verify.
//
// A model of language ranks readings that the recogniser, the look of letters and a word list
// propose; rules decide. A model that follows a prompt may propose too. What a rule forbids no
// model can bring about:
//   1. A token with a digit or a currency sign stays as it is, or changes for a reason of the
//   closed
//      list (EditReason) that an independent verifier confirms.
//   2. A proposal that fails a rule, or a model that fails, leaves the text as recognised.
//   3. Lines, words, boxes and their order stay.
//   4. Every change is an Edit, and as_recognised() of the result is the page that came in.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "core/rewriting.h"
#include "emend/document.h"
#include "emend/error.h"
#include "emend/language_model.h"
#include "emend/options.h"

namespace emend {

class Lexicon;
class OwnWords;
struct PassSettings;

// What a correction asks. Borrowed: everything must outlive who holds it.
struct CorrectionSources {
  const Lexicon* lexicon = nullptr;
  LanguageModel* fast = nullptr;  // asked about every suspect word
  LanguageModel* slow = nullptr;  // asked about close calls only; null = the fast one decides alone
  // Asked to follow CorrectOptions::prompt, if there is one. What it proposes passes the same rules
  // as all other candidates, and its preference is mixed with that of the fast model.
  Rewriter* rewriter = nullptr;
  double slow_weight = 0.5;  // of the slow model in the mix, 0..1
  // When the slow model fails, the fast one decides the close calls too. Else they stay as
  // recognised, as somebody who chose that model would have it.
  bool slow_is_extra = false;
  std::string
      languages;  // of pages that do not say their own, as Page::languages; told to the models
  // What the user brought along: words, and a model that has read text of the domain, asked in
  // place of the fast one. Words with a digit inside are decided without either. Null = none.
  const OwnWords* own = nullptr;
  LanguageModel* domain = nullptr;
};

// Use from one thread at a time.
class Corrector {
 public:
  // Fails with invalid_argument when an option is out of range, or without lexicon or fast model.
  [[nodiscard]] static Result<Corrector> create(const CorrectOptions& options,
                                                const CorrectionSources& sources);
  // With other settings than the fitted ones, for those who fit them; of `options` only the number
  // of candidates counts.
  [[nodiscard]] static Result<Corrector> create_with(const PassSettings& settings,
                                                     const CorrectOptions& options,
                                                     const CorrectionSources& sources);

  Corrector(Corrector&&) noexcept;
  Corrector& operator=(Corrector&&) noexcept;
  ~Corrector();

  // Never fails: what goes wrong is a Notice in the page, and the text it concerns stays as it was
  // recognised. Remembers the words of the document, so pages come in their order. A requested
  // stop gives back the page as it came, with a notice.
  [[nodiscard]] Page correct(const Page& recognised, const std::stop_token& stop = {});

  // In place of CorrectOptions::prompt, for the pages that come.
  void set_prompt(std::string prompt);

  // Forgets the words of the document. Call between documents.
  void reset();

 private:
  struct State;
  explicit Corrector(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace emend
