// SPDX-License-Identifier: Apache-2.0
#include "correct/judge.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "correct_fakes.h"

namespace emend {
namespace {

class Judge : public ::testing::Test {
 protected:
  Suspect suspect(const std::string& core) {
    slots_ = slots_of(core);
    Suspect suspect;
    suspect.core = core;
    suspect.seen = {to_code_points(core), slots_};
    return suspect;
  }
  Verdict verdict(const std::string& before, const std::string& after,
                  EditReason reason = EditReason::language) {
    return check_rules(suspect(before), {after, reason, Support::dictionary, {}}, known_);
  }

  std::vector<std::vector<Alternative>> slots_;
  Vocabulary document_;
  KnownWords known_{english(), document_};
};

TEST_F(Judge, AllowsAKnownWordNearby) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"Invoic", "Invoice"},
                                                        {"lnvoice", "Invoice"},
                                                        {"tbe", "the"},
                                                        {"rnodern", "modern"},
                                                        {"TAXINVOICE", "TAX INVOICE"},
                                                        {"lNVOlCE", "INVOICE"},
                                                        {"don\u2019l", "don\u2019t"},
                                                        {"|", "I"}}) {
    EXPECT_EQ(verdict(before, after), Verdict::applied) << before << " -> " << after;
  }
}

TEST_F(Judge, LocksWhatIsNoWordBeforeOrAfter) {
  for (const auto& [before, after] :
       std::vector<std::pair<std::string, std::string>>{{"$1O0.00", "total"},
                                                        {"12", "to"},
                                                        {"me@host.com", "method"},
                                                        {"EUR", "EVER"},
                                                        {"five", "5"},
                                                        {"Invoic", "Invoice."},
                                                        {"Invoic", "(Invoice"},
                                                        {"Invoic", "Invoice "},
                                                        {"Invoic", "Inv oi ce"},
                                                        {"Invoic", "Invoice\n"},
                                                        {"Invoic", ""},
                                                        {"Invoic", "$"},
                                                        {"Invoic", "Invo\xFF"},
                                                        {"Invoic", "invoice 1"},
                                                        {"x\u00B2", "xi"}}) {
    EXPECT_EQ(verdict(before, after), Verdict::locked) << before << " -> " << after;
  }
}

TEST_F(Judge, RefusesUnknownWords) {
  EXPECT_EQ(verdict("Invoic", "Invoid"), Verdict::unknown_word);
  document_.add("Invoid");
  EXPECT_EQ(verdict("Invoic", "Invoid"), Verdict::applied);
}

TEST_F(Judge, RefusesLargeChanges) {
  EXPECT_EQ(verdict("Invoic", "Total"), Verdict::too_different);
  EXPECT_EQ(verdict("te", "to"), Verdict::applied);
  EXPECT_EQ(verdict("te", "him"), Verdict::too_different);
  EXPECT_EQ(verdict("xyzt", "what"), Verdict::too_different);
}

TEST_F(Judge, KeepsCaseAndJoints) {
  EXPECT_EQ(verdict("Invoic", "invoice"), Verdict::too_different);
  EXPECT_EQ(verdict("Invoic", "INVOICE"), Verdict::too_different);
  EXPECT_EQ(verdict("tbe", "THE"), Verdict::too_different);
  EXPECT_EQ(verdict("TOTAI", "TOTAl"), Verdict::unknown_word);
  EXPECT_EQ(verdict("Preight", "freight"), Verdict::too_different);
  EXPECT_EQ(verdict("Iine", "line"), Verdict::applied) << "an I is easily an l";
  EXPECT_EQ(verdict("total", "Total"), Verdict::too_different) << "case alone";
  EXPECT_EQ(verdict("d\u2019Information", "Information"), Verdict::too_different);
  EXPECT_EQ(verdict("re-scnt", "rescent"), Verdict::unknown_word);
  EXPECT_EQ(verdict("x-ray", "tray"), Verdict::too_different);
}

