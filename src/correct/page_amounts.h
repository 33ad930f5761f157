// SPDX-License-Identifier: Apache-2.0
// The amounts of a page: how it writes their decimals, and in which columns they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"

namespace emend {

[[nodiscard]] std::string digits_in(std::string_view text);

// The sign before the last two digits of an amount that ends with them; 0 when it is none. `core`
// is without outer punctuation.
[[nodiscard]] char decimal_sign_of(std::string_view core);

class PageAmounts {
 public:
  // `page` must outlive it. Words without boxes do not count.
  explicit PageAmounts(const Page& page);

  // The one way in which the page writes decimals; 0 when there are fewer than three amounts, or
  // two ways, or an amount with the same sign before its decimals as between its thousands, or
  // emend's reader read the page and hardly sees that sign. Where the recogniser reads too few in
  // either way, three that the reader surely reads in one way, and none in the other, decide.
  [[nodiscard]] char decimal_sign() const { return sign_; }

  // Whether an amount that was read with the other sign may get the page's: emend's reader read the
  // page too, or hardly any has the other sign.
  [[nodiscard]] bool may_replace_signs() const;

  // The same amount, if `digits` has any, stands elsewhere with the page's sign, or at least two
  // others end where `box` ends, most of them with that sign.
  [[nodiscard]] bool are_in_column(const Box& box, const std::string& digits) const;

  // A number close by, to the left, within `gap` pixels: both may be one, with its thousands parted
  // by a space.
  [[nodiscard]] bool has_number_before(std::size_t line, std::size_t word, int gap) const;

 private:
  struct Amount {
    Box box;
    char sign = 0;
    std::string digits;
    bool is_cut = false;   // its decimals are a word of their own
    bool is_sure = false;  // emend's reader surely reads the same sign
  };

  [[nodiscard]] bool is_borne_out(char sign) const;
  [[nodiscard]] char sign_of_reader() const;
  void add(const Word& word, char sign, std::string digits, bool is_cut);
  [[nodiscard]] char sign_of_page() const;

  const Page& page_;
  std::vector<Amount> amounts_;
  std::size_t points_read_ = 0;  // amounts that emend's reader surely reads with a point
  std::size_t commas_read_ = 0;
  bool has_one_sign_for_both_ = false;
  bool was_read_twice_ = false;  // emend's reader read numbers of the page
  char sign_ = 0;
};

}  // namespace emend
