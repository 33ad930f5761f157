// SPDX-License-Identifier: Apache-2.0
// Words and language that the user brings along.
#include "correct/own_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <span>

#include "correct/corrector.h"
#include "correct/distance.h"
#include "correct/domain_model.h"
#include "correct/known_words.h"
#include "correct/ngram_model.h"
#include "correct/suspect.h"
#include "correct_fakes.h"
#include "process/locations.h"

namespace emend {
namespace {

OwnWords of_list(const std::string& list) {
  const auto words = words_of_list(list);
  EXPECT_TRUE(words) << (words ? "" : words.error().message);
  return OwnWords(words.value_or(std::vector<OwnWord>{}));
}

OwnWords of_text(const std::string& text) {
  const auto words = words_of_text(text);
  EXPECT_TRUE(words) << (words ? "" : words.error().message);
  return OwnWords(words.value_or(std::vector<OwnWord>{}));
}

TEST(OwnWords, KnowTheFormsOfAWord) {
  const OwnWords own = of_list(
      "# names\nlemak\t17\r\nGmbH\nKnoblauchso\xC3\x9F"
      "e\n\n 12 \n");
  for (const char* word : {"lemak", "Lemak", "LEMAK", "GmbH", "GMBH",
                           "Knoblauchso\xC3\x9F"
                           "e"}) {
    EXPECT_TRUE(own.is_listed(word)) << word;
  }
  for (const char* word : {"leMak", "GMbh", "names", "17", "12", ""}) {
    EXPECT_FALSE(own.contains(word)) << word;
  }
}

TEST(OwnWords, OfALineAreAllItsWords) {
  const OwnWords own = of_list("Nasi Lemak, (Klang)\nJean-Pierre O'Brien\n");
  for (const char* word : {"nasi", "Lemak", "KLANG", "Jean-Pierre", "O'Brien"}) {
    EXPECT_TRUE(own.is_listed(word)) << word;
  }
}

// Whatever a list holds: no number comes of it.
TEST(OwnWords, AreNeverNumbersSignsOrLinks) {
  const OwnWords own = of_list(
      "1O0\n$100.00\n\xE2\x82\xAC"
      "5\n19%\nme@x.de\nwww.a.de\nB0X\nm\xC2\xB2\nx\n");
  for (const char* word :
       {"1O0", "1o0", "$100.00", "100.00", "B0X", "19%", "me@x.de", "www.a.de"}) {
    EXPECT_FALSE(own.contains(word)) << word;
  }
  EXPECT_TRUE(own.contains("x"));
  EXPECT_TRUE(own.similar("B0X", 2, 100).size() <= 1) << "only x is there to be found";
}

TEST(OwnWords, OfATextAreThoseThatComeTwice) {
  const OwnWords own =
      of_text("NASI GORENG 4.50\nTeh, NASI: (lemak) nasi@shop.com 4.50 goreng\nGmbH GmbH\n");
  for (const char* word : {"Nasi", "GORENG", "GmbH"}) EXPECT_TRUE(own.contains(word)) << word;
  for (const char* word : {"Teh", "lemak", "4.50"}) EXPECT_FALSE(own.contains(word)) << word;
  EXPECT_FALSE(own.is_listed("nasi")) << "what a text has is known, and may be misread";
  EXPECT_GT(own.log_frequency("nasi"), own.log_frequency("gmbh") - 1e-9);
}

TEST(OwnWords, OfALongListAreEachRare) {
  std::string list;
  std::string word = "aaa";
  for (int i = 0; i < 2000; ++i) {
    for (char& letter : word) {
      if (++letter <= 'z') break;
      letter = 'a';
    }
    list += word + '\n';
  }
  const double of_many = of_list(list).log_frequency("baa");
  const double of_one = of_list("baa\n").log_frequency("baa");
  EXPECT_GT(of_one, of_many + 2);
  EXPECT_LE(of_one, -6);
  EXPECT_GE(of_many, -12);
}

TEST(OwnWords, AreRefusedWhenTheyCannotBeTaken) {
  EXPECT_EQ(words_of_list("a\n\xFF\n").error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(words_of_text("a \xFF").error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(words_of_list("# none\n12\n$5\n").error().code, ErrorCode::unreadable_input);
  EXPECT_TRUE(words_of_text("12 $5").value().empty());
  std::string many;
  for (std::size_t i = 0; i <= kMostOwnWords; ++i) many += "w\n";
  EXPECT_EQ(words_of_list(many).error().code, ErrorCode::limit_exceeded);
}

TEST(OwnWords, FindAllThatAreSimilar) {
  std::mt19937 random(3);
  std::string list;
  std::vector<std::u32string> words;
  for (int i = 0; i < 400; ++i) {
    std::u32string word;
    for (std::size_t n = 3 + random() % 6; n > 0; --n) word += U"abcd\u00E9"[random() % 5];
    words.push_back(word);
    list += to_utf8(word) + '\n';
  }
  const OwnWords own = of_list(list);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::size_t count = 0;
  for (const std::u32string& wanted : {std::u32string(U"abcd"), words[7], words[70]}) {
    for (const std::size_t distance : {1, 2}) {
      std::vector<std::u32string> expected;
      for (const std::u32string& word : words) {
        if (word == wanted) continue;
        if (edit_distance(wanted, word, distance) <= distance) expected.push_back(word);
      }
      auto found = own.similar(to_utf8(wanted), distance, 1000);
      std::sort(found.begin(), found.end());
      EXPECT_EQ(found, expected);
      count += expected.size();
      EXPECT_LE(own.similar(to_utf8(wanted), distance, 3).size(), 3U);
    }
  }
  EXPECT_GT(count, 10U);
}

TEST(KnownWords, TakeTheUsersWordsForWordsOfTheLanguageButNotForNumbers) {
  const OwnWords own = of_list("bakkwa\n");
  const Vocabulary document;
  const KnownWords without(english(), document);
  const KnownWords with(english(), document, &own);
  EXPECT_FALSE(without.contains("bakkwa"));
  EXPECT_TRUE(with.contains("bakkwa"));
  EXPECT_TRUE(with.is_language("Bakkwa"));
  EXPECT_TRUE(with.is_protected("Bakkwa"));
  EXPECT_FALSE(with.is_protected("invoice"));
  EXPECT_FALSE(with.is_of_lexicon("bakkwa"));
  EXPECT_FALSE(with.is_of_document("bakkwa"));
  EXPECT_GT(with.log_probability("bakkwa"), without.log_probability("bakkwa"));
  EXPECT_EQ(with.log_probability("invoice"), without.log_probability("invoice"));
}

class Domain : public testing::Test {
 protected:
  Domain() {
    auto file = find_data("models/embedded.ngram");
    EXPECT_TRUE(file);
    if (file) base_ = std::move(*NgramModel::open(*file));
  }

  static double gain(LanguageModel& model, const std::string& of, const std::string& over) {
    const ScoreRequest request{"TOTAL ", {of, over}, "\n", {}};
    const auto scores = model.score(std::span(&request, 1));
    return scores->front()[0] - scores->front()[1];
  }

  std::unique_ptr<NgramModel> base_;
};

TEST_F(Domain, PrefersWhatItsTextHas) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "TOTAL BAKKWA 12.00\n";
  DomainModel model(*base_, text);
  EXPECT_GT(gain(model, "BAKKWA", "BAKHWA"), gain(*base_, "BAKKWA", "BAKHWA") + 3);
}

TEST_F(Domain, IsTheEmbeddedModelWhereItsTextKnowsNothing) {
  DomainModel model(*base_, "qqqq zzzz 11\n");
  DomainModel empty(*base_, "");
  for (DomainModel* one : {&model, &empty}) {
    EXPECT_NEAR(gain(*one, "invoice", "invoicc"), gain(*base_, "invoice", "invoicc"), 1e-6);
  }
}

TEST_F(Domain, TakesNothingFromAGoodWordThatItHas) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "TOTAL of the invoice 12.00\n";
  DomainModel model(*base_, text);
  EXPECT_GT(gain(model, "invoice", "invoicc"), gain(*base_, "invoice", "invoicc") - 0.5);
}

TEST_F(Domain, IsAProbabilityOverBytes) {
  DomainModel model(*base_, "one two three two one\ntwo one\n");
  for (const std::string before : {"", "tw", "one t", "xyz"}) {
    ScoreRequest request{before, {}, "", {}};
    for (int byte = 0; byte < 256; ++byte) {
      request.candidates.emplace_back(1, static_cast<char>(byte));
    }
    const auto scores = model.score(std::span(&request, 1));
    double sum = 0;
    for (const double score : scores->front()) sum += std::exp(score);
    EXPECT_NEAR(sum, 1, 0.02) << before;
  }
}

// Witten and Bell's estimate by hand: X follows "abc" 2 of 3 times and 2 different bytes do.
TEST_F(Domain, CountsWhatFollows) {
  DomainModel model(*base_, "abcX abcX abcY");
  DomainModel other(*base_, "abcX abcY abcY");
  const ScoreRequest request{"abc", {"X", "Y"}, "", {}};
  const auto one = model.score(std::span(&request, 1))->front();
  const auto two = other.score(std::span(&request, 1))->front();
  const double usual = std::exp(base_->score(std::span(&request, 1))->front()[0]);
  EXPECT_NEAR(std::exp(one[0]), (2 + 2 * usual) / (3 + 2), 1e-6);
  EXPECT_GT(one[0], two[0]);
  EXPECT_LT(one[1], two[1]);
}

Corrector corrector_of(const CorrectionSources& sources) {
  auto made = Corrector::create({}, sources);
  EXPECT_TRUE(made);
  return std::move(*made);
}

// The whole way: a name that nobody knows is left alone, or repaired when the user knows it.
TEST_F(Domain, AMisreadNameBecomesTheUsersWord) {
  const OwnWords own = of_list("bakkwa\n");
  CorrectionSources sources{&english(), base_.get()};
  const Page page =
      make_page({make_line({make_word("the", 0.96), make_word("Bakkvva", 0.4, {{4, {{"w", 0.5}}}}),
                            make_word("was", 0.96), make_word("sold", 0.96)})});
  EXPECT_EQ(text(corrector_of(sources).correct(page)), text(page));
  sources.own = &own;
  const Page done = corrector_of(sources).correct(page);
  EXPECT_EQ(text(done.lines[0]), "the Bakkwa was sold");
  EXPECT_EQ(text(as_recognised(done)), text(page));
}

TEST_F(Domain, AWordOfTheUsersListIsNotCorrected) {
  const OwnWords own = of_list("invoicc\n");
  CorrectionSources sources{&english(), base_.get()};
  const Page page = make_page(
      {make_line({make_word("Invoicc", 0.3, {{6, {{"e", 0.1}}}}), make_word("number", 0.96)})});
  EXPECT_EQ(text(corrector_of(sources).correct(page).lines[0]), "Invoice number");
  sources.own = &own;
  EXPECT_EQ(text(corrector_of(sources).correct(page).lines[0]), "Invoicc number");
}

TEST_F(Domain, TextOfTheDomainDecidesBetweenWords) {
  const Listed both = {{0, {{"h", 1}, {"w", 1}}}};
  const Page page = make_page({make_line({make_word("Mr", 0.96), make_word("xall", 0.4, both)})});
  CorrectionSources sources{&english(), base_.get()};
  for (const std::string word : {"hall", "wall"}) {
    std::string text_of_domain;
    for (int i = 0; i < 40; ++i) text_of_domain += "Mr " + word + "\n";
    const OwnWords own = of_text(text_of_domain);
    DomainModel model(*base_, text_of_domain);
    sources.own = &own;
    sources.domain = &model;
    EXPECT_EQ(text(corrector_of(sources).correct(page).lines[0]), "Mr " + word);
  }
}

// A code that looks like a word of the user's, with all that speaks for it, stays a code.
TEST_F(Domain, NoTokenWithADigitChangesForAListOrAText) {
  const std::string forms = "AIB SOS lOO SII LOTSA BAKKWA RMO TOTOL\n";
  const OwnWords own = of_list(forms + "1O0 $100.00 A1B 8AKKWA RM100\n");
  std::string domain;
  for (int i = 0; i < 50; ++i) domain += forms;
  DomainModel model(*base_, domain);
  CorrectionSources sources{&english(), base_.get()};
  const Page page =
      make_page({make_line({make_word("A1B", 0.3, {{1, {{"I", 0.1}}}}),
                            make_word("S0S", 0.3, {{1, {{"O", 0.1}}}}), make_word("l00", 0.3),
                            make_word("8AKKWA", 0.3, {{0, {{"B", 0.1}}}})}),
                 make_line({make_word("T0TOL", 0.3, {{1, {{"O", 0.1}}}}), make_word("$100.00", 0.3),
                            make_word("1O0", 0.3), make_word("RMO.50", 0.3)})});
  const std::string without = text(corrector_of(sources).correct(page));
  sources.own = &own;
  sources.domain = &model;
  EXPECT_EQ(text(corrector_of(sources).correct(page)), without);
  EXPECT_NE(without.find("A1B S0S l00 8AKKWA\nT0TOL"), std::string::npos) << without;
}

}  // namespace
}  // namespace emend
