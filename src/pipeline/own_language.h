// SPDX-License-Identifier: Apache-2.0
// What the user brings along for proofreading: a list of words and text of the domain, from files.
#pragma once

#include <memory>
#include <optional>

#include "correct/domain_model.h"
#include "correct/ngram_model.h"
#include "correct/own_words.h"
#include "emend/error.h"
#include "emend/options.h"
#include "pipeline/chosen_options.h"

namespace emend {

struct OwnLanguage {
  std::optional<OwnWords> words;        // of the list and of the text
  std::unique_ptr<DomainModel> domain;  // null = there is no text
  OwnDigests digests;
};

// Borrows `embedded`. Each file is read once, so it may be a pipe. Fails with the file's name:
// not_found or io_failed when it cannot be read, unreadable_input when it is a folder, no UTF-8,
// empty, or a list without a word, and limit_exceeded when it is too large.
[[nodiscard]] Result<OwnLanguage> open_own_language(const CorrectOptions& options,
                                                    const NgramModel& embedded);

}  // namespace emend
