// SPDX-License-Identifier: Apache-2.0
#include "correct/propose.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "correct_fakes.h"

namespace emend {
namespace {

class Propose : public ::testing::Test {
 protected:
  std::vector<Candidate> candidates(const std::string& core, const Listed& listed = {},
                                    Doubt doubt = Doubt::unknown) {
    slots_ = slots_of(core, listed);
    Suspect suspect;
    suspect.core = core;
    suspect.doubt = doubt;
    suspect.seen = {to_code_points(core), slots_};
    return propose(suspect, known_, options_);
  }
  // What `core` may be instead, and on what that rests; "none" when it is not proposed.
  std::string support(const std::string& core, const std::string& word, const Listed& listed = {}) {
    for (const Candidate& candidate : candidates(core, listed)) {
      if (candidate.core == word) return std::string(name(candidate.support));
    }
    return "none";
  }

  ProposeOptions options_;
  std::vector<std::vector<Alternative>> slots_;
  Vocabulary document_;
  KnownWords known_{english(), document_};
};

TEST_F(Propose, TakesWhatTheRecogniserLists) {
  EXPECT_EQ(support("Totol", "Total", {{3, {{"a", 0.5}}}}), "alternatives");
  EXPECT_EQ(support("TNOUSTRIAL", "INDUSTRIAL", {{0, {{"I", 1}}}, {2, {{"D", 2}}}}),
            "alternatives");
}

TEST_F(Propose, FoldsLookAlikes) {
  EXPECT_EQ(support("lnvoice", "Invoice"), "look_alike");
  EXPECT_EQ(support("rnodern", "modern"), "look_alike");
  EXPECT_EQ(support("cornpany", "company"), "look_alike");
  EXPECT_EQ(support("vvindovv", "window"), "look_alike");
}

TEST_F(Propose, TakesWordsOfTheDocument) {
  EXPECT_EQ(support("Rimounan", "Rimbunan"), "none");
  document_.add("Rimbunan");
  EXPECT_EQ(support("Rimounan", "Rimbunan"), "document");
}

TEST_F(Propose, TakesNearWordsOfTheLanguageInTheCaseOfTheWord) {
  EXPECT_EQ(support("Invoic", "Invoice"), "dictionary");
  EXPECT_EQ(support("INVOIC", "INVOICE"), "dictionary");
  EXPECT_EQ(support("invoic", "invoice"), "dictionary");
}

TEST_F(Propose, PartsWordsThatRanTogether) {
  EXPECT_EQ(support("TAXINVOICE", "TAX INVOICE"), "split");
}

TEST_F(Propose, ChangesASeenWordOnTheRecognisersWordOnly) {
  const Listed listed = {{0, {{"t", 1}}}};
  const auto found = candidates("fall", listed, Doubt::unsure);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].core, "tall");
}

TEST_F(Propose, ChangesASurelyReadWordOnTheRecognisersWordOnly) {
  EXPECT_TRUE(candidates("rnodern", {}, Doubt::misread).empty());
  const auto found = candidates("inciude", {{3, {{"l", 6}}}}, Doubt::misread);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].core, "include");
}

TEST_F(Propose, ChangesASureNameOnlyToAWordThatTheDocumentSays) {
  slots_ = slots_of("Totai", {{4, {{"l", 4}}}});
  Suspect suspect{.doubt = Doubt::misread, .core = "Totai", .seen = {U"Totai", slots_}};
  suspect.least_count = 1;
  EXPECT_TRUE(propose(suspect, known_, options_).empty());
  document_.add("Total");
  const auto found = propose(suspect, known_, options_);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].core, "Total");
  suspect.least_count = 2;
  EXPECT_TRUE(propose(suspect, known_, options_).empty());
}

TEST_F(Propose, GuessesNoLettersWhereTwoWordsRanTogether) {
  for (const Candidate& candidate : candidates("paymentfor")) {
    EXPECT_EQ(candidate.support, Support::split) << candidate.core;
  }
  EXPECT_EQ(support("paymentfor", "payment for"), "split");
  EXPECT_EQ(support("peymentt", "payment"), "dictionary") << "here nothing ran together";
}

TEST_F(Propose, PartsNoGermanWordsThatNobodySaw) {
  const auto german = Lexicon::open(std::vector<std::string>{"deu"});
  ASSERT_TRUE(german);
  Suspect suspect{.core = "Rechnungzu", .seen = {U"Rechnungzu", {}}};
  known_ = KnownWords(*german, document_);
  for (const Candidate& candidate : propose(suspect, known_, options_)) {
    EXPECT_EQ(candidate.misreading.guesses + candidate.misreading.spaces, 0U) << candidate.core;
  }
  EXPECT_EQ(support("Rechnungzu", "Rechnung zu"), "split");
  known_ = KnownWords(english(), document_);
  suspect = {.core = "paymentfor", .seen = {U"paymentfor", {}}};
  const auto found = propose(suspect, known_, options_);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].core, "payment for");
  EXPECT_EQ(found[0].support, Support::split);
}

TEST_F(Propose, TakesAWordInAnotherSpellingForNoOther) {
  const auto french = Lexicon::open(std::vector<std::string>{"fra"});
  ASSERT_TRUE(french);
  ASSERT_TRUE(french->contains("caissi\u00E8re"));
  known_ = KnownWords(*french, document_);
  for (const Candidate& candidate : candidates("CAISSIERE")) {
    EXPECT_EQ(candidate.misreading.guesses, 0U) << candidate.core;
  }
  EXPECT_EQ(support("MONSIEURE", "MONSIEUR"), "dictionary") << "no word with accents";
}

TEST_F(Propose, RepairsADamagedWordAndNothingElse) {
  const auto found = candidates("lnvo1ce", {}, Doubt::damaged);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].core, "Invoice");
  EXPECT_EQ(found[0].reason, EditReason::word_repair);
  EXPECT_TRUE(candidates("12OO", {}, Doubt::damaged).empty());
}

TEST_F(Propose, GivesEachWordOnceAndNoMoreThanAsked) {
  options_.max_candidates = 3;
  const auto found = candidates("tbeir", {{1, {{"h", 1}}}});
  EXPECT_LE(found.size(), 3U);
  EXPECT_EQ(found.front().core, "their");
  for (const Candidate& candidate : found) {
    EXPECT_NE(candidate.core, "tbeir");
    EXPECT_EQ(std::count_if(found.begin(), found.end(),
                            [&](const auto& other) { return other.core == candidate.core; }),
              1);
  }
}

TEST_F(Propose, EndsSoonOnHostileAlternatives) {
  Listed listed;
  for (std::size_t i = 0; i < 30; ++i) {
    for (const char* text : {"a", "b", "\xFF", "", "\n", "1", "\u20AC"}) {
      listed[i].push_back({text, 0.001});
    }
  }
  for (const Candidate& candidate : candidates(std::string(30, 'x'), listed)) {
    EXPECT_TRUE(known_.contains(candidate.core)) << candidate.core;
  }
}

}  // namespace
}  // namespace emend
