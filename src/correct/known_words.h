// SPDX-License-Identifier: Apache-2.0
// Which words are known: those of the language, with those that the user brought along, and those
// of this document.
#pragma once

#include <string_view>

#include "correct/lexicon.h"
#include "correct/own_words.h"
#include "correct/vocabulary.h"

namespace emend {

// A view; borrows all. Without `own` the user brought no words.
class KnownWords {
 public:
  KnownWords(const Lexicon& lexicon, const Vocabulary& document, const OwnWords* own = nullptr)
      : lexicon_(&lexicon), document_(&document), own_(own) {}

  // Words of the language or of the document. Of several words parted by a space each is known.
  [[nodiscard]] bool contains(std::string_view word) const;

  // One word that was read surely in the document, or a name of it with the ending of a plural or
  // possessive.
  [[nodiscard]] bool is_of_document(std::string_view word) const;

  // The same without the document: what is thought of a word that the document has from itself.
  [[nodiscard]] double log_probability_in_language(std::string_view word) const;

  // Like contains, without the document: what a document holds once may have been misread twice.
  [[nodiscard]] bool is_language(std::string_view word) const;

  // Like is_language, without the user's words: they are no reason to change a number or a sign.
  [[nodiscard]] bool is_of_lexicon(std::string_view word) const;

  // The user says that it is right.
  [[nodiscard]] bool is_protected(std::string_view word) const {
    return own_ != nullptr && own_->is_listed(word);
  }

  // ln of the probability of the word, of the rarest of several words. An unknown word is spelled
  // letter by letter, so a long one is less likely; one of the document is likely to come again.
  [[nodiscard]] double log_probability(std::string_view word) const;

  [[nodiscard]] const Lexicon& lexicon() const { return *lexicon_; }
  [[nodiscard]] const Vocabulary& document() const { return *document_; }
  [[nodiscard]] const OwnWords* own() const { return own_; }  // null = none

 private:
  [[nodiscard]] bool is_own(std::string_view word) const {
    return own_ != nullptr && own_->contains(word);
  }

  const Lexicon* lexicon_;
  const Vocabulary* document_;
  const OwnWords* own_;
};

}  // namespace emend
