// SPDX-License-Identifier: Apache-2.0
// The promises of correction, judged from outside: written for the tests alone, with regular
// expressions, so that it shares no thought with the code it judges.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "core/unicode.h"
#include "emend/document.h"

namespace emend {

class GuardOracle {
 public:
  // Empty when `after` keeps the promises about `before`, else what is broken.
  static std::string judge(const Page& before, const Page& after) {
    if (const std::string wrong = judge_shape(before, after); !wrong.empty()) return wrong;
    for (std::size_t l = 0; l < before.lines.size(); ++l) {
      for (std::size_t w = 0; w < before.lines[l].words.size(); ++w) {
        const std::string& old_text = before.lines[l].words[w].text();
        const std::string& new_text = after.lines[l].words[w].text();
        const std::string wrong = judge_word(old_text, new_text, edits_of(after, l, w));
        if (!wrong.empty()) return wrong + ": " + old_text + " -> " + new_text;
      }
    }
    return "";
  }

 private:
  static std::vector<Edit> edits_of(const Page& page, std::size_t line, std::size_t word) {
    std::vector<Edit> edits;
    for (const Edit& edit : page.edits) {
      const bool here = edit.line == line && edit.words.first == word;
      if (here && edit.verdict == Verdict::applied) edits.push_back(edit);
    }
    return edits;
  }

  static std::string judge_shape(const Page& before, const Page& after) {
    if (before.number != after.number || before.lines.size() != after.lines.size()) return "lines";
    for (std::size_t l = 0; l < before.lines.size(); ++l) {
      const Line& old_line = before.lines[l];
      const Line& new_line = after.lines[l];
      if (old_line.words.size() != new_line.words.size()) return "word count";
      if (!(old_line.box == new_line.box)) return "line box";
      for (std::size_t w = 0; w < old_line.words.size(); ++w) {
        if (!(old_line.words[w].box == new_line.words[w].box)) return "word box";
        if (!(old_line.words[w].readings[0] == new_line.words[w].readings.back())) return "reading";
      }
    }
    const Page undone = as_recognised(after);
    for (std::size_t l = 0; l < before.lines.size(); ++l) {
      if (text(undone.lines[l]) != text(before.lines[l])) return "undoing";
    }
    for (const Edit& edit : after.edits) {
      if (!is_valid_utf8(edit.before) || !is_valid_utf8(edit.after)) return "an edit's UTF-8";
      const Evidence& evidence = edit.evidence;
      const double sum = evidence.language_gain + evidence.channel_cost + evidence.margin;
      if (!std::isfinite(sum)) return "an edit's figures";
    }
    return "";
  }

  static std::string judge_word(const std::string& before, const std::string& after,
                                const std::vector<Edit>& edits) {
    if (!is_valid_utf8(after)) return "UTF-8";
    if (before == after) return edits.empty() ? "" : "an edit without a change";
    if (edits.size() != 1) return "a change without its edit";
    const Edit& edit = edits[0];
    if (edit.before != before || edit.after != after) return "an edit of something else";
    if (after.find_first_of("\n\r\t\f") != std::string::npos || after.empty()) return "form";
    switch (edit.reason) {
      case EditReason::language:
        return is_sensitive(before) || is_sensitive(after) ? "a number changed for language" : "";
      case EditReason::look_alike_repair:
        return judge_look_alike(before, after);
      case EditReason::word_repair:
        return judge_word_repair(before, after);
      default:
        return "a reason that nobody may give";
    }
  }

  static bool is_sensitive(const std::string& text) {
    const std::u32string points = to_code_points(text);
    return std::any_of(points.begin(), points.end(), [](char32_t c) {
      return is_numeral(c) || is_currency(c) || c == U'%' || c == U'@';
    });
  }

  static bool is_number(const std::string& text) {
    static const std::regex kNumber(
        "[^A-Za-z0-9$]*([A-Za-z]{0,3}\\$?|[^0-9A-Za-z]*)-?("
        "\\d{1,12}([.,' ]\\d{2,3})*[.,]\\d{2}"
        "|\\$\\d[\\d.,]*"
        "|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}"
        "|\\d{1,2}[-/. ]?[A-Za-z]{3,9}[-/. ]?\\d{2,4}"
        "|\\d{1,2}/\\d{4}"
        "|\\d{1,2}[:h.]\\d{2}(:\\d{2})?"
        "|\\d[\\d.,]*)([A-Za-z$.]*|[^0-9A-Za-z]*)*[^A-Za-z0-9]*");
    return std::regex_match(text, kNumber);
  }

  static std::string judge_look_alike(const std::string& before, const std::string& after) {
    static const std::string kPairs = "O0 o0 l1 I1 i1 Z2 z2 S5 s5 G6 b6 B8 g9 q9 ";
    if (before.size() != after.size()) return "a digit more or less";
    if (before.find_first_of("0123456789") == std::string::npos) return "a number from a word";
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i] == after[i]) continue;
      if (kPairs.find(std::string{before[i], after[i], ' '}) == std::string::npos) return "a digit";
    }
    static const std::regex kLone("[^A-Za-z0-9]*\\d+[A-Za-z]\\d+[^A-Za-z0-9]*");
    const auto digits =
        std::count_if(before.begin(), before.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_number(after) || (digits >= 5 && std::regex_match(before, kLone))) return "";
    return "no form";
  }

  static std::string judge_word_repair(const std::string& before, const std::string& after) {
    static const std::string kPairs = "0O 0o 1l 1I 1i 2Z 2z 5S 5s 6G 6b 8B 9g 9q 4A lI Il li Ii ";
    if (is_sensitive(after)) return "a digit left in a word";
    if (before.size() != after.size()) return "a letter more or less";
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (before[i] == after[i]) continue;
      if (kPairs.find(std::string{before[i], after[i], ' '}) == std::string::npos) return "letter";
    }
    static const std::regex kAmount("[^A-Za-z]*\\d[^A-Za-z]*[A-Za-z]?[^A-Za-z]*");
    return std::regex_match(before, kAmount) ? "a number became a word" : "";
  }
};

}  // namespace emend
