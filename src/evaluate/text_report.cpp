// SPDX-License-Identifier: Apache-2.0
// The result as tables for a terminal.
#include <algorithm>

#include "core/unicode.h"
#include "evaluate/figures.h"

namespace emend {

namespace {

constexpr std::size_t kNameWidth = 18;
constexpr std::size_t kRateWidth = 26;
constexpr std::size_t kCountWidth = 13;
constexpr std::size_t kMostListed = 20;

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = to_code_points(text).size();
  return length < width ? text + std::string(width - length, ' ') : text + ' ';
}

std::string right(const std::string& text, std::size_t width) {
  const std::size_t length = to_code_points(text).size();
  return (length < width ? std::string(width - length, ' ') : " ") + text;
}

std::string line(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string rates(const Evaluation& evaluation) {
  std::string out = line(padded("", kNameWidth) + padded("before", kRateWidth) +
                         padded("after", kRateWidth) + "difference");
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    out += line(padded(figures::title(kRates.at(i)), kNameWidth) +
                padded(figures::written(evaluation.before.at(i)), kRateWidth) +
                padded(figures::written(evaluation.after.at(i)), kRateWidth) +
                figures::written(evaluation.difference.at(i)));
  }
  return out;
}

std::string counts(const Evaluation& evaluation) {
  std::string head = padded("", kNameWidth);
  for (const char* title : figures::kCountTitles) head += right(title, kCountWidth);
  std::string out = line(head);
  for (const figures::Row& row : figures::rows(evaluation.total)) {
    std::string text = padded((row.is_part ? "  " : "") + row.title, kNameWidth);
    for (const std::size_t value : row.values) text += right(std::to_string(value), kCountWidth);
    out += line(text);
  }
  return out;
}

std::string harmed(const Evaluation& evaluation) {
  std::string out;
  std::size_t listed = 0;
  std::size_t all = 0;
  for (const DocumentScore& document : evaluation.by_document) {
    for (const TokenChange& change : document.changes) {
      const bool is_harm = change.fate == TokenFate::broken || change.fate == TokenFate::invented;
      if (!is_harm || ++all > kMostListed) continue;
      ++listed;
      out += "  " + document.id + ": " + std::string(name(change.kind)) + ' ' +
             std::string(name(change.fate)) + ": ";
      out +=
          change.fate == TokenFate::invented ? change.after : change.before + " -> " + change.after;
      out += '\n';
    }
  }
  if (all == 0) return "Nothing that was right was broken, and no number was invented.\n";
  if (all > listed) out += "  and " + std::to_string(all - listed) + " more\n";
  return "What was right and is not any more, and what was invented:\n" + out;
}

}  // namespace

std::string to_text(const Evaluation& evaluation) {
  std::string out = figures::counted(evaluation.documents, "document") +
                    "; in brackets, where 95 of "
                    "100 samples of such documents would lie\n\n";
  out += rates(evaluation) + '\n' + counts(evaluation) + '\n';
  out += figures::documents(evaluation) + '\n' + figures::edits(evaluation.total.all()) + "\n\n";
  return out + harmed(evaluation);
}

}  // namespace emend
