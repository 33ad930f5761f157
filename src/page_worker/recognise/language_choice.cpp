// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/language_choice.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "core/languages.h"
#include "core/unicode.h"
#include "page_worker/recognise/known_languages.h"

namespace emend {

namespace {

constexpr std::size_t kMostCandidates = 3;
constexpr std::chrono::seconds kPatience{10};

const KnownLanguage* find_known(std::string_view code) {
  const auto* const found =
      std::find_if(kKnownLanguages.begin(), kKnownLanguages.end(),
                   [&](const KnownLanguage& language) { return language.code == code; });
  return found == kKnownLanguages.end() ? nullptr : found;
}

std::string_view script_of(std::string_view code) {
  const KnownLanguage* const known = find_known(code);
  return known == nullptr ? kLatin : known->script;
}

bool is_language(const std::string& data) {
  return data != "osd" && data != "equ" && data.find('/') == std::string::npos;
}

// Unknown ones come last.
std::size_t rank_of(std::string_view code) {
  const KnownLanguage* const known = find_known(code);
  return known == nullptr ? kKnownLanguages.size()
                          : static_cast<std::size_t>(known - kKnownLanguages.data());
}

// Where the most ink of the page is, a few lines high, turned upright; null when memory is short.
PixPtr sample_of(Pix* page, int dpi) {
  constexpr int kLeastDpi = 100;
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  const int band = std::min(height, std::max(2 * std::max(dpi, kLeastDpi), height / 6));
  const PixPtr black(pixConvertTo1(page, 128));
  if (!black) return nullptr;
  NUMA* const rows = pixCountPixelsByRow(black.get(), nullptr);
  if (rows == nullptr) return nullptr;
  std::vector<std::int64_t> above(static_cast<std::size_t>(height) + 1);
  for (int y = 0; y < height; ++y) {
    int count = 0;
    (void)numaGetIValue(rows, y, &count);
    above[static_cast<std::size_t>(y) + 1] = above[static_cast<std::size_t>(y)] + count;
  }
  NUMA* owned = rows;
  numaDestroy(&owned);
  int best = 0;
  const auto ink = [&](int y) {
    const auto top = static_cast<std::size_t>(y);
    return above[top + static_cast<std::size_t>(band)] - above[top];
  };
  for (int y = 0; y + band <= height; y += std::max(1, band / 8)) {
    if (ink(y) > ink(best)) best = y;
  }
  return clipped(page, {0, best, width, band});
}

// How well the words suit the recogniser's language, 0..1.
double suits(const Recogniser& recogniser, const std::vector<Line>& lines) {
  constexpr double kUnknownWord = 0.5;
  double sum = 0;
  std::size_t count = 0;
  for (const Line& line : lines) {
    for (const Word& word : line.words) {
      sum += word.confidence() * (recogniser.knows(word.text()) ? 1 : kUnknownWord);
      ++count;
    }
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

std::string text_of(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) text += emend::text(line) + "\n";
  return text;
}

// Reads a sample of a page in one language after another.
class Trial {
 public:
  Trial(PreparedPage sample, const ReadOptions& options, Recognisers& recognisers)
      : sample_(std::move(sample)), options_(options), recognisers_(recognisers) {
    options_.alternatives = false;
  }

  // How well the language suits; keeps what was read.
  [[nodiscard]] Result<double> of(const std::string& language) {
    auto recogniser = recognisers_.with({language});
    if (!recogniser) return tl::unexpected(std::move(recogniser.error()));
    const auto lines = (*recogniser)->recognise_within(sample_, options_, kPatience);
    if (!lines) return 0;
    text_ = text_of(*lines);
    return suits(**recogniser, *lines);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  PreparedPage sample_;
  ReadOptions options_;
  Recognisers& recognisers_;
  std::string text_;
};

Result<std::string> best_of(const std::vector<std::string>& candidates, Trial trial) {
  std::map<std::string, double> results;
  auto first = trial.of(candidates.front());
  if (!first) return tl::unexpected(std::move(first.error()));
  results[candidates.front()] = *first;
  auto few = likeliest(candidates, trial.text(), kMostCandidates);
  for (const std::string& language : one_of_each_script(candidates)) few.push_back(language);
  for (const std::string& language : few) {
    if (results.contains(language)) continue;
    auto result = trial.of(language);
    if (!result) return tl::unexpected(std::move(result.error()));
    results[language] = *result;
  }
  return *std::max_element(few.begin(), few.end(),
                           [&](const auto& a, const auto& b) { return results[a] < results[b]; });
}

}  // namespace

std::vector<std::string> languages_of_script(std::string_view script,
                                             const std::vector<std::string>& installed) {
  std::vector<std::string> found;
  for (const std::string& data : installed) {
    if (is_language(data) && (script.empty() || script_of(data) == script)) found.push_back(data);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
  return found;
}

std::vector<std::string> first_of(const std::vector<std::string>& installed) {
  auto languages = languages_of_script("", installed);
  languages.resize(std::min<std::size_t>(languages.size(), 1));
  return languages;
}

std::vector<std::string> likeliest(const std::vector<std::string>& candidates,
                                   std::string_view text, std::size_t count) {
  std::map<std::string, int> seen;
  std::istringstream words(lowered(text));
  for (std::string word; words >> word;) ++seen[word];
  const auto hits = [&](const std::string& language) {
    const KnownLanguage* const known = find_known(language);
    if (known == nullptr) return 0;
    std::istringstream common{std::string(known->common_words)};
    int sum = 0;
    for (std::string word; common >> word;) {
      const auto at = seen.find(word);
      if (at != seen.end()) sum += at->second;
    }
    return sum;
  };
  std::vector<std::string> ranked = candidates;
  std::stable_sort(ranked.begin(), ranked.end(),
                   [&](const auto& a, const auto& b) { return hits(a) > hits(b); });
  ranked.resize(std::min(ranked.size(), count));
  return ranked;
}

std::vector<std::string> one_of_each_script(const std::vector<std::string>& candidates) {
  std::vector<std::string> found;
  std::set<std::string_view> scripts;
  for (const std::string& language : candidates) {
    if (scripts.insert(script_of(language)).second) found.push_back(language);
  }
  return found;
}

Result<LanguageChoice> choose_language(const PreparedPage& page,
                                       const std::vector<std::string>& installed,
                                       const ReadOptions& options, Orientation& orientation,
                                       Recognisers& recognisers) {
  LanguageChoice choice;
  const auto seen = orientation.look_at(page.pixels.get());
  auto candidates = languages_of_script(seen ? seen->script : "", installed);
  if (candidates.empty()) {
    choice.missing_script = seen ? seen->script : "";
    candidates = languages_of_script("", installed);
  }
  if (candidates.empty()) {
    return tl::unexpected(no_languages());
  }
  choice.language = candidates.front();
  if (candidates.size() == 1) return choice;
  PreparedPage upright;
  const bool is_turned = seen && seen->turn.value_or(0) != 0;
  if (is_turned) {
    auto turned_page = turned(page, *seen->turn, options);
    if (turned_page) upright = std::move(*turned_page);
  }
  Pix* const pixels = upright.pixels ? upright.pixels.get() : page.pixels.get();
  PreparedPage sample{.pixels = sample_of(pixels, page.dpi),
                      .dpi = page.dpi,
                      .segmentation = Segmentation::single_block};
  if (!sample.pixels) return choice;
  auto best = best_of(candidates, Trial(std::move(sample), options, recognisers));
  if (!best) return tl::unexpected(std::move(best.error()));
  choice.language = std::move(*best);
  return choice;
}

}  // namespace emend
