// SPDX-License-Identifier: Apache-2.0
#include "correct/independent_reading.h"

#include <algorithm>
#include <optional>

#include "core/token.h"

namespace emend {

namespace {

// Least probabilities of emend's reader. Without a value the rule is off: one that was not fitted
// on pages with truth may not change a number.
constexpr std::optional<double> kWithCheck = std::nullopt;
constexpr std::optional<double> kWithRecogniser = std::nullopt;
constexpr double kSureRecogniser = 0.5;  // of the other reading that agrees

bool reads(const Reading& reading, std::string_view core) {
  return strip_outer(reading.text).core == core;
}

}  // namespace

bool is_borne_out_independently(const Word& word, std::string_view core, bool turns_a_check) {
  const auto& others = word.other_readings;
  const auto own = std::find_if(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader == Reader::emend && reads(reading, core);
  });
  if (own == others.end()) return false;
  if (turns_a_check) return kWithCheck && own->confidence >= *kWithCheck;
  const bool agrees = std::any_of(others.begin(), others.end(), [&](const Reading& reading) {
    return reading.reader != Reader::emend && reading.confidence >= kSureRecogniser &&
           reads(reading, core);
  });
  return agrees && kWithRecogniser && own->confidence >= *kWithRecogniser;
}

}  // namespace emend
