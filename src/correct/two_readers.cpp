// SPDX-License-Identifier: Apache-2.0
#include "correct/two_readers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "core/names.h"
#include "core/number_form.h"
#include "core/readings.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/distance.h"
#include "correct/page_amounts.h"

namespace emend {

namespace {

// Of what the recogniser reads more surely than this, only its own other looks make it doubt.
constexpr double kSureRecogniser = 0.9;
constexpr std::size_t kMostChanges = 2;

// Where two more pictures read as the reader does, and none as it stands.
constexpr double kSureWithLooks = 0.5;

std::u32string core_of(std::string_view text) {
  return to_code_points(strip_outer(text).core);
}

std::u32string only(std::u32string_view text, bool (*counts)(char32_t)) {
  std::u32string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept), counts);
  return kept;
}

std::u32string letters_of(std::u32string_view text) {
  std::u32string letters;
  for (const char32_t c : text) {
    if (is_letter(c)) letters += lower(c);
  }
  return letters;
}

// `read` as it would be written in place of `standing`: the size of a letter is not seen in a crop.
std::u32string in_size_of(std::u32string_view standing, std::u32string read) {
  for (std::size_t i = 0; i < read.size() && read.size() == standing.size(); ++i) {
    if (lower(read[i]) == lower(standing[i])) read[i] = standing[i];
  }
  return read;
}

// Signs that are so small that both readers may miss the same one.
std::ptrdiff_t separators_of(std::u32string_view text) {
  return std::count_if(text.begin(), text.end(), [](char32_t c) {
    return std::u32string_view(U".,:'\u2019-/").find(c) != std::u32string_view::npos;
  });
}

// Nothing, or a comma for a point, or the reverse. Both readers may see a comma without its tail:
// that is for layout_repair.h.
bool is_other_sign_only(std::u32string before, std::u32string after) {
  for (std::u32string* text : {&before, &after})
    std::replace(text->begin(), text->end(), U',', U'.');
  return before == after;
}

bool is_same_but_size(std::u32string_view a, std::u32string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char32_t x, char32_t y) { return lower(x) == lower(y); });
}

// Signs that numbers are written with; nobody but the recogniser itself says that one is none.
bool belongs_to_numbers(char32_t c) {
  return is_currency(c) || std::u32string_view(U"#%&/\u00B0").find(c) != std::u32string_view::npos;
}

// Of 250 degrees C: emend's reader knows no such sign, and small as it is the recogniser may read a
// 9 too.
bool is_degree_sign_a_digit(std::u32string_view before, std::u32string_view after) {
  if (before.size() != after.size()) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == U'\u00B0' && is_digit(after[i])) return true;
  }
  return false;
}

// Digits for what is no digit, or for digits; and at the end of a percentage its sign for anything.
bool only_digits_come_in(std::u32string_view before, std::u32string_view after) {
  if (before.size() != after.size()) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] == after[i]) continue;
    const bool is_percent_sign = i + 1 == after.size() && i > 0 && after[i] == U'%' &&
                                 is_digit(after[i - 1]) && !is_currency(before[i]);
    if (is_percent_sign) continue;
    if (!is_digit(after[i]) || belongs_to_numbers(before[i])) return false;
  }
  return true;
}

