// SPDX-License-Identifier: Apache-2.0
#include "correct/number_pass.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "core/box.h"
#include "core/joined_word.h"
#include "core/number_form.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/at_signs.h"
#include "correct/layout_repair.h"
#include "correct/look_alike.h"
#include "correct/number_guard.h"
#include "correct/propose.h"
#include "correct/second_reading.h"
#include "correct/suspect.h"
#include "correct/two_readers.h"

namespace emend {

namespace {

class NumbersOfPage {
 public:
  NumbersOfPage(const Page& recognised, NumberMode mode, double doubtful_confidence)
      : page_(recognised), mode_(mode), doubtful_confidence_(doubtful_confidence) {}

  void give_lights();
  void repair_layout();
  void repair_look_alikes();
  void take_what_two_readers_read();
  void weigh_second_readings();
  [[nodiscard]] NumberPass result() && { return {std::move(page_), std::move(edits_)}; }

 private:
  [[nodiscard]] Word& word_at(const Edit& edit) {
    return page_.lines[edit.line].words[edit.words.first];
  }
  [[nodiscard]] bool is_taken(std::size_t line, std::size_t word) const;
  [[nodiscard]] Edit edit_at(std::size_t line, WordRange words) const;
  void add(Edit edit);
  void join(Edit& edit);
  [[nodiscard]] Page as_it_stands() const;

