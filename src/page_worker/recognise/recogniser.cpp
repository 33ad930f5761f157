// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/recogniser.h"

#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <utility>

#include "core/joined.h"
#include "core/languages.h"
#include "core/token.h"
#include "core/unicode.h"
#include "page_worker/recognise/alternatives.h"
#include "page_worker/recognise/confidence.h"
#include "page_worker/recognise/languages.h"
#include "page_worker/recognise/unspaced.h"
#include "page_worker/step_names.h"

namespace emend {

namespace {

using tesseract::ResultIterator;

// Of the mean probability of a line, below which it is read as light print on dark too: Tesseract's
// own default, and none.
constexpr const char* kInvertThreshold = "0.7";
constexpr const char* kNeverInvert = "0";

tesseract::PageSegMode mode_of(const PreparedPage& page) {
  if (page.is_one_word) return tesseract::PSM_SINGLE_WORD;
  if (page.is_one_line) return tesseract::PSM_SINGLE_LINE;
  switch (page.segmentation) {
    case Segmentation::single_column:
      return tesseract::PSM_SINGLE_COLUMN;
    case Segmentation::single_block:
      return tesseract::PSM_SINGLE_BLOCK;
    case Segmentation::sparse:
      return tesseract::PSM_SPARSE_TEXT;
    default:
      return tesseract::PSM_AUTO;
  }
}

std::string text_at(const ResultIterator& at, tesseract::PageIteratorLevel level) {
  const std::unique_ptr<const char[]> text(at.GetUTF8Text(level));
  return text ? text.get() : "";
}

Box box_at(const ResultIterator& at, tesseract::PageIteratorLevel level) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  if (!at.BoundingBox(level, &left, &top, &right, &bottom)) return {};
  return {left, top, right - left, bottom - top};
}

std::vector<std::string> symbols_at(const ResultIterator& word) {
  std::vector<std::string> symbols;
  ResultIterator symbol(word);
  do {
    symbols.push_back(text_at(symbol, tesseract::RIL_SYMBOL));
  } while (!symbol.IsAtFinalElement(tesseract::RIL_WORD, tesseract::RIL_SYMBOL) &&
           symbol.Next(tesseract::RIL_SYMBOL));
  return symbols;
}

std::vector<SymbolSlot> slots_at(const ResultIterator& word) {
  std::vector<SymbolSlot> slots;
  const auto* choices = word.GetBestLSTMSymbolChoices();
  if (choices == nullptr) return slots;
  for (const auto& choice : *choices) {
    SymbolSlot& slot = slots.emplace_back();
    for (const auto& [text, rating] : choice) slot.push_back({text, rating});
  }
  return slots;
}

std::vector<std::vector<Alternative>> characters_at(const ResultIterator& word,
                                                    const std::string& text) {
  auto characters = fitting_alternatives(symbols_at(word), slots_at(word));
  std::string joined;
  for (const auto& slot : characters) joined += slot.front().text;
  if (joined != text) characters.clear();
  return characters;
}

// One look at a page can only warn: green needs two passes that agree. Below this probability the
// number is more often wrong than right.
Light light_of(std::string_view text, double confidence) {
  constexpr double kDoubtful = 0.5;
  if (!has_numeral(text)) return Light::none;
  return confidence < kDoubtful ? Light::red : Light::yellow;
}

Word word_at(const ResultIterator& at, std::string text, const ReadOptions& options) {
  Word word;
  word.box = box_at(at, tesseract::RIL_WORD);
  word.in_dictionary = at.WordIsFromDictionary();
  word.number_pattern = at.WordIsNumeric();
  word.kind = classify(text);
  const double figure = at.Confidence(tesseract::RIL_WORD);
  const WordTraits traits{word.in_dictionary, word.number_pattern, has_numeral(text)};
  const double confidence = is_skipped(options, "calibration")
                                ? std::clamp(figure / 100.0, 0.0, 1.0)
                                : calibrated_confidence(figure, traits);
  word.light = light_of(text, confidence);
  Reading reading{.text = std::move(text), .confidence = confidence};
  if (options.alternatives) reading.characters = characters_at(at, reading.text);
  word.readings.push_back(std::move(reading));
  return word;
}

// NFC without white space; empty for the pseudo-words of one blank that Tesseract puts between
// columns.
std::string clean_text(std::string_view raw) {
  const auto text = to_nfc(repaired_utf8(raw));
  std::u32string kept;
  for (const char32_t c : to_code_points(text ? *text : std::string())) {
    if (!is_space(c)) kept += c;
  }
  return to_utf8(kept);
}

std::vector<Line> lines_of(ResultIterator& at, const ReadOptions& options) {
  std::vector<Line> lines;
  bool starts_line = true;
  bool starts_block = true;
  do {
    starts_line |= at.IsAtBeginningOf(tesseract::RIL_TEXTLINE);
    starts_block |= at.IsAtBeginningOf(tesseract::RIL_PARA);
    if (at.Empty(tesseract::RIL_WORD)) continue;
    std::string text = clean_text(text_at(at, tesseract::RIL_WORD));
    if (text.empty()) continue;
    if (starts_line) {
      lines.push_back({.box = box_at(at, tesseract::RIL_TEXTLINE), .starts_block = starts_block});
      starts_line = false;
      starts_block = false;
    }
    lines.back().words.push_back(word_at(at, std::move(text), options));
  } while (at.Next(tesseract::RIL_WORD));
  join_unspaced(lines);
  return lines;
}

}  // namespace

