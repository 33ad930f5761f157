// SPDX-License-Identifier: Apache-2.0
// The corrector together with what it asks: word lists, the embedded model, a GGUF in its host.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "correct/corrector.h"
#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"
#include "pipeline/chosen_options.h"
#include "pipeline/embedded_gguf.h"
#include "pipeline/hosted_model.h"

namespace emend {

class NgramModel;
struct OwnLanguage;

// Use from one thread at a time.
class Proofreader {
 public:
  // With the model "none" nothing is loaded and pages stay as recognised. "embedded" is the n-gram
  // with, where this emend comes with one, a small GGUF for close calls; when that fails, the
  // n-gram decides alone and the page has a notice. Fails with missing_dependency when the embedded
  // model is not installed, and as resolve_model(), HostedModel::open() and open_own_language() do.
  [[nodiscard]] static Result<Proofreader> create(const CorrectOptions& correct,
                                                  const ModelOptions& model,
                                                  const std::vector<std::string>& languages,
                                                  const std::stop_token& stop);
  Proofreader(Proofreader&&) noexcept;
  Proofreader& operator=(Proofreader&&) noexcept;
  ~Proofreader();

  // As Corrector::correct(): never fails. Pages of a document come in their order. A page whose
  // text is that of the PDF itself stays as it is.
  [[nodiscard]] Page correct(const Page& recognised, const std::stop_token& stop);
  void begin_document();

  // In place of CorrectOptions::prompt, for the pages that come.
  void set_prompt(std::string prompt);

  // For text that comes without pages. Null members when the model is "none".
  [[nodiscard]] CorrectionSources sources() const;

  // Ends the process of a GGUF, if there is one; the next correct() starts another.
  FreeReport free_model();

  // Whether there is a model that does what a prompt says.
  [[nodiscard]] bool follows_prompts() const { return placed_ && placed_->is_instruct; }

  // For provenance; the hash is empty for "none", and of all its parts for "embedded".
  [[nodiscard]] std::string model_name() const;
  [[nodiscard]] std::string model_hash() const;
  // What a GGUF has taken so far, which is part of what correct() takes.
  [[nodiscard]] double model_seconds() const;
  // Of the files of the user's own, as they were read.
  [[nodiscard]] OwnDigests own_digests() const;
  // Where a GGUF ran last, as Provenance::placement; and that it got less than what was asked for.
  [[nodiscard]] std::string placement() const;
  [[nodiscard]] std::optional<Notice> shortage() const;

 private:
  Proofreader();
  [[nodiscard]] Result<void> open_embedded(const ModelOptions& model, const std::stop_token& stop);
  void look_where_it_runs();

  std::unique_ptr<Lexicon> lexicon_;
  std::unique_ptr<NgramModel> embedded_;
  std::unique_ptr<OwnLanguage> own_;      // null with the model "none"
  std::unique_ptr<EmbeddedGguf> second_;  // when nothing else is hosted_
  std::unique_ptr<HostedModel> hosted_;
  std::string languages_;  // as Page::languages
  std::optional<Corrector> corrector_;
  std::optional<LoadedModel> placed_;  // what hosted_ was when last seen
};

}  // namespace emend
