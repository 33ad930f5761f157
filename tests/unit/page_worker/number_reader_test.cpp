// SPDX-License-Identifier: Apache-2.0
// The reader of numbers: crop, network and file. The fixture is a tiny network of random weights
// with what PyTorch makes of fixed crops (tests/fixtures/reader/README.md).
#include "page_worker/number_reader/number_reader.h"

#include <ggml.h>
#include <gguf.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

#include "unit/page_worker/fixtures.h"

namespace emend {
namespace {

using fixtures::TemporaryFolder;
using nlohmann::json;

const std::filesystem::path kFixtures = EMEND_TEST_READER;
const std::filesystem::path kTiny = kFixtures / "tiny.gguf";

json reference(const std::filesystem::path& path = kFixtures / "tiny.json") {
  std::ifstream file(path);
  return json::parse(file);
}

GreyCrop crop_of(const json& entry) {
  return {entry.at("width").get<int>(), entry.at("height").get<int>(),
          entry.at("pixels").get<std::vector<std::uint8_t>>()};
}

// Dark strokes on light paper; the same for the same seed.
GreyCrop strokes(int width, int height, unsigned seed) {
  GreyCrop crop{width, height, {}};
  std::mt19937 generator(seed);
  for (int i = 0; i < width * height; ++i) {
    const bool is_ink = (i % width) % 9 < 3 && i / width > height / 5;
    crop.pixels.push_back(static_cast<std::uint8_t>((is_ink ? 30U : 220U) + generator() % 20));
  }
  return crop;
}

// From column `first` on, which cuts through a character.
GreyCrop cut_off(const GreyCrop& crop, int first) {
  GreyCrop rest{crop.width - first, crop.height, {}};
  for (int i = 0; i < crop.width * crop.height; ++i) {
    if (i % crop.width >= first) rest.pixels.push_back(crop.pixels.at(static_cast<std::size_t>(i)));
  }
  return rest;
}

ReaderFile tiny_file() {
  auto file = open_reader_file(kTiny, "");
  EXPECT_TRUE(file) << file.error().message;
  return std::move(*file);
}

NumberReader tiny_reader() {
  auto reader = NumberReader::open(kTiny, "");
  EXPECT_TRUE(reader) << reader.error().message;
  return std::move(*reader);
}

TEST(NumberReaderCrop, IsWhatTheTrainingSees) {
  const json all = reference();
  ASSERT_GE(all.at("crops").size(), 4U);
  for (const json& entry : all.at("crops")) {
    const auto ink = normalised(crop_of(entry));
    ASSERT_TRUE(ink);
    EXPECT_EQ(ink->width, entry.at("input_width").get<int>());
    const auto expected = entry.at("input").get<std::vector<float>>();
    ASSERT_EQ(ink->ink.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(ink->ink[i], expected[i], 1e-4) << "pixel " << i << ", width " << ink->width;
    }
  }
}

TEST(NumberReaderCrop, KeepsProportionsInMultiplesOfFour) {
  EXPECT_EQ(normalised(strokes(100, 32, 1))->width, 100);
  EXPECT_EQ(normalised(strokes(101, 32, 1))->width, 100);
  EXPECT_EQ(normalised(strokes(102, 32, 1))->width, 104);
  EXPECT_EQ(normalised(strokes(50, 16, 1))->width, 100);
  EXPECT_EQ(normalised(strokes(9, 90, 1))->width, kNarrowestCrop);
}

TEST(NumberReaderCrop, IsHalfAsWideAgainWhenStretched) {
  EXPECT_EQ(normalised(strokes(100, 32, 1), true)->width, 152);
  EXPECT_EQ(normalised(strokes(16, 32, 1), true)->width, 24);
  EXPECT_TRUE(normalised(strokes(1500, 32, 1)));
  EXPECT_FALSE(normalised(strokes(1500, 32, 1), true));
}

TEST(NumberReaderCrop, HasNothingToReadWithoutContrast) {
  GreyCrop blank{40, 20, std::vector<std::uint8_t>(800, 200)};
  EXPECT_FALSE(normalised(blank));
  for (std::size_t i = 0; i < blank.pixels.size(); i += 3) blank.pixels[i] = 189;
  EXPECT_FALSE(normalised(blank));
  for (std::size_t i = 0; i < blank.pixels.size(); i += 3) blank.pixels[i] = 150;
  EXPECT_TRUE(normalised(blank));
  EXPECT_FALSE(normalised(GreyCrop{}));
  EXPECT_FALSE(normalised(GreyCrop{4, 4, {1, 2, 3}}));  // fewer pixels than it says
}

TEST(NumberReaderCrop, IsTheBoxWithAMarginOnThePage) {
  const PixPtr page(pixCreate(300, 200, 8));
  pixSetBlackOrWhite(page.get(), L_SET_WHITE);
  pixSetPixel(page.get(), 97, 47, 7);
  const auto inside = cut_crop(page.get(), {100, 50, 60, 20});  // 15 % of 20 is 3
  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->width, 66);
  EXPECT_EQ(inside->height, 26);
  EXPECT_EQ(inside->pixels.front(), 7);
  const auto corner = cut_crop(page.get(), {-5, -5, 60, 20});
  ASSERT_TRUE(corner);
  EXPECT_EQ(corner->width, 58);
  EXPECT_EQ(corner->height, 18);
  EXPECT_FALSE(cut_crop(page.get(), {400, 50, 60, 20}));
  EXPECT_FALSE(cut_crop(page.get(), {100, 50, 0, 20}));
  EXPECT_FALSE(cut_crop(page.get(), {100, 50, 60, -20}));
  EXPECT_FALSE(cut_crop(page.get(), {2'000'000'000, 2'000'000'000, 2'000'000'000, 2'000'000'000}));
  EXPECT_FALSE(cut_crop(nullptr, {100, 50, 60, 20}));
}

TEST(NumberReaderCrop, TakesPagesOfOneBit) {
  const PixPtr page(pixCreate(64, 32, 1));
  pixSetPixel(page.get(), 10, 10, 1);  // black
  const auto crop = cut_crop(page.get(), {0, 0, 64, 32});
  ASSERT_TRUE(crop);
  EXPECT_EQ(crop->pixels.at(10 * 64 + 10), 0);
  EXPECT_EQ(crop->pixels.at(0), 255);
}

void expect_log_probabilities(const std::filesystem::path& model, const json& wanted) {
  const auto file = open_reader_file(model, "");
  ASSERT_TRUE(file) << file.error().message;
  auto network = ReaderNetwork::create(*file);
  ASSERT_TRUE(network) << network.error().message;
  for (const json& entry : wanted.at("crops")) {
    const auto ink = normalised(crop_of(entry));
    ASSERT_TRUE(ink);
    const auto found = network->run(*ink);
    ASSERT_TRUE(found) << found.error().message;
    const json& expected = entry.at("log_probs");
    ASSERT_EQ(found->steps, expected.size());
    ASSERT_EQ(found->classes, expected.front().size());
    for (std::size_t step = 0; step < found->steps; ++step) {
      for (std::size_t c = 0; c < found->classes; ++c) {
        const float value = expected[step][c].get<float>();
        ASSERT_NEAR(found->at(step)[c], value, 1e-3 + 1e-3 * std::abs(value))
            << "step " << step << ", class " << c;
      }
    }
  }
}

TEST(NumberReaderNetwork, GivesPyTorchsLogProbabilities) {
  expect_log_probabilities(kTiny, reference());
}

// The network that emend brings along.
TEST(NumberReaderNetwork, OfEmendGivesPyTorchsLogProbabilitiesToo) {
  const std::filesystem::path model = EMEND_READER_FILE;
  if (!std::filesystem::exists(model)) GTEST_SKIP() << "this emend has no reader of numbers";
  expect_log_probabilities(model, reference(kFixtures / "trained.json"));
}

TEST(NumberReaderNetwork, TheSameCropGivesTheSameBytesWhateverCameBefore) {
  NumberReader one = tiny_reader();
  NumberReader other = tiny_reader();
  const auto wanted = one.read(strokes(120, 30, 1));
  ASSERT_TRUE(wanted);
  for (unsigned i = 0; i < 20; ++i) {
    ASSERT_TRUE(other.read(strokes(40 + 37 * static_cast<int>(i), 30, i)));
  }
  const auto again = other.read(strokes(120, 30, 1));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->ln_likelihood(), wanted->ln_likelihood());
  EXPECT_EQ(again->reading(), wanted->reading());
}

