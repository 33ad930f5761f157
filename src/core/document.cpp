// SPDX-License-Identifier: Apache-2.0
#include "emend/document.h"

#include <algorithm>
#include <array>
#include <utility>

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
  bool starts_block = false;  // also when the line that does is noise
  for (const Line& line : page.lines) {
    starts_block |= line.starts_block;
    if (line.is_noise) continue;
    if (std::exchange(starts_block, false) && !out.empty()) out += '\n';
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

double trust(const Page& page) {
  double sum = 0;
  std::size_t count = 0;
  for (const Line& line : page.lines) {
    if (line.is_noise) continue;
    for (const Word& word : line.words) sum += word.confidence();
    count += line.words.size();
  }
  return count == 0 ? 1.0 : sum / static_cast<double>(count);
}

bool is_legible(const Page& page) {
  // Of 120 pages of text none has less than 0.55; music, maps, bar codes and pages in a script that
  // is not looked for have 0.16 to 0.40. docs/accuracy.md has the measurement.
  constexpr double kHopeless = 0.4;
  const bool has_words = std::any_of(page.lines.begin(), page.lines.end(), [](const Line& line) {
    return !line.is_noise && !line.words.empty();
  });
  return has_words && trust(page) >= kHopeless;
}

std::vector<WordPlace> uncertain_numbers(const Page& page) {
  std::vector<WordPlace> places;
  for (std::size_t l = 0; l < page.lines.size(); ++l) {
    if (page.lines[l].is_noise) continue;
    for (std::size_t w = 0; w < page.lines[l].words.size(); ++w) {
      if (page.lines[l].words[w].light == Light::red) places.push_back({l, w});
    }
  }
  return places;
}

Page without_noise(const Page& page) {
  Page kept = page;
  kept.lines.clear();
  kept.edits.clear();
  std::vector<std::size_t> new_index;
  bool starts_block = false;
  for (const Line& line : page.lines) {
    new_index.push_back(kept.lines.size());
    starts_block |= line.starts_block;
    if (line.is_noise) continue;
    kept.lines.push_back(line);
    kept.lines.back().starts_block = std::exchange(starts_block, false);
  }
  for (Edit edit : page.edits) {
    if (page.lines.at(edit.line).is_noise) continue;
    edit.line = new_index[edit.line];
    kept.edits.push_back(std::move(edit));
  }
  return kept;
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
std::string_view name(Reader reader) {
  return kReaderNames.at(static_cast<std::size_t>(reader));
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
std::string_view name(TextSource source) {
  return kTextSourceNames.at(static_cast<std::size_t>(source));
}

}  // namespace emend
