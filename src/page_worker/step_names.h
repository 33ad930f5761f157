// SPDX-License-Identifier: Apache-2.0
// The steps on the way of a page that can be left out, by name (ReadOptions::skip_steps).
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "emend/error.h"
#include "emend/options.h"

namespace emend {

inline constexpr std::array<std::string_view, 12> kStepNames = {
    "grey",       "upright",      "border",      "light",  "inverted",
    "resolution", "segmentation", "calibration", "unread", "noise",
    "number_reader", "crops"};

[[nodiscard]] inline bool is_skipped(const ReadOptions& options, std::string_view step) {
  const auto& skipped = options.skip_steps;
  return std::find(skipped.begin(), skipped.end(), step) != skipped.end();
}

// Fails with invalid_argument for a step that is not there.
[[nodiscard]] inline Result<void> check_skipped_steps(const ReadOptions& options) {
  for (const auto& name : options.skip_steps) {
    if (std::find(kStepNames.begin(), kStepNames.end(), name) != kStepNames.end()) continue;
    return fail(ErrorCode::invalid_argument, "there is no step called " + name,
                "The steps are grey, upright, border, light, inverted, resolution, "
                "segmentation, calibration, unread, noise, number_reader and crops.");
  }
  return {};
}

}  // namespace emend
