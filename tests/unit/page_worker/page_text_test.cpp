// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/page_text.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace emend {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

PageText layer_of(const std::string& text) {
  PageText layer{.width = 1000, .height = 1000, .dpi = 100};
  Line& line = layer.lines.emplace_back();
  for (const std::string& text_of_word : split(text)) {
    line.words.push_back({.box = {100, 100, 50, 20}, .readings = {{text_of_word, 1.0, {}}}});
  }
  return layer;
}

TEST(TextFault, TextOfManyLanguagesIsGood) {
  for (const char* text :
       {"Dear Sir, thank you for your order of the seventh of March, which we have received.",
        "Sehr geehrte Damen und Herren, die Angstschweißtücher kosten 12,50 EUR das Stück.",
        "Szanowni Państwo, dziękujemy za zamówienie z dnia siódmego marca bieżącego roku.",
        "Уважаемые господа, благодарим вас за ваш заказ от седьмого марта этого года.",
        "INVOICE NUMBER TOTAL AMOUNT DUE PAYMENT TERMS THIRTY DAYS NET PLEASE REMIT",
        "iPhone McDonald eBay YouTube LaTeX JavaScript OpenOffice PowerPoint GmbH KG"}) {
    EXPECT_EQ(find_text_fault(split(text)), TextFault::none) << text;
  }
}

TEST(TextFault, FiguresAloneAreGood) {
  EXPECT_EQ(find_text_fault(split("12.50 3,400.00 2026-11-24 17 18 19 20 21 22 % 5.5%")),
            TextFault::none);
}

TEST(TextFault, NoiseIsNoText) {
  EXPECT_EQ(find_text_fault({"7KLV", "W\\PH", "QRW@", "T#e", "q~ick", "br0wn", "|ox", "jVmPs",
                             "zZxX", "and", "the"}),
            TextFault::gibberish);
}

TEST(TextFault, CharactersWithoutMeaningAreNoText) {
  EXPECT_EQ(find_text_fault({"\xee\x80\x81\xee\x80\x82", "\xee\x80\x83", "and"}),
            TextFault::unmapped);
  EXPECT_EQ(find_text_fault({"\x01\x02", "\x03"}), TextFault::unmapped);
  EXPECT_EQ(find_text_fault({"\xef\xbf\xbd\xef\xbf\xbd"}), TextFault::unmapped);
}

TEST(TextFault, NothingIsEmpty) {
  EXPECT_EQ(find_text_fault({}), TextFault::empty);
}

TEST(TextFault, WordsThatTheDictionaryKnowsSettleIt) {
  // Odd in form, but more than half of it is known.
  const std::string odd = "xQzW wRtP pLkQ vBnM mJhG gFdS sQwP zXcV kLpR tRwQ ";
  std::string known;
  std::set<std::string> dictionary;
  for (char c = 'a'; c <= 'z'; ++c) {
    const std::string word = std::string("word") + c;
    known += word + ' ';
    dictionary.insert(word);
  }
  const auto knows = [&](std::string_view word) { return dictionary.contains(std::string(word)); };
  EXPECT_EQ(find_fault(layer_of(odd + odd + known), knows), TextFault::none);
  EXPECT_EQ(find_fault(layer_of(odd + odd + known), [](auto) { return false; }),
            TextFault::gibberish);
}

// A page with rows of marks as large as letters; the layer has them all, or few.
TEST(TextFault, WhatIsPrintedMustBeInTheText) {
  PageText layer = layer_of("A short line");
  layer.glance.reset(pixCreate(1000, 1000, 8));
  pixSetAll(layer.glance.get());
  for (int row = 0; row < 5; ++row) {
    for (int column = 0; column < 20; ++column) {
      pixRasterop(layer.glance.get(), 100 + 20 * column, 100 + 30 * row, 10, 12, PIX_CLR, nullptr,
                  0, 0);
    }
  }
  EXPECT_EQ(find_fault(layer, {}), TextFault::partial);
  for (Word& word : layer.lines.front().words) word.box = {100, 95, 400, 150};
  EXPECT_EQ(find_fault(layer, {}), TextFault::none);
}

}  // namespace
}  // namespace emend
