// SPDX-License-Identifier: Apache-2.0
// The text of a word that is gone at the end of the line.
#include <string>

#include "emend/document.h"

emend::Word first_word(const emend::Line& line) {
  return line.words.front();
}

std::size_t length(const emend::Line& line) {
#ifdef MISUSE
  const std::string& text = first_word(line).text();
#else
  const emend::Word word = first_word(line);
  const std::string& text = word.text();
#endif
  return text.size();
}
