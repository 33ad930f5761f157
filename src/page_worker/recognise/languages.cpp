// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/languages.h"

#include <tesseract/baseapi.h>

#include <algorithm>

namespace emend {

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

}  // namespace emend
