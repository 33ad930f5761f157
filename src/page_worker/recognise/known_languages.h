// SPDX-License-Identifier: Apache-2.0
// What `-l auto` knows of languages before it has read a word: their script and their commonest
// words. A language that is not here counts as written in Latin script and has no common words.
#pragma once

#include <array>
#include <string_view>

namespace emend {

struct KnownLanguage {
  std::string_view code;          // as Tesseract names it
  std::string_view script;        // as Tesseract's orientation and script detection names it
  std::string_view common_words;  // parted by spaces, in lower case
};

inline constexpr std::string_view kLatin = "Latin";

// Of two that fit equally well the earlier one is asked first.
inline constexpr std::array<KnownLanguage, 66> kKnownLanguages = {{
    {"eng", kLatin, "the of and to in is for with on that"},
    {"deu", kLatin, "der die und das den von mit für ist nicht"},
    {"fra", kLatin, "le les et des du pour est dans une sur"},
    {"spa", kLatin, "el los de que y las del por con una"},
    {"ita", kLatin, "il di che per non con del una gli della"},
    {"por", kLatin, "os de que não uma com para do da em"},
    {"nld", kLatin, "de het een van en voor met niet is op"},
    {"pol", kLatin, "i w na z do nie się jest oraz dla"},
    {"ces", kLatin, "a v na se je že do pro jsou nebo"},
    {"slk", kLatin, "a v na sa je že do pre sú alebo"},
    {"slv", kLatin, "in je na za ki se da so ali pri"},
    {"hrv", kLatin, "i u je na se za da su od ili"},
    {"hun", kLatin, "a az és hogy nem egy meg van vagy is"},
    {"ron", kLatin, "de și în la cu pe nu este din pentru"},
    {"swe", kLatin, "och att det som en på är av för med"},
    {"nor", kLatin, "og å det som en på er av for med"},
    {"dan", kLatin, "og at det som en på er af for med"},
    {"fin", kLatin, "ja on ei että se oli mutta tai myös ovat"},
    {"est", kLatin, "ja on ei et see oli aga või ka mis"},
    {"tur", kLatin, "ve bir bu için ile olarak daha çok de da"},
    {"cat", kLatin, "el els de que i les del per amb una"},
    {"vie", kLatin, "và của là có các cho được một không trong"},
    {"ind", kLatin, "yang dan di dari untuk dengan ini pada tidak itu"},
    {"lat", kLatin, "et in est non ad ut cum quod qui sed"},
    {"frk", "Fraktur", ""},
    {"deu_frak", "Fraktur", ""},
    {"rus", "Cyrillic", "и в не на что с по как это для"},
    {"ukr", "Cyrillic", "і в не на що з до як та для"},
    {"bul", "Cyrillic", "и в не на че с за се от да"},
    {"srp", "Cyrillic", "и у не на да се је за од су"},
    {"bel", "Cyrillic", "і ў не на што з да як для гэта"},
    {"mkd", "Cyrillic", "и во не на дека со за се од да"},
    {"kaz", "Cyrillic", ""},
    {"mon", "Cyrillic", ""},
    {"kir", "Cyrillic", ""},
    {"tgk", "Cyrillic", ""},
    {"ell", "Greek", "και το του να της η ο για με είναι"},
    {"grc", "Greek", ""},
    {"ara", "Arabic", ""},
    {"fas", "Arabic", ""},
    {"urd", "Arabic", ""},
    {"heb", "Hebrew", ""},
    {"yid", "Hebrew", ""},
    {"chi_sim", "Han", ""},
    {"chi_tra", "Han", ""},
    {"jpn", "Japanese", ""},
    {"kor", "Korean", ""},
    {"tha", "Thai", ""},
    {"hin", "Devanagari", ""},
    {"mar", "Devanagari", ""},
    {"nep", "Devanagari", ""},
    {"san", "Devanagari", ""},
    {"ben", "Bengali", ""},
    {"asm", "Bengali", ""},
    {"pan", "Gurmukhi", ""},
    {"guj", "Gujarati", ""},
    {"tam", "Tamil", ""},
    {"tel", "Telugu", ""},
    {"kan", "Kannada", ""},
    {"mal", "Malayalam", ""},
    {"sin", "Sinhala", ""},
    {"khm", "Khmer", ""},
    {"lao", "Lao", ""},
    {"mya", "Myanmar", ""},
    {"kat", "Georgian", ""},
    {"hye", "Armenian", ""},
}};

}  // namespace emend
