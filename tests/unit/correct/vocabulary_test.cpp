// SPDX-License-Identifier: Apache-2.0
#include "correct/vocabulary.h"

#include <gtest/gtest.h>

#include "correct/distance.h"
#include "correct/known_words.h"
#include "correct_fakes.h"

namespace emend {
namespace {

TEST(EditDistance, CountsUpToItsLimit) {
  EXPECT_EQ(edit_distance(U"kitten", U"sitting", 5), 3U);
  EXPECT_EQ(edit_distance(U"kitten", U"sitting", 2), 3U);
  EXPECT_EQ(edit_distance(U"", U"abc", 9), 3U);
  EXPECT_EQ(edit_distance(U"abc", U"abc", 0), 0U);
  EXPECT_EQ(edit_distance(U"abc", U"abcdefgh", 2), 3U);
}

TEST(Vocabulary, FindsSimilarWordsInOrderOfArrival) {
  Vocabulary words;
  for (const char* word : {"Makassar", "Ramassar", "Other", "Makassar"}) words.add(word);
  EXPECT_EQ(words.size(), 3U);
  EXPECT_TRUE(words.contains("Other"));
  EXPECT_FALSE(words.contains("other"));
  EXPECT_EQ(words.similar("Hakassar", 1), std::vector<std::string>{"Makassar"});
  EXPECT_EQ(words.similar("Hakassar", 2), (std::vector<std::string>{"Makassar", "Ramassar"}));
  EXPECT_EQ(words.similar("Makassar", 1), std::vector<std::string>{});
  words.clear();
  EXPECT_FALSE(words.contains("Other"));
}

TEST(Vocabulary, StaysBoundedAndKeepsTheLaterWords) {
  Vocabulary words;
  for (int i = 0; i < 100'000; ++i) words.add("w" + std::to_string(i));
  EXPECT_LE(words.size(), Vocabulary::kCapacity);
  EXPECT_GE(words.size(), Vocabulary::kCapacity / 2);
  EXPECT_TRUE(words.contains("w99999"));
  EXPECT_FALSE(words.contains("w0"));
}

TEST(KnownWords, AreOfTheLanguageOrTheDocument) {
  Vocabulary document;
  document.add("Rimbuxan");
  const KnownWords known(english(), document);
  EXPECT_TRUE(known.contains("invoice"));
  EXPECT_TRUE(known.contains("Rimbuxan"));
  EXPECT_TRUE(known.contains("invoice Rimbuxan"));
  EXPECT_FALSE(known.is_language("Rimbuxan"));
  EXPECT_FALSE(known.contains("invoice xqzt"));
  for (const char* text : {"", " ", "invoice ", " invoice", "invoice  total"}) {
    EXPECT_FALSE(known.contains(text)) << text;
  }
}

}  // namespace
}  // namespace emend
