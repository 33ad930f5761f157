// SPDX-License-Identifier: Apache-2.0
// The byte model that comes with emend: when it is asked, and that nothing is lost without it.
#include "pipeline/embedded_gguf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "correct/text_corrector.h"
#include "emend/doctor.h"
#include "fakes/setting.h"
#include "fakes/tiny_gguf.h"
#include "models/file_hash.h"
#include "pipeline/proofreader.h"
#include "process/locations.h"

namespace emend {
namespace {

namespace fs = std::filesystem;
using fakes::Setting;
using fakes::TinyModel;

// Some of these are close calls for the n-gram, some are not, and the numbers are nobody's
// business.
constexpr const char* kText =
    "Tbank you for yonr letler of the 3rd of May and for tbe invoico.\n"
    "We bave recieved the goods an Monday, but ome box was damagod.\n"
    "Plcase send us a new ane before the ond of tbe mouth, 1O0.00 in all.\n"
    "The payrnent of $250.00 was made by chcck nurnber 4471 lasl week.\n";
constexpr const char* kClean = "Thank you for your letter.\n";

class EmbeddedGgufTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(::testing::TempDir()) / ("embedded_" + std::to_string(::getpid()));
    fs::create_directories(models());
    const auto ngram = find_data("models/embedded.ngram");
    ASSERT_TRUE(ngram) << ngram.error().message;
    for (const auto& entry : fs::directory_iterator(ngram->parent_path())) {
      if (entry.path().stem() == "embedded" && entry.path().extension() != ".ngram") continue;
      fs::create_symlink(entry.path(), models() / entry.path().filename());
    }
    data_.emplace("EMEND_DATA_DIR", directory_.string());
  }
  void TearDown() override {
    data_.reset();
    fs::remove_all(directory_);
  }

  [[nodiscard]] fs::path models() const { return directory_ / "models"; }

  // A model that would rather have the other letter everywhere.
  void add_model(double weight, std::string sha256 = {}) const {
    const fs::path file = models() / "embedded.gguf";
    TinyModel::bigram({}, [](int token, int next) {
      return ((token * 31 + next * 17) % 23) / 2.0;
    }).write(file);
    if (sha256.empty()) sha256 = sha256_of_file(file).value_or("");
    write_card(R"({"file": "embedded.gguf", "version": "7", "weight": )" + std::to_string(weight) +
               R"(, "sha256": ")" + sha256 + "\"}");
  }

  void write_card(const std::string& json) const {
    std::ofstream(models() / "embedded.json") << json;
  }

  [[nodiscard]] static Proofreader proofreader() {
    auto made = Proofreader::create({}, {}, {"eng"}, {});
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }

  [[nodiscard]] static CorrectedText corrected(const Proofreader& by, const char* text = kText) {
    auto result = proofread(text, {}, by.sources(), {});
    EXPECT_TRUE(result) << result.error().message;
    return result.value_or(CorrectedText());
  }

  // The text is the n-gram's, and somebody says so.
  static void expect_ngram_alone(const CorrectedText& expected, const std::string& why) {
    const CorrectedText text = corrected(proofreader());
    EXPECT_EQ(text.text, expected.text) << why;
    EXPECT_EQ(text.edits, expected.edits) << why;
    ASSERT_EQ(text.notices.size(), 1U) << why;
    EXPECT_EQ(text.notices[0].code, NoticeCode::model_failed);
    EXPECT_NE(text.notices[0].message.find("by the n-gram model alone"), std::string::npos);
  }

  fs::path directory_;
  std::optional<Setting> data_;
};

TEST_F(EmbeddedGgufTest, WithoutOneTheNgramDecidesAlone) {
  const Proofreader alone = proofreader();
  const CorrectedText text = corrected(alone);
  EXPECT_TRUE(text.notices.empty());
  EXPECT_NE(text.text.find("Thank you for your letter"), std::string::npos) << text.text;
  EXPECT_EQ(alone.model_name(), "embedded");
  EXPECT_EQ(diagnose().embedded_gguf, "");
}

TEST_F(EmbeddedGgufTest, ChangesCloseCallsByItsWeightAlone) {
  const CorrectedText alone = corrected(proofreader());
  add_model(0);
  const Proofreader weightless = proofreader();
  EXPECT_EQ(corrected(weightless).edits, alone.edits);
  const std::string hash = weightless.model_hash();
  add_model(1);
  const Proofreader heavy = proofreader();
  const CorrectedText text = corrected(heavy);
  EXPECT_TRUE(text.notices.empty()) << text.notices.front().message;
  EXPECT_NE(text.edits, alone.edits);
  EXPECT_EQ(corrected(proofreader()).edits, text.edits) << "the same again";
  EXPECT_NE(heavy.model_hash(), hash) << "other results, other provenance";
  EXPECT_NE(text.text.find("$250.00"), std::string::npos);
  EXPECT_NE(text.text.find("4471"), std::string::npos);
}

