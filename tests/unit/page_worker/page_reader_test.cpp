// SPDX-License-Identifier: Apache-2.0
#include "page_worker/page_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/readings.h"
#include "emend/json.h"
#include "page_worker/number_reader/read_numbers.h"
#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fixtures::letter_page;
using fixtures::receipt_page;
using fixtures::TemporaryFolder;
using fixtures::text_page;

class PageReaderTest : public testing::Test {
 protected:
  Page read(const fs::path& path, const ReadOptions& options = {}, int number = 1) {
    auto page = reader_.read(path, number, options, {});
    EXPECT_TRUE(page) << page.error().message;
    return page.value_or(Page{});
  }
  Page read(Pix* pix, const ReadOptions& options = {}) {
    return read(folder_.write("page" + std::to_string(++count_) + ".png", pix, IFF_PNG), options);
  }

  TemporaryFolder folder_;
  PageReader reader_;
  int count_ = 0;
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(PageReaderTest, ReadsWhatIsPrinted) {
  const PixPtr picture = letter_page();
  const Page page = read(picture.get());
  EXPECT_TRUE(contains(text(page), "The quick brown fox jumps over the lazy dog")) << text(page);
  EXPECT_EQ(page.number, 1);
  EXPECT_EQ(page.width, pixGetWidth(picture.get()));
  EXPECT_EQ(page.height, pixGetHeight(picture.get()));
  EXPECT_EQ(page.dpi, 300);
  EXPECT_EQ(page.rotation, 0);
  EXPECT_EQ(page.segmentation, "automatic");
  EXPECT_EQ(page.lines.size(), 18U);
  EXPECT_TRUE(page.notices.empty());
  EXPECT_TRUE(page.edits.empty());
}

TEST_F(PageReaderTest, DescribesWords) {
  const Page page = read(receipt_page().get());
  EXPECT_EQ(page.segmentation, "single_block");
  bool has_number = false;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      ASSERT_EQ(word.readings.size(), 1U);
      EXPECT_GT(word.box.width, 0);
      EXPECT_GE(word.box.x, 0);
      EXPECT_LE(word.box.x + word.box.width, page.width);
      EXPECT_GT(word.confidence(), 0.0);
      EXPECT_LT(word.confidence(), 1.0);
      EXPECT_EQ(word.text().find(' '), std::string::npos);
      const bool has_digit = word.text().find_first_of("0123456789") != std::string::npos;
      EXPECT_EQ(word.light == Light::none, !has_digit) << word.text();
      has_number |= word.text() == "1.20" && word.kind == WordKind::number;
    }
  }
  EXPECT_TRUE(has_number) << text(page);
}

TEST_F(PageReaderTest, AlternativesKeepTheirPromise) {
  const Page page = read(letter_page().get());
  int with_alternatives = 0;
  int words = 0;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      ++words;
      const auto& characters = word.readings.front().characters;
      if (characters.empty()) continue;
      ++with_alternatives;
      std::string joined;
      for (const auto& slot : characters) {
        ASSERT_FALSE(slot.empty());
        EXPECT_EQ(slot.front().cost, 0);
        EXPECT_TRUE(std::is_sorted(
            slot.begin(), slot.end(),
            [](const Alternative& a, const Alternative& b) { return a.cost < b.cost; }));
        joined += slot.front().text;
      }
      EXPECT_EQ(joined, word.text());
    }
  }
  EXPECT_GT(with_alternatives, words * 8 / 10);
}

TEST_F(PageReaderTest, WithoutAlternativesTheTextIsTheSame) {
  const PixPtr picture = receipt_page();
  ReadOptions options;
  const Page with = read(picture.get());
  options.alternatives = false;
  const Page without = read(picture.get(), options);
  EXPECT_EQ(text(with), text(without));
  for (const Line& line : without.lines) {
    for (const Word& word : line.words) EXPECT_TRUE(word.readings.front().characters.empty());
  }
}

