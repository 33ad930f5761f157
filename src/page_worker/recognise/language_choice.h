// SPDX-License-Identifier: Apache-2.0
// The language of a page, when the user leaves it to us (`-l auto`).
//
// The script comes from Tesseract's detection, or when that is not sure, from trying one language
// of each script. Of the installed languages of that script the three whose commonest words turn up
// most in a sample of the page read the sample, and the one that knows what it reads, and is sure
// of it, is taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"
#include "emend/options.h"
#include "page_worker/prepare/orientation.h"
#include "page_worker/prepare/steps.h"
#include "page_worker/recognise/recognisers.h"

namespace emend {

struct LanguageChoice {
  std::string language;  // of those that are installed
  // The script of the page, when no language for it is installed and `language` is a makeshift.
  std::string missing_script;
};

// The languages of `installed` that `script` is written in; empty `script` means unknown. In the
// order in which they are to be tried. Data that are no language (osd, equ, script/*) are none.
[[nodiscard]] std::vector<std::string> languages_of_script(
    std::string_view script, const std::vector<std::string>& installed);

// The one of the installed languages that is tried first; empty when there is none.
[[nodiscard]] std::vector<std::string> first_of(const std::vector<std::string>& installed);

// The candidates whose commonest words are most frequent in `text`, at most `count`.
[[nodiscard]] std::vector<std::string> likeliest(const std::vector<std::string>& candidates,
                                                 std::string_view text, std::size_t count);

// The first candidate of each script.
[[nodiscard]] std::vector<std::string> one_of_each_script(
    const std::vector<std::string>& candidates);

// Fails with missing_dependency when no language is installed at all, and as a recogniser does.
[[nodiscard]] Result<LanguageChoice> choose_language(const PreparedPage& page,
                                                     const std::vector<std::string>& installed,
                                                     const ReadOptions& options,
                                                     Orientation& orientation,
                                                     Recognisers& recognisers);

}  // namespace emend
