// SPDX-License-Identifier: Apache-2.0
#include "correct/ngram_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <random>

#include "core/digest.h"
#include "process/locations.h"
#include "training/ngram/kneser_ney.h"
#include "training/ngram/ngram_file.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

// Sentences with a little grammar, so that long n-grams repeat.
std::string small_text() {
  const std::vector<std::string> who = {"the clerk", "a customer", "our bank", "the supplier"};
  const std::vector<std::string> does = {"pays", "sends", "signs", "returns"};
  const std::vector<std::string> what = {"the invoice", "a receipt", "12 parcels", "the order"};
  std::mt19937 random(7);
  std::string text = "\n";
  for (int i = 0; i < 400; ++i) {
    text += who[random() % 4] + ' ' + does[random() % 4] + ' ' + what[random() % 4] + ".\n";
  }
  return text;
}

class NgramModelTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::temp_directory_path() / ("emend_ngram_" + std::to_string(::getpid()) + "_" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path written(const std::string& bytes, const std::string& name = "small.ngram") const {
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  static std::string trained(std::size_t order, double min_gain) {
    return training::ngram_file(training::train(small_text(), order, {.min_gain = min_gain}));
  }

  std::unique_ptr<NgramModel> model(std::size_t order = 5, double min_gain = 0) const {
    auto opened = NgramModel::open(written(trained(order, min_gain)));
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    return std::move(*opened);
  }

  // With the right checksum, so that only the checks of the structure can object.
  static std::string resealed(std::string bytes) {
    const auto digest = sha256(std::string_view(bytes).substr(SealedFile::kHashedFrom));
    std::copy(digest.begin(), digest.end(), bytes.begin() + SealedFile::kDigestOffset);
    return bytes;
  }

  fs::path folder_;
};

double score_of(NgramModel& model, const std::string& before, const std::string& candidate,
                const std::string& after) {
  const ScoreRequest request{before, {candidate}, after};
  return model.score(std::span(&request, 1))->front().front();
}

TEST_F(NgramModelTest, PrefersTheTextItKnows) {
  const auto small = model();
  const ScoreRequest request{"the clerk ", {"pays", "pavs", "p4ys"}, " the invoice.\n"};
  const auto scores = small->score(std::span(&request, 1))->front();
  EXPECT_GT(scores[0], scores[1] + 5);
  EXPECT_GT(scores[0], scores[2] + 5);
}

TEST_F(NgramModelTest, GivesEveryContextProbabilitiesThatSumToOne) {
  for (const double min_gain : {0.0, 3.0, 20.0}) {
    for (const std::size_t order : {2, 5, 8}) {
      const auto small = model(order, min_gain);
      for (const std::string context :
           {"", "the c", "our bank s", "zzz", "\xff\xfe", "the xq inv"}) {
        auto before = small->start();
        small->advance(before, context);
        double sum = 0;
        for (int byte = 0; byte < 256; ++byte) {
          auto state = before;
          const char c = static_cast<char>(byte);
          sum += std::exp(small->advance(state, {&c, 1}));
        }
        // Rounding to 256 steps costs a few percent at most.
        EXPECT_NEAR(sum, 1, 0.05) << context << " order " << order << " min_gain " << min_gain;
      }
    }
  }
}

TEST_F(NgramModelTest, ScoreIsTheSumOverTheBytes) {
  const auto small = model();
  auto state = small->start();
  small->advance(state, "our bank ");
  double sum = 0;
  for (const char c : std::string("signs a receipt.\n")) sum += small->advance(state, {&c, 1});
  EXPECT_EQ(score_of(*small, "our bank ", "signs", " a receipt.\n"), sum);
}

TEST_F(NgramModelTest, LongContextCountsOnlyAsFarAsTheOrder) {
  const auto small = model();
  const std::string before = "the supplier sends a receipt.\nthe clerk ";
  auto state = small->start();
  small->advance(state, before);
  EXPECT_EQ(score_of(*small, before, "pays", " the"), small->advance(state, "pays the"));
}

TEST_F(NgramModelTest, EmptyContextIsTheStartOfALine) {
  const auto small = model();
  EXPECT_EQ(score_of(*small, "", "the clerk", ""), score_of(*small, "\n", "the clerk", ""));
  EXPECT_GT(score_of(*small, "", "the clerk", ""), score_of(*small, "x", "the clerk", ""));
}

TEST_F(NgramModelTest, ScoresAnyBytes) {
  const auto small = model();
  std::string all;
  for (int i = 0; i < 512; ++i) all += static_cast<char>(i);
  const double score = score_of(*small, all, all, all);
  EXPECT_TRUE(std::isfinite(score));
  EXPECT_LT(score, 0);
  EXPECT_EQ(score_of(*small, "abc", "", ""), 0);
}

TEST_F(NgramModelTest, PruningMakesItSmallerAndKeepsItsSense) {
  const auto whole = trained(6, 0);
  const auto pruned = trained(6, 100);
  EXPECT_LT(pruned.size(), whole.size());
  const auto small = model(6, 100);
  EXPECT_GT(score_of(*small, "our bank ", "returns", " the order.\n"),
            score_of(*small, "our bank ", "retums", " the order.\n") + 5);
}

TEST_F(NgramModelTest, IsNamedByItsFileAndKnownByItsDigest) {
  const auto bytes = trained(4, 0);
  const auto first = *NgramModel::open(written(bytes, "english.ngram"));
  EXPECT_EQ(first->name(), "english");
  EXPECT_EQ(first->hash(), to_hex(sha256(std::string_view(bytes).substr(SealedFile::kHashedFrom))));
  EXPECT_NE(first->hash(), model()->hash());
}

TEST_F(NgramModelTest, TrainingIsRepeatable) {
  EXPECT_EQ(trained(6, 2), trained(6, 2));
}

TEST_F(NgramModelTest, SaysWhatIsWrongWithAFile) {
  EXPECT_EQ(NgramModel::open(folder_ / "none").error().code, ErrorCode::not_found);
  EXPECT_EQ(NgramModel::open(folder_).error().code, ErrorCode::unreadable_input);
  EXPECT_EQ(NgramModel::open(written("")).error().code, ErrorCode::unreadable_input);
  const auto text = NgramModel::open(written(std::string(100000, 'x')));
  EXPECT_EQ(text.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(text.error().message.find("small.ngram"), std::string::npos);
  EXPECT_FALSE(text.error().hint.empty());
}

TEST_F(NgramModelTest, RefusesEveryTruncation) {
  const auto bytes = trained(3, 0);
  for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 97) {
    const auto opened = NgramModel::open(written(bytes.substr(0, size)));
    ASSERT_FALSE(opened) << size;
    EXPECT_EQ(opened.error().code, ErrorCode::unreadable_input);
  }
  EXPECT_FALSE(NgramModel::open(written(bytes + '\0')));
}

TEST_F(NgramModelTest, RefusesEveryFlippedBit) {
  const auto bytes = trained(3, 0);
  for (std::size_t i = 0; i < bytes.size(); i += i < 200 ? 1 : 61) {
    auto broken = bytes;
    broken[i] = static_cast<char>(broken[i] ^ (1 << i % 8));
    EXPECT_FALSE(NgramModel::open(written(broken))) << i;
  }
}

// A file that was damaged before it was sealed: it may be refused or make no sense, never crash.
TEST_F(NgramModelTest, SurvivesDamageBehindARightChecksum) {
  const auto bytes = trained(3, 0);
  std::mt19937 random(11);
  int opened_anyway = 0;
  for (int round = 0; round < 400; ++round) {
    auto broken = bytes;
    for (int i = 0; i < 3; ++i) {
      const auto place =
          SealedFile::kHashedFrom + random() % (broken.size() - SealedFile::kHashedFrom);
      broken[place] = static_cast<char>(random());
    }
    // The header and the structure's arrays are hit by chance; aim at them as well.
    broken[40 + random() % 40] = static_cast<char>(random());
    const auto opened = NgramModel::open(written(resealed(broken)));
    if (!opened) continue;
    ++opened_anyway;
    auto state = (*opened)->start();
    EXPECT_FALSE(std::isnan((*opened)->advance(state, small_text().substr(0, 2000))));
  }
  EXPECT_LT(opened_anyway, 400);
}

struct Pair {
  std::string before, right, wrong, after;
};

void expect_preferences(const std::vector<Pair>& pairs) {
  const auto path = find_data("models/embedded.ngram");
  ASSERT_TRUE(path);
  const auto embedded = NgramModel::open(*path);
  ASSERT_TRUE(embedded) << embedded.error().message;
  for (const auto& pair : pairs) {
    EXPECT_GT(score_of(**embedded, pair.before, pair.right, pair.after),
              score_of(**embedded, pair.before, pair.wrong, pair.after) + 3)
        << pair.right;
  }
}

TEST(EmbeddedNgram, KnowsEnglishProse) {
  expect_preferences({{"Thank you for ", "your", "yonr", " letter of the 3rd"},
                      {"In the ", "morning", "moming", " they went away"},
                      {"He opened the ", "window", "windovv", " and looked out"},
                      {"of the ", "people", "peopIe", ", by the people"}});
}

TEST(EmbeddedNgram, KnowsInvoicesAndReceipts) {
  expect_preferences({{"", "Invoice", "lnvoice", " number"},
                      {"", "Invoice", "Invoic", " # 12345\n"},
                      {"", "TOTAL", "T0TAL", " AMOUNT"},
                      {"", "SUBTOTAL", "SUBT0TAL", ": 12.50"},
                      {"THANK YOU, ", "PLEASE", "PLEA5E", " COME AGAIN"},
                      {"", "Description", "Descriptlon", " Qty Unit Price"},
                      {"", "Payment", "Payrnent", " within 30 days."}});
}

TEST(EmbeddedNgram, KnowsGermanAndFrenchBusiness) {
  expect_preferences({{"", "Rechnung", "Rechnurig", " Nr. 2023-17"},
                      {"zzgl. ", "Umsatzsteuer", "Urnsatzsteuer", " 19%"},
                      {"Mit freundlichen ", "Grüßen", "Grilßen", "\n"},
                      {"", "Facture", "Facturc", " n° 42"},
                      {"Montant ", "total", "tolal", " : 12,50 €"}});
}

}  // namespace
}  // namespace emend