  Page page_;
  NumberMode mode_;
  double doubtful_confidence_;
  std::vector<Edit> edits_;
};

void NumbersOfPage::give_lights() {
  for (Line& line : page_.lines) {
    for (Word& word : line.words) {
      word.light = light_of(word, strip_outer(word.text()).core, doubtful_confidence_);
    }
  }
}

bool NumbersOfPage::is_taken(std::size_t line, std::size_t word) const {
  return std::any_of(edits_.begin(), edits_.end(), [&](const Edit& edit) {
    return edit.line == line && word >= edit.words.first &&
           word < edit.words.first + edit.words.count;
  });
}

Edit NumbersOfPage::edit_at(std::size_t line, WordRange words) const {
  Edit edit;
  edit.page = page_.number;
  edit.line = line;
  edit.words = words;
  for (std::size_t i = 0; i < words.count; ++i) {
    const Word& word = page_.lines[line].words[words.first + i];
    edit.box = union_of(edit.box, word.box);
    edit.before += (i > 0 ? " " : "") + word.text();
  }
  return edit;
}

void NumbersOfPage::add(Edit edit) {
  if (edit.verdict == Verdict::applied) {
    if (mode_ == NumberMode::flag) edit.verdict = Verdict::flagged;
    word_at(edit).light = mode_ == NumberMode::flag ? Light::red : Light::yellow;
  } else {
    word_at(edit).light = Light::red;
  }
  edits_.push_back(std::move(edit));
}

// So that an edit is of one word, as those after it in the line are of the words that then are.
void NumbersOfPage::join(Edit& edit) {
  auto& words = page_.lines[edit.line].words;
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(edit.words.first);
  *first = joined_word(*first, *std::next(first));
  words.erase(std::next(first));
  for (Edit& other : edits_) {
    if (other.line == edit.line && other.words.first > edit.words.first) --other.words.first;
  }
  edit.words.count = 1;
}

void NumbersOfPage::repair_layout() {
  std::vector<LayoutRepair> repairs = find_layout_repairs(page_);
  // From the last to the first, so that a pair that becomes one word moves no other.
  std::reverse(repairs.begin(), repairs.end());
  for (LayoutRepair& repair : repairs) {
    Edit edit = edit_at(repair.line, repair.words);
    edit.after = std::move(repair.after);
    edit.reason = EditReason::layout_repair;
    edit.evidence.source = std::move(repair.source);
    if (mode_ == NumberMode::repair && edit.words.count == 2) join(edit);
    add(std::move(edit));
  }
}

std::u32string digits_of(std::u32string_view text) {
  std::u32string found;
  std::copy_if(text.begin(), text.end(), std::back_inserter(found), is_digit);
  return found;
}

// Another reading that is a number, once its own letters are taken for digits, and has as many but
// other ones, speaks against the repair: o.06 and o.00 were read where 0.00 is printed.
bool is_contradicted(const Word& word, std::string_view after) {
  const std::u32string digits = digits_of(to_code_points(after));
  return std::any_of(word.other_readings.begin(), word.other_readings.end(),
                     [&](const Reading& reading) {
                       std::u32string core = core_characters(reading.text);
                       for (char32_t& c : core) c = digit_like(c).value_or(c);
                       const std::u32string others = digits_of(core);
                       return number_form(to_utf8(core)) != NumberForm::none && others != digits &&
                              others.size() == digits.size();
                     });
}

void NumbersOfPage::repair_look_alikes() {
  for (std::size_t l = 0; l < page_.lines.size(); ++l) {
    for (std::size_t w = 0; w < page_.lines[l].words.size(); ++w) {
      const Word& word = page_.lines[l].words[w];
      const TokenParts parts = strip_outer(word.text());
      if (word.readings.size() > 1 || !has_numeral(parts.core) || is_link(word.text())) continue;
      if (is_taken(l, w)) continue;
      const SeenWord seen = seen_core(word.readings.front(), parts.lead, parts.core);
      const auto repair = find_look_alike_repair(seen);
      if (!repair) continue;
      Edit edit = edit_at(l, {w, 1});
      edit.after = std::string(parts.lead) + to_utf8(*repair) + std::string(parts.trail);
      edit.reason = EditReason::look_alike_repair;
      edit.evidence.source = name(seen.slots.empty() ? Support::look_alike : Support::alternatives);
      if (is_contradicted(word, edit.after)) edit.verdict = Verdict::unproven;
      add(std::move(edit));
    }
  }
}

void tell_scores(Evidence& evidence, const IndependentReading& scores) {
  evidence.language_gain = scores.reader_gain;
  evidence.channel_cost = scores.recogniser_cost;
  evidence.margin = scores.needed;
}

Page NumbersOfPage::as_it_stands() const {
  Page page = page_;
  for (const Edit& edit : edits_) {
    if (edit.verdict != Verdict::applied) continue;
    page.lines[edit.line].words[edit.words.first].readings.front() = {.text = edit.after,
                                                                      .confidence = 1};
  }
  return page;
}

void NumbersOfPage::take_what_two_readers_read() {
  std::vector<ReaderRepair> repairs = find_reader_repairs(page_);
  std::vector<ReaderRepair> zeros = find_zeros_read_as_at(page_);
  std::move(zeros.begin(), zeros.end(), std::back_inserter(repairs));
  for (ReaderRepair& repair : repairs) {
    if (is_taken(repair.line, repair.word)) continue;
    Edit edit = edit_at(repair.line, {repair.word, 1});
    edit.after = std::move(repair.after);
    edit.reason = EditReason::second_reading;
    tell_scores(edit.evidence, repair.scores);
    edit.evidence.source = std::move(repair.source);
    add(std::move(edit));
  }
}

void NumbersOfPage::weigh_second_readings() {
  for (SecondReading& reading : find_second_readings(as_it_stands())) {
    if (is_taken(reading.line, reading.word)) continue;
    Edit edit = edit_at(reading.line, {reading.word, 1});
    edit.after = std::move(reading.after);
    edit.reason = EditReason::second_reading;
    edit.evidence.source = std::move(reading.source);
    tell_scores(edit.evidence, reading.independent);
    edit.evidence.check = std::move(reading.check);
    if (!reading.is_proven) edit.verdict = Verdict::unproven;
    add(std::move(edit));
  }
}

}  // namespace

NumberPass look_at_numbers(const Page& recognised, NumberMode mode, double doubtful_confidence) {
  NumbersOfPage numbers(recognised, mode, doubtful_confidence);
  numbers.give_lights();
  if (mode != NumberMode::strict) {
    numbers.repair_layout();
    numbers.take_what_two_readers_read();
    numbers.repair_look_alikes();
    numbers.weigh_second_readings();
  }
  return std::move(numbers).result();
}

}  // namespace emend
