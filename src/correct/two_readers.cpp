// SPDX-License-Identifier: Apache-2.0
#include "correct/two_readers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/names.h"
#include "core/number_form.h"
#include "core/readings.h"
#include "core/token.h"
#include "core/unicode.h"
#include "correct/distance.h"
#include "correct/look_alike.h"
#include "correct/page_amounts.h"
#include "correct/page_numbers.h"

namespace emend {

namespace {

// Of what the recogniser reads more surely than this, only its own other looks make it doubt.
constexpr double kSureRecogniser = 0.9;
constexpr std::size_t kMostChanges = 2;

// Where two more pictures read as the reader does, and none as it stands.
constexpr double kSureWithLooks = 0.5;
// Where one does, and the recogniser held every character of it possible; and where the page has
// the same number elsewhere. Nothing broke from 0.5 on.
constexpr double kSureWithLook = 0.6;
constexpr double kSureOfPage = 0.6;

// Numbers of fewer digits stand on a page by chance.
constexpr std::size_t kFewestOfPage = 3;

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

// A zero with a stroke is read as @, but an @ is never read as a 6 or an 8.
bool is_read_as(std::u32string_view read, std::u32string_view number) {
  return is_same_but_size(read, number) || (number == U"0" && read == U"@");
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

// Characters that differ. A letter that became the digit that it looks like is none.
std::size_t changes_between(const std::u32string& before, const std::u32string& after) {
  const std::size_t changes = edit_distance(before, after, kMostChanges + before.size());
  if (before.size() != after.size()) return changes;
  std::size_t same = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (is_letter(before[i]) && digit_like(before[i]) == after[i]) ++same;
  }
  return changes - std::min(same, changes);
}

bool is_all_digits(std::u32string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

// What stands, what emend's reader reads in its place, and who else does.
struct Difference {
  const Word& word;
  const Reading& own;
  std::u32string before;
  std::u32string after;
  NumberForm form_before = NumberForm::none;
  NumberForm form_after = NumberForm::none;
  Backing backing = Backing::none;

  [[nodiscard]] bool is_as_long() const { return before.size() == after.size(); }
};

// Who bears it out, and the evidence as it is weighed with them. Nobody: no source.
struct Proof {
  std::string source;
  IndependentReading scores;
};

class ReaderRepairs {
 public:
  explicit ReaderRepairs(const Page& page) : page_(page), amounts_(page), numbers_(page) {}

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
    const Proof proof = proof_of(*difference, line, word);
    if (proof.source.empty()) return std::nullopt;
    const TokenParts parts = strip_outer(difference->word.text());
    return ReaderRepair{
        line, word, std::string(parts.lead) + to_utf8(difference->after) + std::string(parts.trail),
        proof.source + "+emend", proof.scores};
  }

  [[nodiscard]] std::optional<Difference> difference_of(const Word& word) const {
    if (word.light == Light::green) return std::nullopt;  // guard: two looks agree
    const Reading* own = other_reading_by(Reader::emend, word);
    if (own == nullptr || own->characters.empty()) return std::nullopt;
    const std::u32string before = core_characters(word.text());
    const std::u32string after = in_size_of(before, core_characters(own->text));
    if (own->confidence < kSureWithLooks) return std::nullopt;  // no use to go on
    if (!is_reader_repair(to_utf8(before), to_utf8(after), amounts_.decimal_sign())) {
      return std::nullopt;
    }
    const bool stands = pictures_for(word, before, after).any();
    if (stands) return std::nullopt;  // guard: nobody else reads what stands
    return Difference{word,
                      *own,
                      before,
                      after,
                      number_form(to_utf8(before)),
                      number_form(to_utf8(after)),
                      backing_of(word, before, after)};
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
      if (!is_read_as(core_characters(reading.text), core)) continue;
      pictures.looks += reading.reader == Reader::look ? 1 : 0;
      pictures.crops += reading.reader == Reader::crop ? 1 : 0;
    }
    return pictures;
  }

  // The same, where crops count that do not contradict each other: one that reads as it stands and
  // one that reads the other number say nothing together.
  [[nodiscard]] static Pictures pictures_for(const Word& word, const std::u32string& core,
                                             const std::u32string& rival) {
    Pictures pictures = pictures_that_read(word, core);
    if (pictures_that_read(word, rival).crops > 0) pictures.crops = 0;
    return pictures;
  }

  [[nodiscard]] static Backing backing_of(const Word& word, const std::u32string& before,
                                          const std::u32string& after) {
    const Pictures pictures = pictures_for(word, after, before);
    if (!pictures.any() || before.size() != after.size()) return Backing::none;
    const bool are_two = pictures.crops > 0 && pictures.looks + pictures.crops > 1;
    return are_two ? Backing::looks : Backing::look;
  }

  [[nodiscard]] static IndependentReading weighed(const Difference& difference, Backing backing) {
    return weigh_reading(difference.word, difference.own, to_utf8(difference.after), backing);
  }

