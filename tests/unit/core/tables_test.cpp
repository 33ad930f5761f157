// SPDX-License-Identifier: Apache-2.0
#include "emend/tables.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/box.h"
#include "core/json_form.h"
#include "core/regions.h"

namespace emend {
namespace {

using Words = std::vector<std::pair<int, std::string>>;  // where each starts, and its text

void add_line(Page& page, const Words& words, bool is_noise = false) {
  Line line{.is_noise = is_noise};
  const int y = 10 + 30 * static_cast<int>(page.lines.size());
  for (const auto& [x, text] : words) {
    Word word{.box = {x, y, 10 * static_cast<int>(text.size()), 20}};
    word.readings.push_back({text, 0.9, {}});
    line.box = union_of(line.box, word.box);
    line.words.push_back(std::move(word));
  }
  page.lines.push_back(std::move(line));
}

// A heading; three items, the second without a quantity, with a smear between them; a last line.
Page receipt() {
  Page page{.number = 1, .width = 800, .height = 400, .dpi = 200};
  add_line(page, {{10, "Invoice"}, {90, "17"}});
  add_line(page, {{10, "Tea"}, {300, "2"}, {600, "4.00"}});
  add_line(page, {{10, "~"}, {400, "=="}}, true);
  add_line(page, {{10, "Delivery"}, {600, "3.50"}});
  add_line(page, {{10, "Green"}, {70, "coffee"}, {300, "1"}, {600, "12.50"}});
  add_line(page, {{10, "Thank"}, {70, "you"}});
  return page;
}

TEST(Tables, AreRowsWithGapsThatFollowOneAnother) {
  const Page page = receipt();
  const auto found = tables(page);
  ASSERT_EQ(found.size(), 1U);
  const Table& table = found.front();
  EXPECT_EQ(table.columns, 3U);
  EXPECT_EQ(table.box, (Box{10, 40, 640, 110}));
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(text(page, table.rows[2][0]), "Green coffee");
  EXPECT_EQ(table.rows[2][0].words, (std::vector<WordPlace>{{4, 0}, {4, 1}}));
}

TEST(Tables, ARowLacksItsEmptyCells) {
  const auto found = tables(receipt());
  ASSERT_EQ(found.size(), 1U);
  const auto& delivery = found[0].rows.at(1);
  ASSERT_EQ(delivery.size(), 2U);
  EXPECT_EQ(delivery[0].column, 0U);
  EXPECT_EQ(delivery[1].column, 2U);
}

TEST(Tables, OneRowWithGapsIsNone) {
  Page page;
  add_line(page, {{10, "From"}, {600, "Date"}});
  add_line(page, {{10, "Dear"}, {70, "Sir"}});
  EXPECT_TRUE(tables(page).empty());
  EXPECT_EQ(regions_of(page).size(), 1U);
}

TEST(Tables, AreInTheJsonForm) {
  const Page page = receipt();
  const nlohmann::json form = page;
  ASSERT_EQ(form.at("tables").size(), 1U);
  const auto& cell = form["tables"][0]["rows"][2][0];
  EXPECT_EQ(cell["text"], "Green coffee");
  EXPECT_EQ(cell["words"], nlohmann::json::parse("[[4, 0], [4, 1]]"));
  EXPECT_EQ(form.get<Page>(), page);
}

}  // namespace
}  // namespace emend