// Noise, a crop of four pixels, and one far too long: a reading or none, and no harm.
TEST(NumberReader, TakesWhateverCropThereIs) {
  NumberReader reader = tiny_reader();
  GreyCrop noise{200, 40, {}};
  std::mt19937 generator(5);
  for (int i = 0; i < noise.width * noise.height; ++i) {
    noise.pixels.push_back(static_cast<std::uint8_t>(generator()));
  }
  const auto something = reader.read(noise);
  ASSERT_TRUE(something);
  EXPECT_TRUE(std::isfinite(something->ln_likelihood()));
  EXPECT_FALSE(reader.read(GreyCrop{}));
  EXPECT_TRUE(reader.read(strokes(4, 4, 1)));
  EXPECT_TRUE(reader.read(GreyCrop{1, 4, {0, 255, 0, 255}}));
  EXPECT_FALSE(reader.read(GreyCrop{1, 1, {0}}));
  EXPECT_FALSE(reader.read(strokes(20'000, 30, 1)));
  EXPECT_TRUE(reader.read(strokes(20'000, 400, 1)));  // 1,600 pixels after scaling
  EXPECT_TRUE(reader.read(strokes(30, 20'000, 1)));
}

TEST(NumberReader, GivesAlternativesInTheFormOfAReading) {
  NumberReader reader = tiny_reader();
  for (unsigned seed = 1; seed < 6; ++seed) {
    const auto found = reader.read(strokes(90, 24, seed));
    ASSERT_TRUE(found);
    const Reading reading = found->reading();
    std::string joined;
    for (const auto& slot : reading.characters) {
      joined += slot.front().text;
      EXPECT_EQ(slot.front().cost, 0);
      for (std::size_t i = 1; i < slot.size(); ++i) {
        EXPECT_NE(slot[i].text, slot.front().text);
        EXPECT_GE(slot[i].cost, slot[i - 1].cost);
      }
    }
    EXPECT_EQ(joined, reading.text);
    EXPECT_EQ(reading.text, found->text());
    EXPECT_DOUBLE_EQ(found->ln_likelihood_of(found->text()), found->ln_likelihood());
    EXPECT_NEAR(reading.confidence, std::exp(found->ln_likelihood()), 1e-12);
  }
}

// What two readers agree on is steady without being stretched; everything else is stretched, and
// no reading changes by what was expected.
TEST(NumberReader, IsSteadyWhereItSurelyReadsWhatWasExpected) {
  auto reader = NumberReader::open(EMEND_READER_FILE, "");
  if (!reader) GTEST_SKIP() << reader.error().message;
  std::size_t agreed = 0;
  std::size_t doubted = 0;
  const json all = reference(kFixtures / "trained.json");
  for (const json& entry : all.at("crops")) {
    const GreyCrop whole = crop_of(entry);
    for (int first = 0; first + 8 < whole.width; first += 3) {
      const GreyCrop crop = cut_off(whole, first);
      const auto alone = reader->read(crop);
      if (!alone) continue;
      const auto other = reader->read(crop, "otherwise");
      const auto same = reader->read(crop, alone->text());
      EXPECT_EQ(other->is_steady(), alone->is_steady());
      EXPECT_EQ(same->reading(), alone->reading());
      const bool is_sure = alone->ln_likelihood() > std::log(0.8);
      EXPECT_EQ(same->is_steady(), is_sure || alone->is_steady());
      agreed += is_sure && !alone->is_steady() ? 1 : 0;
      doubted += !is_sure && !alone->is_steady() ? 1 : 0;
    }
  }
  EXPECT_GT(agreed, 0U);
  EXPECT_GT(doubted, 0U);
}

TEST(NumberReader, TellsHowLikelyATextIs) {
  NumberReader reader = tiny_reader();
  const auto found = reader.read(strokes(60, 32, 1));
  ASSERT_TRUE(found);
  EXPECT_TRUE(std::isfinite(found->ln_likelihood_of("12.50")));
  EXPECT_TRUE(std::isfinite(found->ln_likelihood_of("12~50")));  // a sign that it does not know
  EXPECT_EQ(found->ln_likelihood_of("1\xE2\x80\x93"
                                    "2"),
            found->ln_likelihood_of("1-2"));
  EXPECT_EQ(found->ln_likelihood_of("1234567890123456789"), kImpossible);  // 15 columns
}

class NumberReaderFile : public testing::Test {
 protected:
  static ErrorCode code_of(const std::filesystem::path& path, std::string_view digest = "") {
    const auto reader = NumberReader::open(path, digest);
    EXPECT_FALSE(reader) << path;
    if (reader) return ErrorCode::invalid_argument;
    EXPECT_FALSE(reader.error().message.empty());
    return reader.error().code;
  }
  // The tiny file with something changed, as a well-formed GGUF.
  std::filesystem::path rewritten(const std::function<void(gguf_context*)>& change) const {
    ggml_context* tensors = nullptr;
    gguf_context* tiny = gguf_init_from_file(kTiny.c_str(), {.no_alloc = false, .ctx = &tensors});
    gguf_context* gguf = gguf_init_empty();
    gguf_set_kv(gguf, tiny);
    for (ggml_tensor* tensor = ggml_get_first_tensor(tensors); tensor != nullptr;
         tensor = ggml_get_next_tensor(tensors, tensor)) {
      if (gguf_find_tensor(tiny, tensor->name) >= 0) gguf_add_tensor(gguf, tensor);
    }
    change(gguf);
    const auto path = folder_.path() / "changed.gguf";
    gguf_write_to_file(gguf, path.c_str(), false);
    gguf_free(gguf);
    gguf_free(tiny);
    ggml_free(tensors);
    return path;
  }
  static void set_alphabet(gguf_context* gguf, const std::vector<const char*>& signs) {
    std::vector<const char*> copy = signs;
    gguf_set_arr_str(gguf, "emend-reader.alphabet", copy.data(), copy.size());
  }

  TemporaryFolder folder_;
  const std::string bytes_ = fixtures::read_file(kTiny);
};

TEST_F(NumberReaderFile, IsKnownByItsDigest) {
  const auto file = open_reader_file(kTiny, "");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->digest.size(), 64U);
  EXPECT_TRUE(NumberReader::open(kTiny, file->digest));
  std::string changed = bytes_;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  const auto path = folder_.write("changed.gguf", changed);
  EXPECT_EQ(code_of(path, file->digest), ErrorCode::unreadable_input);
  EXPECT_EQ(code_of(folder_.path() / "none.gguf"), ErrorCode::not_found);
}

TEST_F(NumberReaderFile, CutShortAnywhereIsRefused) {
  for (std::size_t size = 0; size < bytes_.size(); size += size < 4096 ? 1 : 61) {
    const auto path = folder_.write("short.gguf", bytes_.substr(0, size));
    ASSERT_EQ(code_of(path), ErrorCode::unreadable_input) << size << " bytes";
  }
}

TEST_F(NumberReaderFile, ADamagedByteHarmsNobody) {
  std::size_t refused = 0;
  constexpr std::array kChanges = {0x01, 0x80, 0xFF};
  for (std::size_t at = 0; at < 3000; ++at) {
    std::string changed = bytes_;
    changed[at] = static_cast<char>(changed[at] ^ kChanges.at(at % kChanges.size()));
    const auto reader = NumberReader::open(folder_.write("changed.gguf", changed), "");
    if (!reader) ++refused;
  }
  EXPECT_GT(refused, 1000U);
}

TEST_F(NumberReaderFile, WrittenAgainIsTaken) {
  EXPECT_TRUE(NumberReader::open(rewritten([](gguf_context* /*gguf*/) {}), ""));
}

TEST_F(NumberReaderFile, OfAnotherKindIsRefused) {
  EXPECT_EQ(code_of(folder_.write("a.gguf", "not a GGUF file")), ErrorCode::unreadable_input);
  EXPECT_EQ(code_of(folder_.path()), ErrorCode::io_failed);
  EXPECT_EQ(code_of(rewritten([](gguf_context* gguf) {
              gguf_set_val_str(gguf, "general.architecture", "llama");
            })),
            ErrorCode::unreadable_input);
  EXPECT_EQ(code_of(rewritten(
                [](gguf_context* gguf) { gguf_set_val_u32(gguf, "emend-reader.version", 2); })),
            ErrorCode::unreadable_input);
  EXPECT_EQ(code_of(rewritten(
                [](gguf_context* gguf) { gguf_set_val_str(gguf, "emend-reader.height", "32"); })),
            ErrorCode::unreadable_input);
}

TEST_F(NumberReaderFile, WithAnotherAlphabetIsRefused) {
  const std::vector<std::vector<const char*>> alphabets = {
      {},
      {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\xEF\xBF\xBD"},  // fewer than classes
      {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},                  // no class for others
      {"0", "1", "2", "3", "4", "5", "6", "7", "8", "8", "9", "\xEF\xBF\xBD"},   // one twice
      {"0", "1", "2", "3", "4", "5", "6", "7", "89", "8", "9", "\xEF\xBF\xBD"},  // two signs in one
      {"0", "1", "2", "3", "4", "5", "6", "7", "\xFF", "8", "9", "\xEF\xBF\xBD"}};  // no UTF-8
  for (const auto& signs : alphabets) {
    const auto path = rewritten([&](gguf_context* gguf) { set_alphabet(gguf, signs); });
    EXPECT_EQ(code_of(path), ErrorCode::unreadable_input) << signs.size();
  }
  EXPECT_EQ(code_of(rewritten(
                [](gguf_context* gguf) { gguf_remove_key(gguf, "emend-reader.alphabet"); })),
            ErrorCode::unreadable_input);
}

TEST_F(NumberReaderFile, WithAnotherShapeIsRefused) {
  const auto refuses = [](const std::function<void(ReaderFile&)>& change) {
    ReaderFile file = tiny_file();
    change(file);
    const auto network = ReaderNetwork::create(file);
    return !network && network.error().code == ErrorCode::unreadable_input;
  };
  EXPECT_FALSE(refuses([](ReaderFile&) {}));
  const auto names = tiny_file().tensors;
  ASSERT_EQ(names.size(), 20U);
  for (const auto& [name, weights] : names) {
    EXPECT_TRUE(refuses([&](ReaderFile& file) { file.tensors.erase(name); })) << name;
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_TRUE(refuses([&](ReaderFile& file) {
        Weights& changed = file.tensors.at(name);
        ++changed.shape.at(i);
        changed.values.resize(static_cast<std::size_t>(changed.shape[0] * changed.shape[1] *
                                                       changed.shape[2] * changed.shape[3]));
      })) << name
          << ", dimension " << i;
    }
  }
  EXPECT_TRUE(refuses([](ReaderFile& file) { file.alphabet.push_back(U'w'); }));
}

}  // namespace
}  // namespace emend
