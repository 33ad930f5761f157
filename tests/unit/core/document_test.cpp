// SPDX-License-Identifier: Apache-2.0
#include "emend/document.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

Word word(const std::string& text) {
  Word word;
  word.readings = {{text, 0.5, {}}};
  return word;
}

TEST(Text, JoinsWordsLinesBlocksAndPages) {
  Document document;
  document.pages.resize(2);
  document.pages[0].lines = {{{}, {word("Invoice"), word("#")}, true}, {{}, {word("Total")}, true}};
  document.pages[1].lines = {{{}, {word("last")}, true}};
  EXPECT_EQ(text(document), "Invoice #\n\nTotal\n\flast\n");
}

TEST(AsRecognised, UndoesWhatWasAppliedAndNothingElse) {
  Page raw;
  raw.lines = {{{}, {word("Invoic"), word("12345")}, true}};
  Page corrected = raw;
  auto& readings = corrected.lines[0].words[0].readings;
  readings.insert(readings.begin(), {"Invoice", 0.9, {}});
  Edit applied{.words = {0, 1}, .before = "Invoic", .after = "Invoice"};
  Edit rejected{.words = {1, 1}, .before = "12345", .after = "12346", .verdict = Verdict::locked};
  corrected.edits = {applied, rejected};
  EXPECT_EQ(text(corrected), "Invoice 12345\n");
  EXPECT_EQ(as_recognised(corrected), raw);
}

}  // namespace
}  // namespace emend
