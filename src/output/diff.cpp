// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <map>
#include <vector>

#include "emend/output.h"

namespace emend {

namespace {

constexpr const char* kRed = "\033[31m";
constexpr const char* kGreen = "\033[32m";
constexpr const char* kFaint = "\033[2m";
constexpr const char* kPlain = "\033[0m";

std::string coloured(const std::string& text, const char* colour, const DiffStyle& style) {
  return style.colour ? colour + text + kPlain : text;
}

std::string one_decimal(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  return buffer;
}

bool is_shown(const Edit& edit, const DiffStyle& style) {
  return edit.verdict == Verdict::applied || style.rejected;
}

std::string described(const Edit& edit, const DiffStyle& style) {
  std::string why(edit.verdict == Verdict::applied ? name(edit.reason) : name(edit.verdict));
  why += " from " + edit.evidence.source;
  if (edit.reason == EditReason::language) {
    why += ", language " + one_decimal(edit.evidence.language_gain) + " - misreading " +
           one_decimal(edit.evidence.channel_cost) + " nats, needed " +
           one_decimal(edit.evidence.margin);
  }
  const std::string arrow = edit.verdict == Verdict::applied ? " -> " : " -/> ";
  return "    " + edit.before + arrow + edit.after + "  " +
         coloured("(" + why + ")", kFaint, style) + "\n";
}

}  // namespace

std::string diff(const Page& page, const DiffStyle& style) {
  std::map<std::size_t, std::vector<const Edit*>> by_line;
  for (const Edit& edit : page.edits) {
    if (is_shown(edit, style)) by_line[edit.line].push_back(&edit);
  }
  const Page raw = as_recognised(page);
  std::string out;
  for (const auto& [line, edits] : by_line) {
    const std::string before = text(raw.lines.at(line));
    const std::string after = text(page.lines.at(line));
    out += "page " + std::to_string(page.number) + ", line " + std::to_string(line + 1) + "\n";
    out += coloured("  - " + before, kRed, style) + "\n";
    if (after != before) out += coloured("  + " + after, kGreen, style) + "\n";
    for (const Edit* edit : edits) out += described(*edit, style);
  }
  return out;
}

}  // namespace emend