std::string recogniser_version() {
  return std::string("tesseract ") + tesseract::TessBaseAPI::Version();
}

Recogniser::Recogniser(std::unique_ptr<tesseract::TessBaseAPI> api,
                       std::vector<std::string> languages)
    : api_(std::move(api)), languages_(std::move(languages)) {}
Recogniser::~Recogniser() = default;

Result<std::unique_ptr<Recogniser>> Recogniser::open(const std::vector<std::string>& languages) {
  if (auto checked = check_languages(languages, installed_languages()); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  const std::string names = joined(languages, "+");
  auto api = std::make_unique<tesseract::TessBaseAPI>();
  if (api->Init(nullptr, names.c_str(), tesseract::OEM_LSTM_ONLY) != 0) {
    return fail(ErrorCode::missing_dependency,
                "the data of the language " + names + " cannot be used by the recogniser",
                "Install them again; they must be made for Tesseract 4 or later.");
  }
  return std::unique_ptr<Recogniser>(new Recogniser(std::move(api), languages));
}

bool Recogniser::knows(std::string_view word) const {
  return api_->IsValidWord(std::string(word).c_str()) != 0;
}

Result<std::vector<Line>> Recogniser::recognise(const PreparedPage& page,
                                                const ReadOptions& options) {
  return recognise_within(page, options, std::chrono::milliseconds::zero());
}

Result<std::vector<Line>> Recogniser::recognise_within(const PreparedPage& page,
                                                       const ReadOptions& options,
                                                       std::chrono::milliseconds patience) {
  // Mode 2 gives choices per character. Five rounds are Tesseract's own default.
  api_->SetVariable("lstm_choice_mode", options.alternatives ? "2" : "0");
  api_->SetVariable("tessedit_char_whitelist", options.allow_characters.c_str());
  api_->SetVariable("tessedit_char_blacklist", options.deny_characters.c_str());
  api_->SetVariable("invert_threshold", page.may_be_light_print ? kInvertThreshold : kNeverInvert);
  api_->SetPageSegMode(mode_of(page));
  api_->SetImage(page.pixels.get());
  api_->SetSourceResolution(page.dpi);
  tesseract::ETEXT_DESC monitor;
  if (patience.count() > 0) monitor.set_deadline_msecs(static_cast<int>(patience.count()));
  const bool is_done = api_->Recognize(patience.count() > 0 ? &monitor : nullptr) == 0;
  std::vector<Line> lines;
  if (is_done) {
    const std::unique_ptr<ResultIterator> start(api_->GetIterator());
    if (start) lines = lines_of(*start, options);
  }
  // What a page leaves behind must not change the next one.
  api_->ClearAdaptiveClassifier();
  api_->Clear();
  if (!is_done && patience.count() > 0) {
    return fail(ErrorCode::limit_exceeded, "another look at the page took too long");
  }
  if (!is_done) return fail(ErrorCode::engine_failed, "the recogniser could not read the page");
  return lines;
}

}  // namespace emend
