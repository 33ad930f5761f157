// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "emend/options.h"

namespace emend {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kProfiles = {{
    {"general",
     "Correct words that the scanner misread. Keep names, numbers, punctuation and line breaks as "
     "they are."},
    {"financial",
     "This is a financial document: an invoice, a receipt, an account or a report. Correct misread "
     "words, such as those of items, taxes, payment and addresses. Keep every amount, date, "
     "account "
     "number and currency as it is."},
    {"medical",
     "This is a medical document: a report, a letter or a prescription. Correct misread words, "
     "among them terms of anatomy, diagnoses and drugs. Keep every dose, unit, value and date as "
     "it "
     "is, and keep abbreviations."},
    {"legal",
     "This is a legal document: a contract, a decision or a statute. Correct misread words, among "
     "them legal terms and Latin phrases. Keep names, citations, numbers of sections and dates as "
     "they are, and do not modernise the wording."},
}};

}  // namespace

Result<std::string> prompt_of_profile(std::string_view profile) {
  const auto* const found = std::find_if(kProfiles.begin(), kProfiles.end(),
                                         [&](const auto& one) { return one.first == profile; });
  if (found != kProfiles.end()) return std::string(found->second);
  std::string known;
  for (const auto& [name, unused] : kProfiles)
    known += (known.empty() ? "" : ", ") + std::string(name);
  return fail(ErrorCode::invalid_argument, "there is no profile \"" + std::string(profile) + "\"",
              "The profiles are " + known + ".");
}

}  // namespace emend
