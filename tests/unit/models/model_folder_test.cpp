// SPDX-License-Identifier: Apache-2.0
// A plain folder for models: what the tutorial calls directory_model_path.
#include "models/model_folder.h"

#include "unit/models/store_fixture.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

class Folder : public StoreTest {
 protected:
  Folder() {
    fill("user/tiny-GGUF");
    settings.folder = home / "Models";
  }
  void drop(const std::string& name, unsigned seed = 1) {
    write_file(settings.folder / name, TestHub::gguf(200, seed));
  }
};

TEST_F(Folder, DownloadsGoThereAsPlainFiles) {
  const auto model = resolve("user/tiny-GGUF:int8");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(model->files.at(0).path, settings.folder / "tiny-q8_0.gguf");
  EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(settings.folder / "tiny-q8_0.gguf")));
  EXPECT_EQ(read_file(settings.folder / "tiny-q8_0.gguf"), TestHub::gguf(5000, 8));
  EXPECT_FALSE(fs::exists(settings.cache));
  const auto asked = hub.request_count();
  EXPECT_TRUE(resolve("user/tiny-GGUF:int8"));
  EXPECT_EQ(hub.request_count(), asked);
}

TEST_F(Folder, AFileDroppedByHandIsUsedWithoutTheNetwork) {
  drop("anything.gguf");
  const auto model = resolve("user/tiny-GGUF:int8");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(model->files.at(0).path, settings.folder / "anything.gguf");
  EXPECT_EQ(model->repository, "");
  EXPECT_EQ(hub.request_count(), 0U);
  ASSERT_EQ(observer.remarks.size(), 1U);
  EXPECT_NE(observer.remarks[0].find("anything.gguf"), std::string::npos);
}

TEST_F(Folder, AmongSeveralTheOneWithTheRightNameIsMeant) {
  drop("anything.gguf");
  drop("Tiny-Q8_0.gguf");
  drop("tiny-q4_k_m.gguf");
  EXPECT_EQ(resolve("user/tiny-GGUF:int8")->files.at(0).path, settings.folder / "Tiny-Q8_0.gguf");
  EXPECT_EQ(resolve("user/tiny-GGUF:int4")->files.at(0).path, settings.folder / "tiny-q4_k_m.gguf");
  EXPECT_EQ(resolve("other/place:Tiny-Q8_0.gguf")->files.at(0).path,
            settings.folder / "Tiny-Q8_0.gguf");
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(Folder, SeveralThatFitEquallyAreAnError) {
  drop("tiny-a-Q8_0.gguf");
  drop("tiny-b-Q8_0.gguf");
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::invalid_argument);
  EXPECT_SAYS(model, "tiny-a-Q8_0.gguf");
  EXPECT_EQ(hub.request_count(), 0U);
}

TEST_F(Folder, SeveralOfOtherNamesDoNotStandInTheWayOfADownload) {
  drop("llama-Q8_0.gguf");
  drop("mistral-Q8_0.gguf");
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(model->files.at(0).path, settings.folder / "tiny-q8_0.gguf");
}

TEST_F(Folder, WhatWasDownloadedForAnotherModelIsNotTakenForThisOne) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  auto& other = hub.repository("user/other-GGUF");
  other.files = {{"other-Q8_0.gguf", TestHub::gguf(900, 5)}};
  const auto model = resolve("user/other-GGUF:Q8_0");
  ASSERT_TRUE(model) << words_of(model);
  EXPECT_EQ(read_file(model->files.at(0).path), TestHub::gguf(900, 5));
  // Nor is another quantization of the same one.
  EXPECT_EQ(resolve("user/tiny-GGUF:int4")->files.at(0).path, settings.folder / "tiny-q4_k_m.gguf");
}