TEST_F(PageReaderTest, APageComesOutTheSameWhateverWasReadBefore) {
  const PixPtr letter = letter_page();
  const PixPtr receipt = receipt_page();
  const PixPtr line = text_page({"Zorgblat quirmt 12.345 Wexford-upon-Plymb"});
  const PixPtr blank(pixCreate(400, 300, 1));
  const fs::path path = folder_.write("subject.png", receipt.get(), IFF_PNG);
  const std::string alone = to_json(read(path));
  ReadOptions plain;
  plain.alternatives = false;
  plain.segmentation = Segmentation::sparse;
  for (Pix* other : {letter.get(), line.get(), blank.get(), receipt.get()}) {
    read(other);
    EXPECT_EQ(to_json(read(path)), alone);
    read(other, plain);
    EXPECT_EQ(to_json(read(path)), alone);
  }
}

TEST_F(PageReaderTest, TurnsPagesUpright) {
  for (PixPtr (*make)() : {&letter_page, &receipt_page}) {
    const PixPtr upright = make();
    const std::string wanted = text(read(upright.get()));
    for (int quarters = 1; quarters <= 3; ++quarters) {
      const PixPtr turned(pixRotateOrth(upright.get(), quarters));
      const Page page = read(turned.get());
      EXPECT_EQ(page.rotation, 360 - 90 * quarters);
      EXPECT_EQ(text(page), wanted);
      EXPECT_EQ(page.width, pixGetWidth(upright.get()));
    }
  }
}

TEST_F(PageReaderTest, LeavesPagesAsTheyLieWhenAskedTo) {
  const PixPtr turned(pixRotateOrth(letter_page().get(), 2));
  ReadOptions options;
  options.turn_upright = false;
  EXPECT_EQ(read(turned.get(), options).rotation, 0);
  options.turn_upright = true;
  options.skip_steps = {"upright"};
  EXPECT_EQ(read(turned.get(), options).rotation, 0);
}

TEST_F(PageReaderTest, ABlankPageIsANotice) {
  const PixPtr blank(pixCreate(600, 800, 1));
  const Page page = read(blank.get());
  EXPECT_TRUE(page.lines.empty());
  ASSERT_EQ(page.notices.size(), 1U);
  EXPECT_EQ(page.notices[0].code, NoticeCode::page_blank);
  EXPECT_EQ(page.notices[0].page, 1);
}

std::string numbers_of(const Page& page) {
  std::string numbers;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words)
      numbers += word.light != Light::none ? word.text() + ' ' : "";
  }
  return numbers;
}

int words_with(const Page& page, Light light) {
  int count = 0;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) count += word.light == light ? 1 : 0;
  }
  return count;
}

TEST_F(PageReaderTest, NumbersAreGreenWhenTwoLooksAgreeAndNeverAfterOne) {
  for (PixPtr (*make)() : {&letter_page, &receipt_page}) {
    const PixPtr picture = make();
    ReadOptions options;
    options.quality = Quality::fast;
    const Page once = read(picture.get(), options);
    EXPECT_EQ(words_with(once, Light::green), 0);
    const Page twice = read(picture.get());
    EXPECT_EQ(numbers_of(twice), numbers_of(once));
    EXPECT_EQ(words_with(twice, Light::green) > 0, words_with(once, Light::yellow) > 0);
    options.quality = Quality::best;
    EXPECT_EQ(numbers_of(read(picture.get(), options)), numbers_of(once));
  }
}

// Words that have a reading of emend's own reader, and that are no number.
int letters_read_independently(const Page& page) {
  int count = 0;
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) {
      const bool is_read = other_reading_by(Reader::emend, word) != nullptr;
      count += is_read && !looks_like_number(word.text()) ? 1 : 0;
    }
  }
  return count;
}

TEST_F(PageReaderTest, InTheBestQualityEveryWordIsReadIndependently) {
  const PixPtr picture = receipt_page();
  ReadOptions options;
  EXPECT_EQ(letters_read_independently(read(picture.get(), options)), 0);
  options.quality = Quality::best;
  const Page best = read(picture.get(), options);
  EXPECT_GT(letters_read_independently(best), 0);
  options.skip_steps = {"number_reader"};
  const Page without = read(picture.get(), options);
  EXPECT_EQ(letters_read_independently(without), 0);
  EXPECT_EQ(text(without), text(best));
}