bool is_all_digits(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

// What stands, what emend's reader reads in its place, and the page around them.
struct Difference {
  const Word& word;
  std::u32string before;
  std::u32string after;
  NumberForm form_before = NumberForm::none;
  NumberForm form_after = NumberForm::none;
  IndependentReading scores;

  [[nodiscard]] bool is_as_long() const { return before.size() == after.size(); }
};

class ReaderRepairs {
 public:
  explicit ReaderRepairs(const Page& page) : page_(page), amounts_(page) {}

  [[nodiscard]] std::vector<ReaderRepair> find() const {
    std::vector<ReaderRepair> found;
    for (std::size_t l = 0; l < page_.lines.size(); ++l) {
      if (page_.lines[l].is_noise) continue;
      for (std::size_t w = 0; w < page_.lines[l].words.size(); ++w) {
        if (auto repair = repair_at(l, w)) found.push_back(std::move(*repair));
      }
    }
    return found;
  }

 private:
  [[nodiscard]] std::optional<ReaderRepair> repair_at(std::size_t line, std::size_t word) const {
    const auto difference = difference_of(page_.lines[line].words[word]);
    if (!difference) return std::nullopt;
    const std::string source = who_bears_out(*difference, line, word);
    if (source.empty()) return std::nullopt;
    const TokenParts parts = strip_outer(difference->word.text());
    return ReaderRepair{
        line, word, std::string(parts.lead) + to_utf8(difference->after) + std::string(parts.trail),
        source + "+emend", difference->scores};
  }

  [[nodiscard]] std::optional<Difference> difference_of(const Word& word) const {
    if (word.light == Light::green) return std::nullopt;  // guard: two looks agree
    const Reading* own = other_reading_by(Reader::emend, word);
    if (own == nullptr || own->characters.empty()) return std::nullopt;
    const std::u32string before = core_of(word.text());
    const std::u32string after = in_size_of(before, core_of(own->text));
    const Backing backing = backing_of(word, before, after);
    const double sure = backing == Backing::looks ? kSureWithLooks : kSureReader;
    if (own->confidence < sure) return std::nullopt;  // guard: sure and steady
    if (!is_reader_repair(to_utf8(before), to_utf8(after), amounts_.decimal_sign())) {
      return std::nullopt;
    }
    const bool stands = pictures_that_read(word, before).any();
    if (stands) return std::nullopt;  // guard: nobody else reads what stands
    return Difference{word,
                      before,
                      after,
                      number_form(to_utf8(before)),
                      number_form(to_utf8(after)),
                      weigh_reading(word, *own, to_utf8(after), backing)};
  }

  struct Pictures {
    std::size_t looks = 0;
    std::size_t crops = 0;
    [[nodiscard]] bool any() const { return looks + crops > 0; }
  };

  // How often the recogniser reads it when it looks again.
  [[nodiscard]] static Pictures pictures_that_read(const Word& word, const std::u32string& core) {
    Pictures pictures;
    for (const Reading& reading : word.other_readings) {
      if (!is_same_but_size(core_of(reading.text), core)) continue;
      pictures.looks += reading.reader == Reader::look ? 1 : 0;
      pictures.crops += reading.reader == Reader::crop ? 1 : 0;
    }
    return pictures;
  }

  [[nodiscard]] static Backing backing_of(const Word& word, const std::u32string& before,
                                          const std::u32string& after) {
    const Pictures pictures = pictures_that_read(word, after);
    if (!pictures.any() || before.size() != after.size()) return Backing::none;
    const bool are_two = pictures.crops > 0 && pictures.looks + pictures.crops > 1;
    return are_two && !pictures_that_read(word, before).any() ? Backing::looks : Backing::look;
  }

  [[nodiscard]] std::string who_bears_out(const Difference& difference, std::size_t line,
                                          std::size_t word) const {
    if (std::string looks = looks_that_read(difference); !looks.empty()) return looks;
    if (difference.word.confidence() >= kSureRecogniser) return {};  // guard: a sure recogniser
    if (is_listed(difference)) return "alternatives";
    if (amounts_.has_number_before(line, word, difference.word.box.height)) return {};
    if (has_only_form(difference)) return "form";
    if (is_of_column(difference)) return "column";
    return {};
  }

  // An amount as the page writes it.
  [[nodiscard]] bool is_own_amount(std::u32string_view core) const {
    const char sign = decimal_sign_of(to_utf8(core));
    return sign != 0 && sign == amounts_.decimal_sign();
  }

  [[nodiscard]] bool has_guarded_form(const Difference& difference) const {
    return is_own_amount(difference.after) || difference.form_after == NumberForm::date ||
           difference.form_after == NumberForm::time;
  }

  [[nodiscard]] static std::string looks_that_read(const Difference& difference) {
    if (!difference.scores.suffices()) return {};  // guard: enough evidence of the reader
    const std::u32string letters = letters_of(difference.before);
    const bool has_form = difference.form_after != NumberForm::none;
    const bool is_code = difference.is_as_long() || letters == letters_of(difference.after);
    const bool are_digits = is_all_digits(difference.before) && is_all_digits(difference.after);
    if (!has_form && !are_digits && (letters.empty() || !is_code))
      return {};  // guard: no letter of a code
    std::set<Reader> readers;
    for (const Reading& reading : difference.word.other_readings) {
      const bool is_same = is_same_but_size(core_of(reading.text), difference.after);
      // A box that cuts a word cuts it for emend's reader and for a look at the word alone.
      const bool is_of_page = reading.reader == Reader::look;
      const bool counts = is_of_page || (reading.reader == Reader::crop && difference.is_as_long());
      if (is_same && counts) readers.insert(reading.reader);
    }
    std::string names;
    for (const Reader reader : readers) {
      names += (names.empty() ? "" : "+") + std::string(name(reader));
    }
    return names;
  }

  [[nodiscard]] bool is_listed(const Difference& difference) const {
    if (!difference.scores.is_listed || !difference.scores.suffices()) return false;
    return only_digits_come_in(difference.before, difference.after) &&
           keeps_its_letters(difference);
  }

  // No letter of a code changes; one that a plain number or one with a form has not may go.
  [[nodiscard]] bool keeps_its_letters(const Difference& difference) const {
    return has_guarded_form(difference) || difference.form_after == NumberForm::percent ||
           is_all_digits(difference.after) ||
           letters_of(difference.before) == letters_of(difference.after);
  }

  [[nodiscard]] bool has_only_form(const Difference& difference) const {
    const bool has_gap = difference.before.find(U' ') != std::u32string::npos;
    const bool may_differ = has_gap || is_own_amount(difference.after);
    return (difference.is_as_long() || may_differ) && difference.form_before == NumberForm::none &&
           has_guarded_form(difference) && difference.scores.suffices();
  }

  [[nodiscard]] bool is_of_column(const Difference& difference) const {
    return is_own_amount(difference.after) && !is_own_amount(difference.before) &&
           difference.scores.suffices() &&
           amounts_.are_in_column(difference.word.box, digits_in(to_utf8(difference.after)));
  }

  const Page& page_;
  PageAmounts amounts_;
};

}  // namespace

