// SPDX-License-Identifier: Apache-2.0
// What the reports for people say, apart from how they look.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "emend/evaluate.h"

namespace emend::figures {

// "5.41" of 0.0541: percent with `digits` decimals and a point.
[[nodiscard]] std::string percent(double share, int digits = 2);
[[nodiscard]] std::string title(Rate rate);
[[nodiscard]] std::string written(const Estimate& estimate);  // "5.41 (4.20 to 6.80)", in percent
[[nodiscard]] std::string counted(std::size_t count, const std::string& what);  // "1 page"

inline constexpr std::array<const char*, 8> kCountTitles = {
    "in truth", "right before", "right after", "fixed",
    "broken",   "wrong again",  "lost",        "invented"};

struct Row {
  std::string title;
  bool is_part = false;  // of the row before it that is none
  std::array<std::size_t, kCountTitles.size()> values{};
};

// Words, numbers with their kinds, currency signs; kinds that there are none of are left out.
[[nodiscard]] std::vector<Row> rows(const DocumentScore& score);

// "better 3, same 36, worse 1 by characters; ..."
[[nodiscard]] std::string documents(const Evaluation& evaluation);
// "Of 45 changes 42 fixed something (93.3 %) ..."
[[nodiscard]] std::string edits(const FateCounts& counts);

}  // namespace emend::figures
