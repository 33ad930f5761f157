// SPDX-License-Identifier: Apache-2.0
// How good a text is, and what a correction did to it, measured against the truth.
//
//   emend::Evaluator evaluator;
//   const auto added = evaluator.add({"invoice", "Total 100.00", "Tota1 1O0.00", "Total 100.00"});
//   if (added) std::cout << to_text(evaluator.result());
//
// Two normalisations (docs/eval.md). Strict: Unicode form NFC, and white space of any length is one
// space. Lenient: form NFKC, letters regardless of their size, quotes and dashes alike. Neither
// touches a digit, a separator or a currency sign.
//
// A word of the truth is right where an alignment of characters finds it whole, with no letter or
// digit at its ends; punctuation around it is taken off. What became of it is followed through the
// alignment of the text before with the text after, so it is judged in the same place.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

// One document or line, all of it UTF-8.
struct EvaluationSample {
  std::string id;
  std::string truth;
  std::string before;  // what the result is held against: mostly, what was recognised
  std::string after;   // the result in question
};

// Counts; they add up over documents.
struct TextScore {
  std::size_t characters = 0;  // of the truth
  std::size_t character_errors = 0;
  std::size_t lenient_characters = 0;
  std::size_t lenient_errors = 0;
  std::size_t words = 0;  // of the truth
  std::size_t word_errors = 0;
  std::size_t text_words = 0;   // of the text
  std::size_t words_found = 0;  // of the truth in the text, in any order
  std::size_t numbers = 0;      // of the truth: words with a digit
  std::size_t numbers_right = 0;

  TextScore& operator+=(const TextScore& other);
  friend bool operator==(const TextScore&, const TextScore&) = default;
};

// The rates of a score, each a share of 1; a rate of nothing is 0.
enum class Rate : std::uint8_t { cer, lenient_cer, wer, recall, precision, numbers_right };
inline constexpr std::array<Rate, 6> kRates = {
    Rate::cer, Rate::lenient_cer, Rate::wer, Rate::recall, Rate::precision, Rate::numbers_right};
[[nodiscard]] double rate(const TextScore& score, Rate rate);
[[nodiscard]] std::string_view name(Rate rate);

// What words are told apart. Every word with a digit is of one kind of number; a currency sign
// without a digit is a kind of its own and no number.
enum class TokenKind : std::uint8_t {
  word,
  amount,
  percent,
  quantity,
  date,
  time,
  identifier,
  currency,
};
inline constexpr std::size_t kTokenKinds = 8;
[[nodiscard]] std::string_view name(TokenKind kind);

enum class TokenFate : std::uint8_t {
  fixed,          // wrong before, right after
  broken,         // right before, wrong after
  changed_wrong,  // wrong before, wrong in another way after
  invented,  // in the text after alone, with a digit where there was none, and not in the truth
};
[[nodiscard]] std::string_view name(TokenFate fate);

// Counts of tokens of one kind; they add up.
struct FateCounts {
  std::size_t tokens = 0;  // of the truth
  std::size_t right_before = 0;
  std::size_t right_after = 0;
  std::size_t fixed = 0;
  std::size_t broken = 0;
  std::size_t changed_wrong = 0;
  std::size_t lost = 0;      // a number whose place had a digit before and has none after
  std::size_t invented = 0;  // numbers alone

  FateCounts& operator+=(const FateCounts& other);
  friend bool operator==(const FateCounts&, const FateCounts&) = default;
};

// Of the changes that were made, the share that made a token right; of the tokens that were wrong,
// the share that was fixed. Nothing where there was none.
[[nodiscard]] std::optional<double> edit_precision(const FateCounts& counts);
[[nodiscard]] std::optional<double> edit_recall(const FateCounts& counts);

struct TokenChange {
  TokenFate fate = TokenFate::fixed;
  TokenKind kind = TokenKind::word;
  std::string truth;  // empty for what was invented
  std::string before;
  std::string after;

