// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/language_choice.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

using Names = std::vector<std::string>;

const Names kInstalled = {"chi_sim", "deu", "eng", "equ", "heb", "osd", "script/Latin", "tlh"};

TEST(LanguageChoice, TheLanguagesOfAScriptAreTriedCommonOnesFirst) {
  EXPECT_EQ(languages_of_script("Latin", kInstalled), (Names{"eng", "deu", "tlh"}));
  EXPECT_EQ(languages_of_script("Hebrew", kInstalled), Names{"heb"});
  EXPECT_TRUE(languages_of_script("Thai", kInstalled).empty());
}

TEST(LanguageChoice, WithoutAScriptAllLanguagesAreTriedAndNoOtherData) {
  EXPECT_EQ(languages_of_script("", kInstalled), (Names{"eng", "deu", "heb", "chi_sim", "tlh"}));
}

TEST(LanguageChoice, CommonWordsTellTheLikeliest) {
  const Names three = {"eng", "deu", "fra"};
  EXPECT_EQ(likeliest(three, "Die Ware ist DER Rest und das Geld", 1), Names{"deu"});
  EXPECT_EQ(likeliest(three, "est dans la rue pour les gens", 2), (Names{"fra", "eng"}));
  EXPECT_EQ(likeliest(three, "4711 0815", 5), three);
}

TEST(LanguageChoice, OneLanguageOfEachScript) {
  EXPECT_EQ(one_of_each_script({"eng", "deu", "heb", "chi_sim", "chi_tra"}),
            (Names{"eng", "heb", "chi_sim"}));
}

}  // namespace
}  // namespace emend
