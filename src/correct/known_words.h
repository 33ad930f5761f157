// SPDX-License-Identifier: Apache-2.0
// Which words are known: those of the language and those of this document.
#pragma once

#include <string_view>

#include "correct/lexicon.h"
#include "correct/vocabulary.h"

namespace emend {

// A view; borrows both.
class KnownWords {
 public:
  KnownWords(const Lexicon& lexicon, const Vocabulary& document)
      : lexicon_(&lexicon), document_(&document) {}

  // Words of the language or of the document. Of several words parted by a space each is known.
  [[nodiscard]] bool contains(std::string_view word) const;

  // One word that was read surely in the document, or a name of it with the ending of a plural or
  // possessive.
  [[nodiscard]] bool is_of_document(std::string_view word) const;

  // The same by the word list alone: what is thought of a word that the document has from itself.
  [[nodiscard]] double log_probability_in_language(std::string_view word) const;

  // Like contains, by the word list alone: what a document holds once may have been misread twice.
  [[nodiscard]] bool is_language(std::string_view word) const;

  // ln of the probability of the word, of the rarest of several words. An unknown word is spelled
  // letter by letter, so a long one is less likely; one of the document is likely to come again.
  [[nodiscard]] double log_probability(std::string_view word) const;

  [[nodiscard]] const Lexicon& lexicon() const { return *lexicon_; }
  [[nodiscard]] const Vocabulary& document() const { return *document_; }

 private:
  const Lexicon* lexicon_;
  const Vocabulary* document_;
};

}  // namespace emend