// Print that has faded to light grey, beside the black of an open scanner lid: one threshold for
// the whole page makes it white.
TEST_F(PageReaderTest, ASecondLookFindsFadedPrint) {
  const PixPtr clear = receipt_page();
  const PixPtr faded(pixGammaTRC(nullptr, clear.get(), 1.0F, -1000, 255));
  ASSERT_EQ(pixGetDepth(faded.get()), 8);
  const PixPtr page(pixAddBorder(faded.get(), 60, 0));
  ReadOptions options;
  options.skip_steps = {"border"};  // without which the first look finds the print itself
  options.quality = Quality::fast;
  EXPECT_FALSE(contains(text(read(page.get(), options)), "Fresh milk"));
  options.quality = Quality::balanced;
  const std::string seen = text(read(page.get(), options));
  EXPECT_TRUE(contains(seen, "Fresh milk")) << seen;
}

TEST_F(PageReaderTest, PaperWithoutPrintStaysBlankHoweverOftenItIsLookedAt) {
  const PixPtr paper(pixCreate(800, 1200, 8));
  for (int y = 0; y < 1200; ++y) {
    for (int x = 0; x < 800; ++x) {
      const unsigned grain =
          (static_cast<unsigned>(x) * 2654435761U ^ static_cast<unsigned>(y) * 40503U) >> 13U;
      pixSetPixel(paper.get(), x, y, 215 + grain % 25);
    }
  }
  ReadOptions options;
  options.quality = Quality::best;
  const Page page = read(paper.get(), options);
  EXPECT_EQ(text(page), "");
  ASSERT_EQ(page.notices.size(), 1U);
  EXPECT_EQ(page.notices[0].code, NoticeCode::page_blank);
}

TEST_F(PageReaderTest, TinyPicturesAreBlankPages) {
  for (const int side : {1, 2, 5, 10}) {
    const PixPtr tiny(pixCreate(side, side, 8));
    EXPECT_EQ(read(tiny.get()).notices.size(), 1U) << side;
  }
}

TEST_F(PageReaderTest, DamageThatCouldBeRepairedIsANotice) {
  const PixPtr picture = letter_page();
  const auto whole = folder_.write("a.jpg", picture.get(), IFF_JFIF_JPEG);
  const std::string jpeg = fixtures::read_file(whole);
  const Page page = read(folder_.write("b.jpg", jpeg.substr(0, jpeg.size() / 2)));
  ASSERT_EQ(page.notices.size(), 1U);
  EXPECT_EQ(page.notices[0].code, NoticeCode::input_repaired);
  EXPECT_TRUE(contains(text(page), "quick brown fox")) << text(page);
}

TEST_F(PageReaderTest, ReadsAnyPageOfAPdf) {
  const PixPtr first = text_page({"Alpha"});
  const PixPtr second = text_page({"The second page of this document is this one."});
  const auto path = folder_.write("a.pdf", fixtures::pdf_of({first.get(), second.get()}));
  const Page page = read(path, {}, 2);
  EXPECT_EQ(page.number, 2);
  EXPECT_TRUE(contains(text(page), "second page")) << text(page);
  const auto missing = reader_.read(path, 3, {}, {});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST_F(PageReaderTest, AFileThatWasReplacedIsOpenedAgain) {
  const auto path = folder_.write("a.png", text_page({"First content"}).get(), IFF_PNG);
  EXPECT_TRUE(contains(text(read(path)), "First"));
  const auto other = folder_.write("b.png", text_page({"Second content"}).get(), IFF_PNG);
  fs::rename(other, path);
  EXPECT_TRUE(contains(text(read(path)), "Second"));
}

TEST_F(PageReaderTest, AnUnknownLanguageIsAMissingDependency) {
  const auto path = folder_.write("a.png", text_page({"Hello"}).get(), IFF_PNG);
  ReadOptions options;
  options.languages = {"eng", "tlh"};
  const auto page = reader_.read(path, 1, options, {});
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::missing_dependency);
  EXPECT_TRUE(contains(page.error().message, "tlh"));
  EXPECT_TRUE(contains(text(read(path)), "Hello"));  // and goes on with the right one
}

TEST_F(PageReaderTest, KeepsItsSteps) {
  const auto path = folder_.write("a.png", text_page({"Hello"}).get(), IFF_PNG);
  ASSERT_TRUE(reader_.read(path, 1, {}, folder_.path()));
  EXPECT_TRUE(fs::exists(folder_.path() / "000001_decoded.png"));
  EXPECT_TRUE(fs::exists(folder_.path() / "000001_prepared.png"));
  const auto failed = reader_.read(path, 1, {}, folder_.path() / "nowhere");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::io_failed);
}

}  // namespace
}  // namespace emend