  friend bool operator==(const TokenChange&, const TokenChange&) = default;
};

struct DocumentScore {
  std::string id;
  TextScore before;
  TextScore after;
  std::array<FateCounts, kTokenKinds> tokens{};  // by TokenKind
  std::vector<TokenChange> changes;  // in the order of the truth, the invented ones last

  [[nodiscard]] FateCounts words() const;    // without digit or currency sign
  [[nodiscard]] FateCounts numbers() const;  // all kinds of number
  [[nodiscard]] FateCounts all() const;      // with currency signs
  // Numbers and currency signs that correction broke, lost or invented.
  [[nodiscard]] std::size_t harm() const;
};

struct EvaluationOptions {
  bool ignore_case = false;      // a truth in capitals, say
  std::size_t resamples = 2000;  // for intervals
  std::uint64_t seed = 1;
  std::size_t worst = 20;  // documents that the HTML page shows side by side
};

// Fails with unreadable_input when a text is not UTF-8.
[[nodiscard]] Result<DocumentScore> score(const EvaluationSample& sample,
                                          const EvaluationOptions& options = {});

// With 95 % intervals by bootstrap over documents: the same for the same seed.
struct Estimate {
  double value = 0;
  double low = 0;
  double high = 0;
};

struct Evaluation {
  std::size_t documents = 0;
  std::size_t better = 0;  // fewer character errors after than before
  std::size_t same = 0;
  std::size_t worse = 0;
  std::size_t worse_by_words = 0;  // more than one word error more than before
  DocumentScore total;             // its changes are those of all documents
  std::array<Estimate, kRates.size()> before{};
  std::array<Estimate, kRates.size()> after{};
  std::array<Estimate, kRates.size()> difference{};  // after less before, of the same documents
  std::vector<DocumentScore> by_document;            // as they were added
  std::vector<EvaluationSample> worst;               // the worst first
  EvaluationOptions options;
};

// Gathers samples. Keeps the counts of all and the texts of the worst. One thread at a time.
class Evaluator {
 public:
  explicit Evaluator(EvaluationOptions options = {}) : options_(options) {}

  // Fails as score() does; then nothing was added.
  [[nodiscard]] Result<void> add(const EvaluationSample& sample);
  [[nodiscard]] Evaluation result() const;

 private:
  struct Case {
    DocumentScore score;
    EvaluationSample sample;
  };

  EvaluationOptions options_;
  std::vector<DocumentScore> scores_;
  std::vector<Case> worst_;
};

// Tables for a terminal.
[[nodiscard]] std::string to_text(const Evaluation& evaluation);
// docs/evaluation.schema.json
[[nodiscard]] std::string to_json(const Evaluation& evaluation);
// One page that needs nothing beside itself, with the worst documents side by side.
[[nodiscard]] std::string to_html(const Evaluation& evaluation);

// A line of a JSONL file of OCR texts with their truth.
struct TextPair {
  std::string id;
  std::string language;  // as tesseract names it; "de" and "en" are read too; empty = not told
  std::string ocr;
  std::string truth;
  std::optional<std::string> output;  // of another system, where the line has one
};

// Lines {"id", "lang", "ocr", "gt", "output"}; "raw" is read for "ocr" and "truth" for "gt", other
// keys are passed over. Without an id it is the number of the line. Fails with not_found,
// io_failed, or unreadable_input, which tells the line.
[[nodiscard]] Result<std::vector<TextPair>> read_pairs(const std::filesystem::path& jsonl);

// Texts by id: lines {"id", "output"} ("text" is read too), such as saved() writes. Fails alike,
// also when an id comes twice.
[[nodiscard]] Result<std::map<std::string, std::string>> read_texts(
    const std::filesystem::path& jsonl);

// The sample as such a line, with its newline: {"id", "raw", "output", "truth"}.
[[nodiscard]] std::string saved(const EvaluationSample& sample);

}  // namespace emend
