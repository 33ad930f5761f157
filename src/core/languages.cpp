// SPDX-License-Identifier: Apache-2.0
#include "core/languages.h"

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

Error no_languages() {
  return {ErrorCode::missing_dependency, "tesseract has no language data",
          "On Debian and Ubuntu: apt install " + package_of("eng")};
}

}  // namespace emend
