// SPDX-License-Identifier: Apache-2.0
// The numbers of a page, read a second time from its own pixels by a reader that is not Tesseract,
// and where it is asked for all other words too.
//
// What it reads stands beside the word as evidence (Word::other_readings), also where it agrees. It
// never replaces anything; src/correct decides what it is worth.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "page_worker/number_reader/number_reader.h"

namespace emend {

// Whether a word is read again: it has a digit or a currency sign, is an @ by itself, or is made of
// letters that digits are mistaken for and of what stands between digits, such as `l2.SO` or
// `O.OO`.
[[nodiscard]] bool looks_like_number(std::string_view text);

// One word of a page. Where the recogniser is rather sure and the reader agrees, the crop counts as
// steady without being stretched.
[[nodiscard]] std::optional<CropReading> read_word(NumberReader& reader, Pix* page,
                                                   const Word& word);

// What the reader says of a word that stands as `standing`: its text without spaces, and with the
// letters of `standing` where the reader sees a sign that it does not know and Tesseract one that
// the reader cannot know. Nothing when a sign stays unknown or nothing is left.
[[nodiscard]] std::optional<Reading> as_evidence(const NumberReader& reader,
                                                 const CropReading& found,
                                                 std::string_view standing);

// Both are the same number, as far as the reader can tell signs apart: outer punctuation does not
// count, one dash or apostrophe is like another, and x, o, s and z are the same in both cases.
[[nodiscard]] bool reads_the_same(std::string_view standing, std::string_view independent);

// Reads the numbers of `lines` in reading order, from `page`, on whose
// pixels the boxes are. Noise and links are left alone.
void read_numbers(NumberReader& reader, Pix* page, std::vector<Line>& lines);

// The same with every other word, up to 2000 of a page: a number that Tesseract takes for letters
// (`IO` for 10), and capitals. The reader knows few letters, so its reading stands beside the word
// only where it knew all signs. No number is read otherwise for it.
void read_other_words(NumberReader& reader, Pix* page, std::vector<Line>& lines);

// Lights of the numbers of a page that read_numbers() was given, over those that the looks of the
// recogniser gave. Green is a number on which both readers agree, its sign included, and where
// either both are sure and it is a whole, or two looks at the page agree too: three witnesses. What
// the reader says nothing of, or reads otherwise, is not green, however often the recogniser looked.
// Red is one where the reader is sure of something else.
void give_independent_lights(std::vector<Line>& lines);

}  // namespace emend
