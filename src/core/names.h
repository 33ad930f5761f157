// SPDX-License-Identifier: Apache-2.0
// The written names of the enumerators, in their order: for JSON, messages and lists.
#pragma once

#include <array>
#include <string_view>

namespace emend {

inline constexpr std::array<std::string_view, 6> kWordKindNames = {
    "word", "number", "identifier", "currency", "link", "symbol"};
inline constexpr std::array<std::string_view, 3> kReaderNames = {"look", "crop", "emend"};
inline constexpr std::array<std::string_view, 4> kLightNames = {"none", "green", "yellow", "red"};
inline constexpr std::array<std::string_view, 5> kEditReasonNames = {
    "language", "look_alike_repair", "layout_repair", "second_reading", "word_repair"};
inline constexpr std::array<std::string_view, 9> kVerdictNames = {
    "applied",      "too_little_gain", "locked",   "unknown_word", "too_different",
    "model_failed", "reverted",        "unproven", "flagged"};
inline constexpr std::array<std::string_view, 11> kNoticeNames = {
    "page_failed",      "page_blank", "input_repaired", "model_failed",  "line_reverted",
    "resource_limited", "cancelled",  "noise_left_out", "page_hopeless", "language_missing",
    "gain_unclear"};
inline constexpr std::array<std::string_view, 6> kNumberKindNames = {
    "amount", "percent", "quantity", "date", "time", "identifier"};
inline constexpr std::array<std::string_view, 9> kIdentifierKindNames = {
    "none", "other", "iban", "vat_id", "isin", "gtin", "card", "phone", "document"};
inline constexpr std::array<std::string_view, 10> kNumberRuleNames = {
    "iban", "isin", "vat_id", "gtin", "card", "calendar", "line_total", "sum", "tax", "change"};
inline constexpr std::array<std::string_view, 5> kSegmentationNames = {
    "choose", "automatic", "single_column", "single_block", "sparse"};
inline constexpr std::array<std::string_view, 3> kNumberModeNames = {"strict", "repair", "flag"};
inline constexpr std::array<std::string_view, 3> kQualityNames = {"fast", "balanced", "best"};
inline constexpr std::array<std::string_view, 3> kPdfTextNames = {"auto", "keep", "redo"};
inline constexpr std::array<std::string_view, 2> kTextSourceNames = {"recognised", "pdf"};

}  // namespace emend
