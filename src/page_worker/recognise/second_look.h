// SPDX-License-Identifier: Apache-2.0
// What another look at the same page adds to the first.
//
// Words are matched by where they stand. Words that only the further look found are added, poor
// ones give way to clearly surer ones, and poor ones of which it sees nothing can be set aside in
// lines of noise. A number stays as the first look read it, whatever the other says: two looks of
// one engine that vote break more numbers than they repair. The other reading is kept beside it and
// decides its light.
#pragma once

#include <vector>

#include "emend/document.h"

namespace emend {

struct LookRules {
  bool adds = true;               // words where the first look has none
  bool replaces = true;           // poor words by clearly surer ones
  bool is_one_block = false;      // what stands at one height is one line, however far apart
  bool sets_aside = false;        // words that nothing speaks for, never a number
  double least_confidence = 0.5;  // of a word that is added
};

// Lines and words of `first` stay in their order, and what is added stands where it is printed;
// what is set aside stands in a line of noise after its own. Both are in pixels of the same page.
[[nodiscard]] std::vector<Line> with_second_look(std::vector<Line> first,
                                                 const std::vector<Line>& second,
                                                 const LookRules& rules);

// The boxes of the words of all lines that another look could only read alike: surely read, without
// numbers, whose lights it gives, and touched by no word of another line. To read them again is a
// tenth of that look.
[[nodiscard]] std::vector<Box> settled_words(const std::vector<Line>& lines);

}  // namespace emend
