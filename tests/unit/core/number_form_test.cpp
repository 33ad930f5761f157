// SPDX-License-Identifier: Apache-2.0
#include "core/number_form.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace emend {
namespace {

void expect_form(NumberForm form, const std::vector<std::string>& cores) {
  for (const std::string& core : cores) EXPECT_EQ(number_form(core), form) << core;
}

TEST(NumberForm, KnowsMoneyInTheFormsOfManyCountries) {
  expect_form(
      NumberForm::money,
      {"12.50",         "0.00",         "1,234.56", "1.234,56",   "1'234.50",   "1\u2019234.50",
       "1\u00A0234,50", "12,34,567.00", "$100",     "$100.00",    "100\u20AC",  "\u20AC5",
       "3,00EUR",       "EUR3,00",      "RM5.00",   "RM1,200.00", "-12.50",     "\u221212.50",
       "-$5.00",        "$-5.00",       "+4.20",    "US$12",      "S$7.80",     "12.50CR",
       "\u00A31.234",   ".50",          "Rs500",    "500kr",      "1000000.00", "$1,000"});
}

TEST(NumberForm, TakesNoMoneyFromBrokenAmounts) {
  expect_form(NumberForm::none, {"1O0.00", "$1O0.00", "12.50.1", "1,23,4.00", "12..50", "$", "RM",
                                 "S5.OO", "RM8.38/RM5", "12,50.00.1", "1,2345.00"});
}

TEST(NumberForm, KnowsDates) {
  expect_form(NumberForm::date,
              {"31/12/2018", "12/31/2018", "2023-07-15", "31.12.18", "1-2-99", "31-DEC-2018",
               "31Dec18", "31-Dec", "Dec-2018", "Dec31,2018", "31-M\u00E4rz-2020", "07/2023",
               "2018-12-31T10:00", "29/02/2020", "12-ao\u00FBt-2019"});
}

TEST(NumberForm, TakesNoDateThatNoCalendarHas) {
  for (const char* core : {"31/02/2020", "32/01/2020", "13/13/2013", "00/10/2020", "31/04/2020",
                           "2020-13-01", "12/31-2018", "1/2/3", "31-Dax-2018", "32-Dec-2018"}) {
    EXPECT_NE(number_form(core), NumberForm::date) << core;
  }
}

TEST(NumberForm, KnowsTimes) {
  expect_form(NumberForm::time, {"14:05", "2:05", "14:05:59", "2:05PM", "2:05:30AM", "2.30pm",
                                 "14h30", "9AM", "10:30Uhr", "24:00", "2:05p.m"});
  for (const char* core : {"25:00", "14:60", "14:5", "1:2:3", "14:05XM", "14:"}) {
    EXPECT_NE(number_form(core), NumberForm::time) << core;
  }
}

TEST(NumberForm, KnowsPercentages) {
  expect_form(NumberForm::percent, {"19%", "6.00%", "19,5%", "-3%", "0%", "5-10%"});
  expect_form(NumberForm::none, {"1O%", "%", "1.2.3%"});
}

TEST(NumberForm, KnowsQuantities) {
  expect_form(NumberForm::quantity,
              {"0",         "12",        "1,234", "0.5",       "1.5kg",        "460ML", "2x", "x2",
               "3rd",       "30TH",      "1/2",   "10-12",     "10x20",        "3pcs",  "-7", "5EA",
               "1.234.567", "1998-2001", "12345", "20m\u00B2", "\u0661\u0662", "1.2345"});
}

TEST(NumberForm, LeavesIdentifiersWithoutForm) {
  expect_form(NumberForm::none, {"INV-001", "00123", "25SQ#", "S117", "A4", "03-1234567",
                                 "1234567890123", "DE89370400440532013000", "7029F711/F714",
                                 "#12345", "1A2B", "12-345-678", "abc", "", "B2B", "lnvo1ce"});
}

TEST(CurrencyName, IsASignOrACodeAndNothingElse) {
  for (const char* core : {"$", "\u20AC", "\u00A3", "US$", "RM", "EUR", "USD", "Rs"}) {
    EXPECT_TRUE(is_currency_name(core)) << core;
  }
  for (const char* core : {"", "eur", "rm", "$5", "RMX", "ALL", "TRY", "A", "Total"}) {
    EXPECT_FALSE(is_currency_name(core)) << core;
  }
}

}  // namespace
}  // namespace emend