TEST_F(Folder, AFileOfThePersonIsNeverOverwritten) {
  drop("tiny-q8_0.gguf", 77);
  drop("second.gguf");
  const auto pulled = pull("user/tiny-GGUF:Q8_0");
  ASSERT_TRUE(pulled) << words_of(pulled);
  EXPECT_EQ(read_file(settings.folder / "tiny-q8_0.gguf"), TestHub::gguf(200, 77));
  EXPECT_EQ(pulled->files.at(0).path, settings.folder / "user--tiny-GGUF--tiny-q8_0.gguf");
  EXPECT_EQ(resolve("user/tiny-GGUF:Q8_0")->files.at(0).path, pulled->files.at(0).path);
}

TEST_F(Folder, SplitModelsAndTheirOrigin) {
  const auto model = resolve("user/tiny-GGUF:fp16");
  ASSERT_TRUE(model) << words_of(model);
  ASSERT_EQ(model->files.size(), 2U);
  EXPECT_EQ(model->revision, std::string(40, 'a'));
  EXPECT_EQ(model->name, "user/tiny-GGUF:FP16");
  EXPECT_TRUE(resolve("user/tiny-GGUF:fp16@" + std::string(40, 'a')));
  const auto asked = hub.request_count();
  EXPECT_FALSE(resolve("user/tiny-GGUF:fp16@" + std::string(40, 'b')));
  EXPECT_GT(hub.request_count(), asked);
}

TEST_F(Folder, AFlippedByteIsRefusedWhereTheChecksumIsKnown) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  std::string bytes = read_file(settings.folder / "tiny-q8_0.gguf");
  bytes[100] ^= 1;
  write_file(settings.folder / "tiny-q8_0.gguf", bytes);
  EXPECT_EQ(resolve("user/tiny-GGUF:Q8_0").error().code, ErrorCode::unreadable_input);
  ASSERT_TRUE(pull("user/tiny-GGUF:Q8_0"));
  EXPECT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  // Of a file dropped by hand nobody knows.
  drop("x/y.gguf");
  const auto checks =
      Store(settings, clock, observer).verify((settings.folder / "x/y.gguf").string(), {});
  ASSERT_TRUE(checks);
  EXPECT_EQ(checks->front().verdict, FileCheck::Verdict::unknown);
  EXPECT_EQ(checks->front().actual, "sha256:" + TestHub::sha256(TestHub::gguf(200)));
}

TEST_F(Folder, RemoveTakesDownloadsOnly) {
  ASSERT_TRUE(resolve("user/tiny-GGUF:Q8_0"));
  drop("tiny-q4_k_m.gguf");
  const auto by_hand = Store(settings, clock, observer).remove("user/tiny-GGUF:Q4_K_M");
  ASSERT_FALSE(by_hand);
  EXPECT_EQ(by_hand.error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(Store(settings, clock, observer).remove("user/tiny-GGUF:Q8_0"));
  const auto left = Store(settings, clock, observer).list();
  ASSERT_EQ(left->size(), 1U);
  EXPECT_EQ(left->front().files.at(0).path, settings.folder / "tiny-q4_k_m.gguf");
}

TEST_F(Folder, FoldersOfARepositoryDoNotMixUp) {
  hub.repository("user/deep").files = {{"Q8_0/model.gguf", TestHub::gguf(300, 1)},
                                       {"Q4_0/model.gguf", TestHub::gguf(200, 2)}};
  ASSERT_TRUE(resolve("user/deep:Q8_0"));
  const auto second = resolve("user/deep:Q4_0");
  ASSERT_TRUE(second) << words_of(second);
  EXPECT_EQ(read_file(second->files.at(0).path), TestHub::gguf(200, 2));
  EXPECT_EQ(read_file(resolve("user/deep:Q8_0")->files.at(0).path), TestHub::gguf(300, 1));
}

TEST_F(Folder, WhenNothingCanBeFetchedItSaysWhereToPutAFile) {
  settings.endpoint = "http://127.0.0.1:1";
  const auto model = resolve("user/tiny-GGUF:Q8_0");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, ErrorCode::network_failed);
  EXPECT_SAYS(model, "cannot be reached");
  EXPECT_SAYS(model, "put the file into " + settings.folder.string());
}

}  // namespace
}  // namespace emend