  [[nodiscard]] Proof proof_of(const Difference& difference, std::size_t line,
                               std::size_t word) const {
    Proof proof{{}, weighed(difference, difference.backing)};
    proof.source = who_bears_out(difference, proof.scores, line, word);
    return proof.source.empty() ? proof_of_page(difference) : proof;
  }

  // As sure as the reader must be.
  [[nodiscard]] static double least_sure(Backing backing, bool is_listed) {
    if (backing == Backing::looks) return kSureWithLooks;
    return backing == Backing::look && is_listed ? kSureWithLook : kSureReader;
  }

  [[nodiscard]] std::string who_bears_out(const Difference& difference,
                                          const IndependentReading& scores, std::size_t line,
                                          std::size_t word) const {
    if (difference.own.confidence < least_sure(difference.backing, scores.is_listed))
      return {};                        // guard: sure and steady
    if (!scores.suffices()) return {};  // guard: enough evidence of the reader
    if (std::string looks = looks_that_read(difference); !looks.empty()) return looks;
    if (difference.word.confidence() >= kSureRecogniser) return {};  // guard: a sure recogniser
    if (is_listed(difference, scores)) return "alternatives";
    if (amounts_.has_number_before(line, word, difference.word.box.height)) return {};
    if (has_only_form(difference)) return "form";
    if (is_of_column(difference)) return "column";
    return {};
  }

  // The same number stands elsewhere on the page, surely read, and what stands here does not.
  [[nodiscard]] Proof proof_of_page(const Difference& difference) const {
    if (difference.own.confidence < kSureOfPage) return {};          // guard: P hardly sure
    if (difference.word.confidence() >= kSureRecogniser) return {};  // guard: P surely read
    if (!is_long_enough(difference)) return {};                      // guard: P too short
    if (!keeps_its_letters(difference)) return {};                   // guard: P letters of a code
    if (!numbers_.is_surely_read(difference.after)) return {};       // guard: P nowhere else
    if (numbers_.recurs(difference.before)) return {};               // guard: P what stands recurs
    Proof proof{"page", weighed(difference, Backing::page)};
    if (!proof.scores.suffices()) return {};  // guard: P enough evidence
    return proof;
  }

  // Few rates stand on one page.
  [[nodiscard]] static bool is_long_enough(const Difference& difference) {
    const bool is_rate = difference.form_after == NumberForm::percent && difference.is_as_long();
    return is_rate || only(difference.after, is_digit).size() >= kFewestOfPage;
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
    const std::u32string letters = letters_of(difference.before);
    const bool has_form = difference.form_after != NumberForm::none;
    const bool is_code = difference.is_as_long() || letters == letters_of(difference.after);
    const bool are_digits = is_all_digits(difference.before) && is_all_digits(difference.after);
    if (!has_form && !are_digits && (letters.empty() || !is_code))
      return {};  // guard: no letter of a code
    const Pictures pictures = pictures_for(difference.word, difference.after, difference.before);
    std::string names = pictures.looks > 0 ? std::string(name(Reader::look)) : "";
    // A box that cuts a word cuts it for emend's reader and for a look at the word alone.
    if (pictures.crops > 0 && difference.is_as_long()) {
      names += (names.empty() ? "" : "+") + std::string(name(Reader::crop));
    }
    return names;
  }

  [[nodiscard]] bool is_listed(const Difference& difference,
                               const IndependentReading& scores) const {
    return scores.is_listed && only_digits_come_in(difference.before, difference.after) &&
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
           has_guarded_form(difference);
  }

  [[nodiscard]] bool is_of_column(const Difference& difference) const {
    return is_own_amount(difference.after) && !is_own_amount(difference.before) &&
           amounts_.are_in_column(difference.word.box, digits_in(to_utf8(difference.after)));
  }

  const Page& page_;
  PageAmounts amounts_;
  PageNumbers numbers_;
};

}  // namespace

bool is_reader_repair(std::string_view before, std::string_view after, char decimal_sign) {
  const std::u32string old_text = to_code_points(before);
  const std::u32string new_text = to_code_points(after);
  if (!has_numeral(before) || !has_numeral(after)) return false;  // guard: number stays number
  if (only(old_text, is_currency) != only(new_text, is_currency)) return false;  // guard: currency
  if (is_degree_sign_a_digit(old_text, new_text)) return false;                  // guard: degrees
  if (changes_between(old_text, new_text) > kMostChanges)
    return false;  // guard: hardly another number
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
  const std::size_t at = new_text.size() - std::min<std::size_t>(new_text.size(), 3);
  const bool stays = old_text.size() == new_text.size() && old_text[at] == new_text[at];
  if (sign != 0 && sign != expected && !(decimal_sign == 0 && stays))
    return false;  // guard: form of the page
  return true;
}

std::vector<ReaderRepair> find_reader_repairs(const Page& page) {
  return ReaderRepairs(page).find();
}

}  // namespace emend
