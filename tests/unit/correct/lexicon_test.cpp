// SPDX-License-Identifier: Apache-2.0
#include "correct/lexicon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "core/digest.h"
#include "correct/word_list.h"
#include "process/locations.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

Lexicon lexicon(const std::vector<std::string>& languages) {
  auto opened = Lexicon::open(languages);
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
  return std::move(*opened);
}

bool has(const std::vector<Neighbour>& found, const std::string& word) {
  return std::any_of(found.begin(), found.end(), [&](const auto& n) { return n.word == word; });
}

TEST(Lexicon, KnowsTheLanguagesThatItHasListsOf) {
  const auto some = lexicon({"eng", "osd", "jpn", "eng"});
  EXPECT_TRUE(some.knows("eng"));
  EXPECT_FALSE(some.knows("jpn"));
  EXPECT_TRUE(some.knows_any());
  EXPECT_FALSE(lexicon({"jpn"}).knows_any());
  EXPECT_FALSE(lexicon({"jpn"}).contains("the"));
  EXPECT_TRUE(lexicon({"jpn"}).neighbours("teh", 1, 5).empty());
}

TEST(Lexicon, ContainsWordsInTheirCases) {
  const auto english = lexicon({"eng"});
  for (const char* word : {"invoice", "Invoice", "INVOICE", "I", "a", "quantity"}) {
    EXPECT_TRUE(english.contains(word)) << word;
  }
  for (const char* word : {"lnvoice", "invOice", "INVOlCE", "quantlty", "q", "xyzzyq", ""}) {
    EXPECT_FALSE(english.contains(word)) << word;
  }
}

TEST(Lexicon, ContainsNoNumbersAndSigns) {
  const auto english = lexicon({"eng"});
  for (const char* word : {"12", "a1", "-", "'", "'s", "--", "$", "the5", "the-5"}) {
    EXPECT_FALSE(english.contains(word)) << word;
  }
}

TEST(Lexicon, ContainsWordsMadeOfParts) {
  const auto english = lexicon({"eng"});
  for (const char* word : {"customer's", "customers'", "bank\u2019s", "BANK'S", "don't",
                           "well-known", "Payment-Terms", "state-of-the-art"}) {
    EXPECT_TRUE(english.contains(word)) << word;
  }
  for (const char* word : {"custorner's", "well-knovvn", "well-", "-known"}) {
    EXPECT_FALSE(english.contains(word)) << word;
  }
}

TEST(Lexicon, ContainsGermanCompoundsAndFrenchElisions) {
  const auto german = lexicon({"deu"});
  for (const char* word : {"Rechnung", "Rechnungseingang", "Kundennummer", "Straße", "RECHNUNG"}) {
    EXPECT_TRUE(german.contains(word)) << word;
  }
  EXPECT_FALSE(german.contains("Rechnurig"));
  const auto french = lexicon({"fra"});
  for (const char* word : {"l'adresse", "L'adresse", "d'un", "société", "Société"}) {
    EXPECT_TRUE(french.contains(word)) << word;
  }
  EXPECT_FALSE(french.contains("sociéte"));
}

TEST(Lexicon, SeveralLanguagesTogether) {
  const auto both = lexicon({"eng", "deu"});
  EXPECT_TRUE(both.contains("invoice"));
  EXPECT_TRUE(both.contains("Rechnung"));
  EXPECT_FALSE(lexicon({"eng"}).contains("Rechnung"));
}

TEST(Lexicon, CommonWordsAreMoreFrequent) {
  const auto english = lexicon({"eng"});
  EXPECT_GT(english.log_frequency("the"), english.log_frequency("invoice"));
  EXPECT_GT(english.log_frequency("invoice"), english.log_frequency("molehills"));
  EXPECT_EQ(english.log_frequency("lnvoice"), Lexicon::kUnknownLogFrequency);
  EXPECT_GT(english.log_frequency("molehills"), Lexicon::kUnknownLogFrequency);
  EXPECT_EQ(english.log_frequency("THE"), english.log_frequency("the"));
}

TEST(Lexicon, FindsNeighboursOfEveryKindOfEdit) {
  const auto english = lexicon({"eng"});
  EXPECT_TRUE(has(english.neighbours("invoic", 1, 8), "invoice"));    // left out
  EXPECT_TRUE(has(english.neighbours("invoicce", 1, 8), "invoice"));  // put in
  EXPECT_TRUE(has(english.neighbours("invoize", 1, 8), "invoice"));   // changed
  EXPECT_TRUE(has(english.neighbours("inovice", 1, 8), "invoice"));   // swapped
  EXPECT_FALSE(has(english.neighbours("invoiee", 1, 8), "invoices"));
  EXPECT_TRUE(has(english.neighbours("custorner", 2, 8), "customer"));
  EXPECT_FALSE(has(english.neighbours("custorner", 1, 8), "customer"));
}

