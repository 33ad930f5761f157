// SPDX-License-Identifier: Apache-2.0
// What the end-to-end test of searchable PDFs cannot reach: scripts that no recogniser here reads,
// words that were split, files that are no PDF.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

#include "core/unicode.h"
#include "page_worker/graft/affine.h"
#include "page_worker/graft/invisible_font.h"
#include "page_worker/graft/pdf_graft.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fixtures::TemporaryFolder;

std::string output_of(const std::string& command) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  std::string out;
  std::array<char, 4096> part{};
  for (std::size_t count = 0; (count = std::fread(part.data(), 1, part.size(), pipe.get())) > 0;) {
    out.append(part.data(), count);
  }
  return out;
}

Page page_of(const std::vector<std::string>& words) {
  Page page{.number = 1, .width = 600, .height = 400, .dpi = 300};
  Line& line = page.lines.emplace_back();
  for (const std::string& text : words) {
    Word& word = line.words.emplace_back();
    word.box = {20, 40 * static_cast<int>(line.words.size()), 200, 30};
    word.readings.push_back({text, 0.9, {}});
  }
  return page;
}

class Graft : public testing::Test {
 protected:
  fs::path made(const Page& page, const std::string& name) {
    const PixPtr picture(pixCreate(600, 400, 8));
    pixSetAll(picture.get());
    const fs::path image = folder_.write("page.png", picture.get(), IFF_PNG);
    const fs::path attachment = folder_.write("attachment.json", "{\"a\":1}");
    auto graft = PdfGraft::open(image, {});
    EXPECT_TRUE(graft) << graft.error().message;
    EXPECT_TRUE((*graft)->add(page));
    const fs::path pdf = folder_.path() / name;
    const auto written = (*graft)->write(attachment, pdf);
    EXPECT_TRUE(written) << written.error().message;
    return pdf;
  }

  TemporaryFolder folder_;
};

TEST_F(Graft, EveryScriptCanBeFound) {
  const std::vector<std::string> words = {"Straße", "Ωμέγα", "договор", "合計", "𝒜😀"};
  const std::string text =
      output_of("pdftotext -raw " + made(page_of(words), "a.pdf").string() + " -");
  for (const std::string& word : words) {
    EXPECT_NE(text.find(word), std::string::npos) << word << " in " << text;
  }
}

TEST_F(Graft, ASplitWordIsTwoWordsThatShareItsBox) {
  const std::string pdf = made(page_of({"Amount due"}), "a.pdf").string();
  const std::string words = output_of("pdftotext -bbox " + pdf + " -");
  // 600 pixels at 300 dpi are 144 points; the box reaches from 4.8 to 52.8.
  EXPECT_NE(words.find("<word xMin=\"4.8"), std::string::npos) << words;
  EXPECT_NE(words.find(">Amount</word>"), std::string::npos) << words;
  EXPECT_NE(words.find("xMax=\"52."), std::string::npos) << words;
  EXPECT_NE(words.find(">due</word>"), std::string::npos) << words;
}

TEST_F(Graft, TheSameBytesTwice) {
  const Page page = page_of({"One", "two"});
  EXPECT_EQ(fixtures::read_file(made(page, "a.pdf")), fixtures::read_file(made(page, "b.pdf")));
}

TEST_F(Graft, WhatIsNoDocumentIsRefused) {
  EXPECT_EQ(PdfGraft::open(folder_.path() / "nowhere", {}).error().code, ErrorCode::not_found);
  const auto noise = PdfGraft::open(folder_.write("a.pdf", "%PDF-1.4 and then noise"), {});
  ASSERT_FALSE(noise);
  EXPECT_EQ(noise.error().code, ErrorCode::unreadable_input);
}

TEST_F(Graft, APageThatIsNotThereIsAnError) {
  const fs::path pdf = made(page_of({"One"}), "a.pdf");
  auto graft = PdfGraft::open(pdf, {});
  ASSERT_TRUE(graft);
  Page page = page_of({"Two"});
  page.number = 2;
  EXPECT_EQ((*graft)->add(page).error().code, ErrorCode::not_found);
}

TEST(InvisibleFont, GivesACharacterTheSameCodeEachTime) {
  InvisibleFont font;
  EXPECT_EQ(font.codes(U"abba"), "0001000200020001");
  EXPECT_EQ(font.codes(U"\U0001d49c"), "0003");
  EXPECT_NE(font.to_unicode().find("<0003> <D835DC9C>"), std::string::npos);
  EXPECT_EQ(font.glyphs_of_codes().size(), 8U);
}

TEST(InvisibleFont, HasNoMoreCodesThanTwoBytesHold) {
  InvisibleFont font;
  std::u32string all;
  for (char32_t c = 0x10000; c < 0x20100; ++c) all += c;
  const std::string codes = font.codes(all);
  EXPECT_EQ(codes.size(), 4 * all.size());
  EXPECT_EQ(codes.substr(codes.size() - 4), codes.substr(codes.size() - 8, 4));
}

// The corner at the top left of what a viewer shows, for each way in which it can turn a page.
TEST(PageSpace, KnowsWhereTheTopLeftIs) {
  const auto corner = [](int rotate) { return from_shown({10, 20, 110, 220, rotate}, {0, 0}); };
  EXPECT_EQ(corner(0).y, 220);
  EXPECT_EQ(corner(90).x, 10);
  EXPECT_EQ(corner(90).y, 20);
  EXPECT_EQ(corner(180).x, 110);
  EXPECT_EQ(corner(270).x, 110);
  EXPECT_EQ(corner(270).y, 220);
}

}  // namespace
}  // namespace emend
