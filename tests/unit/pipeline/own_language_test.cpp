// SPDX-License-Identifier: Apache-2.0
// Files that the user brings along, good ones and others.
#include "pipeline/own_language.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/digest.h"
#include "emend/correct.h"
#include "process/locations.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

class OwnLanguageFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("own_language_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    const auto file = find_data("models/embedded.ngram");
    ASSERT_TRUE(file);
    embedded_ = std::move(*NgramModel::open(*file));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& bytes) const {
    const fs::path path = folder_ / "file.txt";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

  [[nodiscard]] Result<OwnLanguage> open(const CorrectOptions& options) const {
    return open_own_language(options, *embedded_);
  }

  // What is wrong with the file as a list, and as text; both name it.
  void expect_refused(const std::string& path, ErrorCode code, const std::string& what) const {
    for (const bool as_list : {true, false}) {
      CorrectOptions options;
      (as_list ? options.words : options.domain) = path;
      const auto opened = open(options);
      ASSERT_FALSE(opened) << what;
      EXPECT_EQ(opened.error().code, code) << opened.error().message;
      EXPECT_NE(opened.error().message.find(path), std::string::npos) << opened.error().message;
      EXPECT_NE(opened.error().message.find(what), std::string::npos) << opened.error().message;
    }
  }

  fs::path folder_;
  std::unique_ptr<NgramModel> embedded_;
};

TEST_F(OwnLanguageFiles, AreNoneWithoutAName) {
  const auto own = open({});
  ASSERT_TRUE(own);
  EXPECT_FALSE(own->words);
  EXPECT_EQ(own->domain, nullptr);
  EXPECT_EQ(own->digests.words + own->digests.domain, "");
}

TEST_F(OwnLanguageFiles, AreReadWithTheirDigests) {
  const std::string list =
      "\xEF\xBB\xBF"
      "bakkwa\r\nLemak\r\n";
  CorrectOptions options;
  options.words = file(list);
  auto own = open(options);
  ASSERT_TRUE(own);
  EXPECT_TRUE(own->words->is_listed("Bakkwa")) << "a mark in front of the text is no part of it";
  EXPECT_EQ(own->digests.words, to_hex(sha256(list)));
  EXPECT_EQ(own->domain, nullptr);

  options = {};
  options.domain = file("nasi goreng, nasi lemak\n");
  own = open(options);
  ASSERT_TRUE(own);
  EXPECT_TRUE(own->words->contains("nasi"));
  EXPECT_FALSE(own->words->contains("lemak"));
  EXPECT_NE(own->domain, nullptr);
  EXPECT_EQ(own->digests.domain.size(), 64U);
}

TEST_F(OwnLanguageFiles, WithoutAWordThatComesTwiceAreATextAllTheSame) {
  CorrectOptions options;
  options.domain = file("nasi goreng 12\n");
  const auto own = open(options);
  ASSERT_TRUE(own);
  EXPECT_FALSE(own->words);
  EXPECT_NE(own->domain, nullptr);
}

TEST_F(OwnLanguageFiles, ThatCannotBeTakenAreNamedWithTheReason) {
  expect_refused((folder_ / "none.txt").string(), ErrorCode::not_found, "No such file");
  expect_refused(folder_.string(), ErrorCode::unreadable_input, "is a folder");
  expect_refused(file(""), ErrorCode::unreadable_input, "is empty");
  expect_refused(file("\xEF\xBB\xBF \n\t\n"), ErrorCode::unreadable_input, "is empty");
  expect_refused(file("one\ntw\xFFo\n"), ErrorCode::unreadable_input, "UTF-8");
  const std::string huge = file("word\n");
  fs::resize_file(huge, (16U << 20U) + 1);
  expect_refused(huge, ErrorCode::limit_exceeded, "is larger than");
}

TEST_F(OwnLanguageFiles, WithoutAWordAreNoList) {
  CorrectOptions options;
  options.words = file("# names\n1O0\n$100.00\n");
  const auto own = open(options);
  ASSERT_FALSE(own);
  EXPECT_EQ(own.error().code, ErrorCode::unreadable_input);
  EXPECT_NE(own.error().message.find("has no word in it"), std::string::npos);
}

// By the options, as any face has it.
TEST_F(OwnLanguageFiles, CountInCorrection) {
  CorrectOptions options;
  const std::string raw = "Invoic # 12345\nTotal: 12.00\n";
  const auto without = correct_text(raw, options);
  ASSERT_TRUE(without);
  EXPECT_EQ(without->text, "Invoice # 12345\nTotal: 12.00\n");
  options.words = file("Invoic 12.80\n");
  const auto with = correct_text(raw, options);
  ASSERT_TRUE(with) << with.error().message;
  EXPECT_EQ(with->text, raw);
  options.words = (folder_ / "none.txt").string();
  EXPECT_EQ(correct_text(raw, options).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace emend