TEST(Lexicon, NeighboursComeNearestAndCommonestFirst) {
  const auto found = lexicon({"eng"}).neighbours("tbe", 2, 20);
  ASSERT_EQ(found.size(), 20U);
  EXPECT_EQ(found.front().word, "the");
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.distance, -a.log_frequency) < std::pair(b.distance, -b.log_frequency);
  }));
}

TEST(Lexicon, NeighboursKeepTheCaseAndTheOtherParts) {
  const auto english = lexicon({"eng"});
  EXPECT_TRUE(has(english.neighbours("INVOICF", 1, 8), "INVOICE"));
  EXPECT_TRUE(has(english.neighbours("Invoicf", 1, 8), "Invoice"));
  EXPECT_TRUE(has(english.neighbours("lNVOICE", 1, 8), "INVOICE"));
  EXPECT_TRUE(has(english.neighbours("custoner's", 1, 8), "customer's"));
  EXPECT_TRUE(has(english.neighbours("well-knovn", 1, 8), "well-known"));
  EXPECT_TRUE(english.neighbours("vvell-knovn", 1, 8).empty());
  EXPECT_TRUE(has(lexicon({"fra"}).neighbours("sociéle", 2, 8), "société"));
}

TEST(Lexicon, NeighboursAreOtherWords) {
  const auto english = lexicon({"eng"});
  EXPECT_FALSE(has(english.neighbours("house", 2, 100), "house"));
  EXPECT_TRUE(english.neighbours("ab", 1, 10).empty());
  EXPECT_TRUE(english.neighbours(std::string(500, 'a'), 2, 10).empty());
  EXPECT_EQ(english.neighbours("hause", 2, 3).size(), 3U);
}

// Against the definition: every listed word within reach, found by trying every edit.
TEST(Lexicon, DistanceOneIsComplete) {
  const auto english = lexicon({"eng"});
  for (const std::string word : {"ordr", "recieve", "tota", "dute", "harnes"}) {
    const auto found = english.neighbours(word, 1, 1000);
    for (std::size_t i = 0; i <= word.size(); ++i) {
      for (char c = 'a'; c <= 'z'; ++c) {
        const auto put_in = word.substr(0, i) + c + word.substr(i);
        EXPECT_EQ(has(found, put_in), english.contains(put_in)) << put_in;
        if (i == word.size()) continue;
        const auto changed = word.substr(0, i) + c + word.substr(i + 1);
        EXPECT_EQ(has(found, changed), english.contains(changed) && changed != word) << changed;
      }
      if (i == word.size()) continue;
      const auto left_out = word.substr(0, i) + word.substr(i + 1);
      EXPECT_EQ(has(found, left_out), english.contains(left_out)) << left_out;
    }
  }
}

class WordListTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() / ("emend_lexicon_" + std::to_string(::getpid()));
    std::ifstream file(*find_data("models/fra.lexicon"), std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
  }
  void TearDown() override { fs::remove(path_); }

  Result<std::unique_ptr<WordList>> opened(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary) << bytes;
    return WordList::open(path_, "fra");
  }

  fs::path path_;
  std::string bytes_;
};

TEST_F(WordListTest, RefusesDamage) {
  ASSERT_TRUE(opened(bytes_));
  for (const std::size_t size : {0UL, 7UL, 63UL, 64UL, 1000UL, bytes_.size() - 1}) {
    EXPECT_EQ(opened(bytes_.substr(0, size)).error().code, ErrorCode::unreadable_input) << size;
  }
  for (std::size_t i = 0; i < bytes_.size(); i += 200'021) {
    auto broken = bytes_;
    broken[i] = static_cast<char>(broken[i] ^ 4);
    EXPECT_EQ(opened(broken).error().code, ErrorCode::unreadable_input) << i;
  }
}

TEST_F(WordListTest, SurvivesDamageBehindARightChecksum) {
  std::mt19937 random(5);
  for (int round = 0; round < 12; ++round) {
    auto broken = bytes_;
    for (int i = 0; i < 2000; ++i) {
      broken[64 + random() % (broken.size() - 64)] = static_cast<char>(random());
    }
    if (round % 2 == 0) broken[40 + random() % 24] = static_cast<char>(random());
    const auto digest = sha256(std::string_view(broken).substr(SealedFile::kHashedFrom));
    std::copy(digest.begin(), digest.end(), broken.begin() + SealedFile::kDigestOffset);
    const auto list = opened(broken);
    if (!list) continue;
    for (const auto* word : {U"société", U"l'eau", U"aaaaaaaaaaaaaaaaaaaaa", U""}) {
      (void)(*list)->log_frequency(word);
      (void)(*list)->matches(word, 2);
    }
  }
}

}  // namespace
}  // namespace emend
