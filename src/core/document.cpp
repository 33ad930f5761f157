// SPDX-License-Identifier: Apache-2.0
#include "emend/document.h"

#include <array>

#include "core/names.h"

namespace emend {

std::string text(const Line& line) {
  std::string out;
  for (const Word& word : line.words) {
    if (!out.empty()) out += ' ';
    out += word.text();
  }
  return out;
}

std::string text(const Page& page) {
  std::string out;
  for (const Line& line : page.lines) {
    if (line.starts_block && !out.empty()) out += '\n';
    out += text(line);
    out += '\n';
  }
  return out;
}

std::string text(const Document& document) {
  std::string out;
  for (const Page& page : document.pages) {
    if (!out.empty()) out += '\f';
    out += text(page);
  }
  return out;
}

Page as_recognised(const Page& page) {
  Page raw = page;
  for (const Edit& edit : page.edits) {
    if (edit.verdict != Verdict::applied) continue;
    Word& word = raw.lines.at(edit.line).words.at(edit.words.first);
    if (word.readings.size() > 1) word.readings.erase(word.readings.begin());
  }
  raw.edits.clear();
  return raw;
}

std::string_view name(WordKind kind) {
  return kWordKindNames.at(static_cast<std::size_t>(kind));
}
std::string_view name(Light light) {
  return kLightNames.at(static_cast<std::size_t>(light));
}
std::string_view name(EditReason reason) {
  return kEditReasonNames.at(static_cast<std::size_t>(reason));
}
std::string_view name(Verdict verdict) {
  return kVerdictNames.at(static_cast<std::size_t>(verdict));
}
std::string_view name(NoticeCode code) {
  return kNoticeNames.at(static_cast<std::size_t>(code));
}

}  // namespace emend