TEST_F(EmbeddedGgufTest, StartsNoProcessBeforeACloseCallAndGivesItBack) {
  add_model(0.5);
  Proofreader by = proofreader();
  (void)corrected(by, kClean);
  EXPECT_FALSE(by.free_model().was_loaded);
  (void)corrected(by);
  EXPECT_GT(by.model_seconds(), 0);
  const FreeReport freed = by.free_model();
  EXPECT_TRUE(freed.was_loaded);
  EXPECT_TRUE(freed.host_ended);
  EXPECT_GT(freed.host_bytes_before, 0);
  EXPECT_EQ(freed.host_bytes_after, 0);
  EXPECT_TRUE(corrected(by).notices.empty()) << "and starts another one when asked again";
}

TEST_F(EmbeddedGgufTest, WhereItRanIsNotInTheProvenance) {
  add_model(0.5);
  const Proofreader by = proofreader();
  (void)corrected(by);
  EXPECT_EQ(by.placement(), "") << "else a document would depend on those before it";
  EXPECT_FALSE(by.shortage());
}

TEST_F(EmbeddedGgufTest, AFileWithAnotherHashIsNotAsked) {
  const CorrectedText alone = corrected(proofreader());
  add_model(1, std::string(64, 'a'));
  expect_ngram_alone(alone, "another hash");
  EXPECT_EQ(diagnose().embedded_gguf, "");
  add_model(1);
  fs::remove(models() / "embedded.gguf");
  expect_ngram_alone(alone, "no file");
}

TEST_F(EmbeddedGgufTest, WithoutAHostTheNgramDecidesAlone) {
  const CorrectedText alone = corrected(proofreader());
  add_model(1);
  const Setting nowhere("EMEND_LIBEXEC_DIR", directory_.string());
  expect_ngram_alone(alone, "no host");
}

TEST_F(EmbeddedGgufTest, WhenTheHostFailsTheNgramDecidesAlone) {
  const CorrectedText alone = corrected(proofreader());
  add_model(1);
  const Setting fake("EMEND_LIBEXEC_DIR", EMEND_FAKE_LIBEXEC);
  for (const char* behaviour : {"crash_on_load", "crash_on_score", "garbage", "wrong_count"}) {
    const Setting misbehaves("EMEND_FAKE_HOST", behaviour);
    expect_ngram_alone(alone, behaviour);
  }
}

TEST_F(EmbeddedGgufTest, ABrokenHostIsStartedOnceForADocument) {
  add_model(1);
  auto card = find_embedded_card();
  ASSERT_TRUE(card);
  ASSERT_TRUE(*card);
  EmbeddedGguf model(**card, {}, {});
  const ScoreRequest request{"", {"a", "b"}, ""};
  {
    const Setting nowhere("EMEND_LIBEXEC_DIR", directory_.string());
    EXPECT_FALSE(model.score(std::span(&request, 1)));
  }
  EXPECT_FALSE(model.score(std::span(&request, 1))) << "it would work now, but nobody looks";
  EXPECT_EQ(model.host_process(), -1);
  model.try_again();
  EXPECT_TRUE(model.score(std::span(&request, 1)));
  EXPECT_GT(model.host_process(), 0);
}

TEST_F(EmbeddedGgufTest, ADamagedCardIsAnError) {
  add_model(0.5);
  for (const char* json :
       {"", "{}", "[1]", R"({"file": 3})",
        R"({"file": "embedded.gguf", "sha256": "", "version": "1", "weight": 2})"}) {
    write_card(json);
    const auto made = Proofreader::create({}, {}, {"eng"}, {});
    ASSERT_FALSE(made) << json;
    EXPECT_EQ(made.error().code, ErrorCode::unreadable_input);
  }
}

TEST_F(EmbeddedGgufTest, DoctorShowsIt) {
  add_model(0.5);
  const Diagnosis diagnosis = diagnose();
  EXPECT_EQ(diagnosis.embedded_gguf, "byte model 7");
  EXPECT_EQ(diagnosis.embedded_gguf_hash.size(), 64U);
}

}  // namespace
}  // namespace emend
