// SPDX-License-Identifier: Apache-2.0
#include "emend/numbers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "core/box.h"
#include "core/json_form.h"
#include "core/number_value.h"

namespace emend {
namespace {

// Lines of text on a grid, each character 10 pixels wide; runs of spaces are gaps between cells.
Page page_of(const std::vector<std::string>& lines) {
  Page page{.number = 1, .width = 1000, .height = 1000, .dpi = 200};
  for (std::size_t l = 0; l < lines.size(); ++l) {
    Line line;
    for (std::size_t at = 0; at < lines[l].size();) {
      const std::size_t start = std::min(lines[l].find_first_not_of(' ', at), lines[l].size());
      const std::size_t end = std::min(lines[l].find(' ', start), lines[l].size());
      if (start == end) break;
      Word word{.box = {static_cast<int>(10 * start), static_cast<int>(30 * l),
                        static_cast<int>(10 * (end - start)), 20}};
      word.readings.push_back({lines[l].substr(start, end - start), 0.9, {}});
      line.box = union_of(line.box, word.box);
      line.words.push_back(std::move(word));
      at = end;
    }
    page.lines.push_back(std::move(line));
  }
  return page;
}

// "37.50: line_total passes" for each check of the page.
std::vector<std::string> checks(const std::vector<std::string>& lines) {
  std::vector<std::string> found;
  for (const NumberFact& number : numbers(page_of(lines))) {
    for (const NumberCheck& check : number.checks) {
      found.push_back(number.text + ": " + std::string(name(check.rule)) +
                      (check.passed ? " passes" : " fails"));
    }
  }
  return found;
}

using Strings = std::vector<std::string>;

TEST(NumberValue, IsTheSameInEveryCountry) {
  for (const char* text :
       {"1,234.50", "1.234,50", "1'234.50", "$1,234.50", "1234,50EUR", "1 234.50"}) {
    EXPECT_EQ(number_value(text), "1234.50") << text;
  }
  EXPECT_EQ(number_value("-3,00"), "-3.00");
  EXPECT_EQ(number_value("1,234,567"), "1234567");
  EXPECT_EQ(number_value("19%"), "19");
  EXPECT_EQ(number_value("0.5"), "0.5");
}

TEST(NumberValue, IsNoGuess) {
  for (const char* text :
       {"1.234", "1,234", "12a4", "1/2", "10-12", "3.00-", "1,23,4", "", "EUR", "-"}) {
    EXPECT_EQ(number_value(text), std::nullopt) << text;
  }
}

TEST(NumberValue, InHundredths) {
  EXPECT_EQ(hundredths("1234.5"), 123450);
  EXPECT_EQ(hundredths("-3.00"), -300);
  EXPECT_EQ(hundredths("1.234"), std::nullopt);
  EXPECT_EQ(hundredths("1234567890123"), std::nullopt);
}

TEST(Numbers, HaveAKindAndAValue) {
  const auto found =
      numbers(page_of({"Invoice 4711-A of 31.12.2018 at 14:05", "3 x 12,50 EUR 19%"}));
  ASSERT_EQ(found.size(), 6U);
  const std::vector<NumberKind> kinds = {NumberKind::identifier, NumberKind::date,
                                         NumberKind::time,       NumberKind::quantity,
                                         NumberKind::amount,     NumberKind::percent};
  for (std::size_t i = 0; i < kinds.size(); ++i)
    EXPECT_EQ(found[i].kind, kinds[i]) << found[i].text;
  EXPECT_EQ(found[4].value, "12.50");
  EXPECT_EQ(found[4].place, (WordPlace{1, 2}));
  EXPECT_TRUE(found[1].value.empty());
}

TEST(Numbers, AnIbanInGroupsIsOneNumber) {
  const auto found = numbers(page_of({"IBAN: DE89 3704 0044 0532 0130 00 BIC"}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].words, 6U);
  EXPECT_EQ(found[0].checks, (std::vector<NumberCheck>{{NumberRule::iban, true}}));
  EXPECT_EQ(checks({"IBAN DE89370400440532013001"}), Strings{"DE89370400440532013001: iban fails"});
}

TEST(Numbers, ThousandsPartedBySpacesAreOneNumber) {
  auto found = numbers(page_of({"Sum 1 234,50 EUR", "All   12 345 678.90"}));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].text, "1 234,50");
  EXPECT_EQ(found[0].value, "1234.50");
  EXPECT_EQ(found[0].words, 2U);
  EXPECT_EQ(found[1].value, "12345678.90");
  found = numbers(page_of({"Qty 1    234,50", "Row 12 34,50", "Row 1234 567,50"}));
  for (const NumberFact& number : found) EXPECT_EQ(number.words, 1U) << number.text;
}

