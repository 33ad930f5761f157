// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/languages.h"

#include <tesseract/baseapi.h>

#include <algorithm>

#include "core/joined.h"

namespace emend {

namespace {

// Debian's package of a language or, for "script/Latin", of a script.
std::string package_of(std::string language) {
  std::replace(language.begin(), language.end(), '_', '-');
  std::replace(language.begin(), language.end(), '/', '-');
  std::transform(language.begin(), language.end(), language.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return "tesseract-ocr-" + language;
}

}  // namespace

std::vector<std::string> installed_languages() {
  // Also a failed Init tells where the data would be, and with them what there is. Loading a
  // language that is there takes 60 ms, a failure 2.
  tesseract::TessBaseAPI api;
  (void)api.Init(nullptr, "none", tesseract::OEM_LSTM_ONLY);
  std::vector<std::string> languages;
  api.GetAvailableLanguagesAsVector(&languages);
  std::sort(languages.begin(), languages.end());
  return languages;
}

Result<void> check_languages(const std::vector<std::string>& wanted,
                             const std::vector<std::string>& installed) {
  if (wanted.empty()) return fail(ErrorCode::invalid_argument, "no language was given");
  for (const auto& language : wanted) {
    if (std::find(installed.begin(), installed.end(), language) != installed.end()) continue;
    const std::string have = installed.empty() ? "none" : joined(installed, ", ");
    return fail(ErrorCode::missing_dependency,
                "the language \"" + language + "\" is not installed (installed: " + have + ")",
                "On Debian and Ubuntu: apt install " + package_of(language));
  }
  return {};
}

}  // namespace emend