bool is_reader_repair(std::string_view before, std::string_view after, char decimal_sign) {
  const std::u32string old_text = to_code_points(before);
  const std::u32string new_text = to_code_points(after);
  if (!has_numeral(before) || !has_numeral(after)) return false;  // guard: number stays number
  if (only(old_text, is_currency) != only(new_text, is_currency)) return false;  // guard: currency
  if (is_degree_sign_a_digit(old_text, new_text)) return false;                  // guard: degrees
  const std::size_t changes = edit_distance(old_text, new_text, kMostChanges + 1);
  if (changes > kMostChanges) return false;  // guard: hardly another number
  const char sign = decimal_sign_of(after);
  if (is_other_sign_only(old_text, new_text)) return false;  // guard: tails of commas
  const bool is_amount = sign != 0 && sign == decimal_sign;
  // A stroke in place of the sign of a percentage is none.
  const bool is_stroke = old_text.size() == new_text.size() && new_text.ends_with(U'%');
  const std::ptrdiff_t before_end = is_stroke && old_text.ends_with(U'/') ? 1 : 0;
  if (!is_amount && separators_of(old_text) - before_end > separators_of(new_text))
    return false;  // guard: faint
  const NumberForm form = number_form(after);
  const bool has_shape = is_amount || form == NumberForm::date || form == NumberForm::time;
  const bool has_same_digits = only(old_text, is_digit) == only(new_text, is_digit);
  const bool only_a_mark = old_text.size() != new_text.size() && has_same_digits;
  if (!has_shape && only_a_mark) return false;  // guard: a mark beside the digits
  const char expected = decimal_sign != 0 ? decimal_sign : decimal_sign_of(before);
  if (sign != 0 && sign != expected) return false;  // guard: form of the page
  return true;
}

std::vector<ReaderRepair> find_reader_repairs(const Page& page) {
  return ReaderRepairs(page).find();
}

}  // namespace emend