TEST_F(Judge, KeepsALetterThatStandsByItselfInAWord) {
  document_.add("e-mail");
  EXPECT_EQ(verdict("e-mail", "a-mail"), Verdict::too_different);
  EXPECT_EQ(verdict("o-mail", "no-mail"), Verdict::too_different);
  EXPECT_EQ(verdict("eight-chaptec", "eight-chapter"), Verdict::applied);
  EXPECT_EQ(verdict("e-mall", "e-mail"), Verdict::applied) << "the other part may change";
}

TEST_F(Judge, TakesNoSharpSForAMisreading) {
  document_.add("Masse");
  document_.add("Ma\u00DFe");
  EXPECT_EQ(verdict("Ma\u00DFe", "Masse"), Verdict::too_different);
  EXPECT_EQ(verdict("Mafle", "Ma\u00DFe"), Verdict::applied);
}

TEST_F(Judge, FoundsOnlyReasonsOfTheClosedList) {
  EXPECT_EQ(verdict("$1O0.00", "$100.00", EditReason::look_alike_repair), Verdict::applied);
  EXPECT_EQ(verdict("$1O0.00", "$1000.00", EditReason::look_alike_repair), Verdict::locked);
  EXPECT_EQ(verdict("25SQ#", "2550#", EditReason::look_alike_repair), Verdict::locked);
  EXPECT_EQ(verdict("lnvo1ce", "Invoice", EditReason::word_repair), Verdict::applied);
  EXPECT_EQ(verdict("lnvo1ce", "Involve", EditReason::word_repair), Verdict::locked);
  EXPECT_EQ(verdict("lnvo1ce", "Invoice"), Verdict::locked) << "not for language's sake";
  EXPECT_EQ(verdict("4,00", "4.00", EditReason::layout_repair), Verdict::locked);
  EXPECT_EQ(verdict("4.00", "9.00", EditReason::second_reading), Verdict::locked);
}

TEST_F(Judge, TakesNoPriceThatIsNone) {
  const Suspect word = suspect("Invoic");
  for (const double cost : {std::nan(""), std::numeric_limits<double>::infinity(), -0.5}) {
    Candidate candidate{"Invoice", EditReason::language, Support::alternatives, {}};
    candidate.misreading.cost = cost;
    EXPECT_EQ(check_rules(word, candidate, known_), Verdict::too_different) << cost;
  }
}

// "deshalb" is no misreading of "desshalb", which was a spelling once; nor is an accent on a
// capital.
TEST_F(Judge, LeavesSpellingToTheWriter) {
  const auto verdict_of_guess = [&](const std::string& before, const std::string& after) {
    Candidate candidate{after, EditReason::language, Support::dictionary, {}};
    candidate.misreading.guesses = 1;
    return check_rules(suspect(before), candidate, known_);
  };
  EXPECT_EQ(verdict_of_guess("comittee", "committee"), Verdict::too_different);
  EXPECT_EQ(verdict_of_guess("directlie", "directly"), Verdict::too_different);
  EXPECT_EQ(verdict_of_guess("CLA\u00CFM", "CLAIM"), Verdict::too_different);
  EXPECT_EQ(verdict_of_guess("Invoic", "Invoice"), Verdict::applied);
  // What the recogniser itself lists, or looks alike, is a misreading.
  EXPECT_EQ(verdict("comittee", "committee"), Verdict::applied);
}

TEST_F(Judge, FindsNoChangeInTheSameWord) {
  EXPECT_EQ(verdict("Invoic", "Invoic"), Verdict::too_little_gain);
}

TEST_F(Judge, WeighsAModelAndTheWordList) {
  const Suspect word = suspect("Invoic");
  const Candidate candidate{"Invoice", EditReason::language, Support::dictionary, {}};
  const FittedWeights fitted;
  const double without = language_gain(word, candidate, 0, known_, fitted.page);
  EXPECT_GT(without, 0);
  EXPECT_GT(language_gain(word, candidate, 10, known_, fitted.page), without + 5);
  Suspect text = word;
  text.seen.slots = {};
  EXPECT_GT(fitted.of(text).margin, fitted.of(word).margin) << "without evidence";
}

}  // namespace
}  // namespace emend