TEST(Numbers, AnIdentifierIsTheNumberOfSomething) {
  const auto identifier = [](const std::string& line) {
    const auto found = numbers(page_of({line}));
    return found.empty() ? "" : std::string(name(found.front().identifier));
  };
  EXPECT_EQ(identifier("IBAN DE89370400440532013000"), "iban");
  EXPECT_EQ(identifier("VAT DE136695976"), "vat_id");
  EXPECT_EQ(identifier("Tel: 03-51213881"), "phone");
  EXPECT_EQ(identifier("Invoice A-4711/B"), "document");
  EXPECT_EQ(identifier("lot BOOL0S"), "other");
  EXPECT_EQ(identifier("Sum 12.50"), "none");
  EXPECT_EQ(identifier("Tel 12.50"), "none");
}

TEST(Numbers, ATaxIsItsPercentageOfTheAmount) {
  EXPECT_EQ(checks({"SR  6%   100.00    6.00"}), Strings{"6.00: tax passes"});
  EXPECT_EQ(checks({"SR  6%    10.60    0.64"}), Strings{"0.64: tax passes"});
  EXPECT_EQ(checks({"SR  6%   100.00    7.00"}), Strings{}) << "an odd tax is not wrong";
}

TEST(Numbers, ChangeIsWhatWasPaidLessTheTotal) {
  EXPECT_EQ(checks({"Total   37.50", "Cash    50.00", "Change  12.50"}),
            Strings{"12.50: change passes"});
  EXPECT_EQ(checks({"Total   37.50", "Cash    50.00", "Change  13.50"}), Strings{});
}

TEST(Numbers, NameWhatWasProposed) {
  Page page = page_of({"Chairs 1O.00 12.50"});
  page.edits.push_back({.page = 1, .line = 0, .words = {1, 1}, .before = "1O.00"});
  const auto found = numbers(page);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].edits, std::vector<std::size_t>{0});
  EXPECT_TRUE(found[1].edits.empty());
}

TEST(Numbers, AreCheckedByWhatTheyAreCalled) {
  EXPECT_EQ(checks({"EAN 4006381333931"}), Strings{"4006381333931: gtin passes"});
  EXPECT_EQ(checks({"Order 4006381333932"}), Strings{});
  EXPECT_EQ(checks({"VAT no. DE136695975"}), Strings{"DE136695975: vat_id fails"});
  EXPECT_EQ(checks({"ISIN US0378331005"}), Strings{"US0378331005: isin passes"});
}

TEST(Numbers, NoCalendarHasThatDay) {
  EXPECT_EQ(checks({"Date 31/02/2020"}), Strings{"31/02/2020: calendar fails"});
  EXPECT_EQ(checks({"Date 28/02/2020"}), Strings{});
  EXPECT_EQ(checks({"Ref 99/99/1234"}), Strings{});
}

TEST(Numbers, ARowIsQuantityTimesPrice) {
  EXPECT_EQ(checks({"Chairs        3     12.50     37.50",  //
                    "Tables        2    100.00    210.00"}),
            (Strings{"37.50: line_total passes", "210.00: line_total fails"}));
}

TEST(Numbers, ATotalIsTheSumOfWhatStandsAboveIt) {
  EXPECT_EQ(checks({"Chairs        37.50",  //
                    "Tables       200.00",  //
                    "Subtotal     237.50",  //
                    "Tax           23.75",  //
                    "Total        261.25"}),
            (Strings{"237.50: sum passes", "261.25: sum passes"}));
  EXPECT_EQ(checks({"Chairs        37.50", "Tables       200.00", "Total        237.00"}),
            Strings{});
}

TEST(Numbers, AreInTheJsonForm) {
  const Page page = page_of({"Chairs        3     12.50     37.50"});
  const nlohmann::json form = page;
  ASSERT_EQ(form.at("numbers").size(), 3U);
  EXPECT_EQ(form["numbers"][2],
            nlohmann::json::parse(
                R"({"line": 0, "words": [3, 1], "text": "37.50", "kind": "amount", "value": "37.50",
              "confidence": 0.9, "checks": [{"rule": "line_total", "passed": true}]})"));
  EXPECT_EQ(form.get<Page>(), page);
}

}  // namespace
}  // namespace emend
