// SPDX-License-Identifier: Apache-2.0
#include "correct/suspect.h"

#include <gtest/gtest.h>

#include "correct_fakes.h"

namespace emend {
namespace {

// The suspect words of one line, all read with the same confidence.
std::vector<std::string> suspects(const std::vector<std::string>& words, double confidence,
                                  const std::vector<std::string>& document = {}) {
  Vocabulary vocabulary;
  for (const std::string& word : document) vocabulary.add(word);
  const KnownWords known(english(), vocabulary);
  Line line;
  for (const std::string& word : words) line.words.push_back(make_word(word, confidence));
  const Page page = make_page({line});
  std::vector<std::string> found;
  for (const Suspect& suspect : find_suspects(page, known, {})) found.push_back(suspect.core);
  return found;
}

using Words = std::vector<std::string>;

TEST(Suspect, IsAnUnknownWordThatWasNotReadSurely) {
  EXPECT_EQ(suspects({"The", "Invoic:", "is", "due"}, 0.7), Words{"Invoic"});
  EXPECT_EQ(suspects({"The", "Invoic:", "is", "due"}, 0.95), Words{});
}

TEST(Suspect, IsAKnownWordThatWasHardlySeen) {
  EXPECT_EQ(suspects({"modern"}, 0.3), Words{"modern"});
  EXPECT_EQ(suspects({"modern"}, 0.7), Words{});
}

TEST(Suspect, IsNoWordOfTheDocument) {
  EXPECT_EQ(suspects({"Rimbunan"}, 0.7), Words{"Rimbunan"});
  EXPECT_EQ(suspects({"Rimbunan", "Rimbunan's"}, 0.7, {"Rimbunan"}), Words{});
}

TEST(Suspect, IsADamagedWordButNoOtherTokenWithADigit) {
  EXPECT_EQ(suspects({"lnvo1ce", "12.50", "A4", "$1O0.00", "me@h0st.com"}, 0.3),
            (Words{"lnvo1ce"}));
}

TEST(Suspect, IsNoAbbreviationAcronymNameOrLink) {
  EXPECT_EQ(suspects({"SDN", "Bhd", "tbs", "U.S.X", "xyz.com", "and/orr", "McDonaldz", "q", "R&D",
                      "NaCl", "$", "EUR", "..."},
                     0.1),
            Words{});
  EXPECT_EQ(suspects({"lt"}, 0.1), Words{"lt"}) << "a misread It is no abbreviation";
}

TEST(Suspect, IsAWordOfNoLanguageThoughItWasReadSurely) {
  EXPECT_EQ(suspects({"please", "inciude", "the"}, 0.95), Words{"inciude"});
  EXPECT_EQ(suspects({"please", "inciude", "the"}, 0.995), Words{}) << "too surely";
  EXPECT_EQ(suspects({"inciude"}, 0.95, {"inciude"}), Words{"inciude"}) << "its own word";
  EXPECT_EQ(suspects({"inciude"}, 0.95, {"inciude", "inciude"}), Words{}) << "said twice";
  EXPECT_EQ(suspects({"Inciude", "INCIUDE", "1nciude", "inc"}, 0.95), Words{}) << "names, codes";
}

TEST(Suspect, IsASureNameOrRepeatedWordOnlyBesideAWordThatTheDocumentSaysMore) {
  EXPECT_EQ(suspects({"Inciude"}, 0.95, {"Inciude", "Include"}), Words{"Inciude"});
  EXPECT_EQ(suspects({"INCIUDE"}, 0.95, {"INCIUDE", "INCLUDE"}), Words{"INCIUDE"});
  EXPECT_EQ(suspects({"Inciude"}, 0.95, {"Inciude", "Inclube"}), Words{}) << "no word either";
  const std::vector<std::string> twice = {"shail", "shail", "shall", "shall", "shall"};
  EXPECT_EQ(suspects({"shail"}, 0.95, twice), Words{}) << "not so much more often";
  std::vector<std::string> often = twice;
  often.insert(often.end(), 3, "shall");
  EXPECT_EQ(suspects({"shail"}, 0.95, often), Words{"shail"});
}

TEST(Suspect, IsABarBeforeAWordInSmallLetters) {
  EXPECT_EQ(suspects({"and", "|", "am"}, 0.95), Words{"|"});
  EXPECT_EQ(suspects({"|", "am"}, 0.95), Words{"|"});
  EXPECT_EQ(suspects({"Total", "|", "Amount", "|", "5.00", "|", "x2", "|"}, 0.95), Words{});
}

TEST(Suspect, IsNoWordBrokenAtTheEndOfALine) {
  Vocabulary vocabulary;
  const KnownWords known(english(), vocabulary);
  const Page page = make_page({make_line({make_word("the", 0.7), make_word("infor-", 0.5)}),
                               make_line({make_word("matiom", 0.5), make_word("matiom", 0.5)})});
  const auto found = find_suspects(page, known, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 1U);
  EXPECT_EQ(found[0].word, 1U);
}

TEST(Suspect, IsNoWordThatWasCorrectedBefore) {
  Vocabulary vocabulary;
  const KnownWords known(english(), vocabulary);
  Word word = make_word("Invoic", 0.5);
  word.readings.push_back({"lnvoic", 0.5, {}});
  EXPECT_TRUE(find_suspects(make_page({make_line({word})}), known, {}).empty());
}

TEST(Suspect, IsNoneWhereTheLanguageIsUnknown) {
  const Words german = {"Rechnung", "Betrag",  "Zahlung", "Steuer", "Lieferung", "Kunde", "Umsatz",
                        "Straze",   "Mengeen", "Preiss",  "Gesamt", "Netto",     "Brutto"};
  EXPECT_EQ(suspects(german, 0.5), Words{});
  EXPECT_FALSE(suspects({"Straze", "Mengeen"}, 0.5).empty()) << "too few words to tell";
}

TEST(SeenCore, GivesTheSlotsOfTheCoreOrNone) {
  const Word word = make_word("(Totol:", 0.5, {{4, {{"a", 1}}}});
  const SeenWord seen = seen_core(word.readings[0], "(", "Totol");
  ASSERT_EQ(seen.slots.size(), 5U);
  EXPECT_EQ(seen.slots[3].size(), 2U);
  Reading without = word.readings[0];
  without.characters.clear();
  EXPECT_TRUE(seen_core(without, "(", "Totol").slots.empty());
  Reading wrong = word.readings[0];
  wrong.characters[2][0].text = "x";
  EXPECT_TRUE(seen_core(wrong, "(", "Totol").slots.empty());
  EXPECT_EQ(to_utf8(seen.text), "Totol");
}

}  // namespace
}  // namespace emend
