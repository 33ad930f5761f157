// SPDX-License-Identifier: Apache-2.0
// What emend's own reader of numbers is worth as evidence. It shares nothing with the recogniser,
// so the two hardly ever err alike, as two looks of one recogniser do.
//
// Both say how much less likely each other digit is, place by place, in nats. What the reader gives
// for the digits that stand, less a share of what the recogniser gives for the other ones, is how
// much speaks for the change.
#pragma once

#include <cstdint>
#include <string_view>

#include "emend/document.h"

namespace emend {

struct IndependentReading {
  double reader_gain = 0;      // nats by which emend's reader prefers the other digits
  double recogniser_cost = 0;  // nats by which the recogniser prefers those that stand
  double needed = 0;           // what reader_gain less its share of recogniser_cost had to reach
  double digit_gain = 12;      // the least of reader_gain's nats for a digit that stands
  double digit_gain_needed = 0;
  bool is_listed = false;  // the recogniser held the other digits possible in their places
  bool is_borne_out = false;

  [[nodiscard]] bool suffices() const;
};

// No reading that changes when the crop is stretched comes to more than 0.80 (read_numbers.cpp).
constexpr double kSureReader = 0.8;

// Enough for the sign before the decimals, which commas without tails make look like another: on
// made-up pages it was read wrongly up to 0.83.
constexpr double kSureOfSign = 0.85;

// The share of the recogniser's nats that is held against emend's reader's.
constexpr double kShareOfRecogniser = 0.5;

// Who else is for what emend's reader reads.
enum class Backing : std::uint8_t {
  none,   // nobody, or only who held it possible
  look,   // one more picture of the word that the recogniser reads so
  page,   // the same number stands elsewhere on the page, surely read
  looks,  // two more, one of them of the word alone, and no reading is for what stands
  check,  // a check that failed passes with it
};

// What `own`, a reading of emend's reader, says for `core` in place of what stands. Of as many
// characters those that differ count. Of more or fewer no place is that of another: then the reader
// gives what it has at its least sure place, and the recogniser nothing.
[[nodiscard]] IndependentReading weigh_reading(const Word& word, const Reading& own,
                                               std::string_view core, Backing backing);

// How far readers that share nothing bear `core` out as what is printed where `word` stands. They
// do where emend's reader reads it, the recogniser has it too, as another reading or among its
// alternatives, and the evidence of both together suffices; or where a check that failed passes
// with it (`turns_a_check`) and a little less evidence suffices. `core` is without outer
// punctuation, as long as the word's own and differs from it in digits only.
[[nodiscard]] IndependentReading weigh_independently(const Word& word, std::string_view core,
                                                     bool turns_a_check);

}  // namespace emend
