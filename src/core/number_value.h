// SPDX-License-Identifier: Apache-2.0
// What a printed number is worth, whatever the country's separators.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace emend {

// "1.234,50 EUR" -> "1234.50", "-3,00" -> "-3.00", "19%" -> "19". Nothing where it would be a
// guess (1.234), and for what is no number.
[[nodiscard]] std::optional<std::string> number_value(std::string_view core);

// In hundredths, as amounts and their products are compared: "1234.5" -> 123450. Nothing for more
// than two decimals or more than twelve digits.
[[nodiscard]] std::optional<std::int64_t> hundredths(std::string_view value);

}  // namespace emend
