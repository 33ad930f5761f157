// SPDX-License-Identifier: Apache-2.0
// Files that cannot serve as a model, each refused with what is wrong with it.
#include "model_host/gguf_file.h"

#include <gguf.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "fakes/tiny_gguf.h"
#include "model_host/engine_log.h"
#include "model_host/model.h"

namespace emend {
namespace {

namespace fs = std::filesystem;

class GgufFile : public ::testing::Test {
 protected:
  void SetUp() override {
    capture_engine_log();
    path_ = fs::path(::testing::TempDir()) / ("gguf_file_" + std::to_string(::getpid()) + ".gguf");
    fs::remove_all(path_);
  }
  void TearDown() override { fs::remove_all(path_); }

  void write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  void write_model(const std::function<void(gguf_context*)>& change) const {
    fakes::TinyModel::random({}, {}, 1).write(path_, change);
  }

  // What loading it answers.
  [[nodiscard]] Error refused() const {
    auto model = Model::load({.path = path_.string(), .threads = 1});
    EXPECT_FALSE(model);
    return model ? Error{} : model.error();
  }
  void expect_refused(ErrorCode code, std::string_view words) const {
    const Error error = refused();
    EXPECT_EQ(name(error.code), name(code)) << error.message;
    EXPECT_NE(error.message.find(words), std::string::npos) << error.message;
    EXPECT_FALSE(error.hint.empty());
  }

  fs::path path_;
};

TEST_F(GgufFile, AGoodOneIsDescribed) {
  write_model({});
  const auto summary = inspect_gguf(path_);
  ASSERT_TRUE(summary) << summary.error().message;
  EXPECT_EQ(summary->name, "tiny");
  EXPECT_EQ(summary->architecture, "llama");
  // 2 layers, 64 numbers wide with 2 of 4 heads for keys and values, 4 bytes a number.
  const std::uint64_t layer = 4 * (2 * 64 + 2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 96);
  EXPECT_EQ(summary->needs.layers, (std::vector<std::uint64_t>{layer, layer}));
  EXPECT_EQ(summary->needs.input, 4U * 64 * 260);
  EXPECT_EQ(summary->needs.output, 4U * 64 * 260 + 4 * 64);
  EXPECT_EQ(summary->needs.cache_per_token_and_layer, 2U * 2 * 32);
  EXPECT_EQ(summary->needs.trained_context, 256);
}

TEST_F(GgufFile, InSeveralParts) {
  const fs::path first = fs::path(::testing::TempDir()) /
                         ("part_" + std::to_string(::getpid()) + "-00001-of-00002.gguf");
  fakes::TinyModel::random({}, {}, 1).write(
      first, [](gguf_context* gguf) { gguf_set_val_u16(gguf, "split.count", 2); });
  const auto alone = inspect_gguf(first);
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().code, ErrorCode::not_found);
  EXPECT_NE(alone.error().message.find("-00002-of-00002.gguf"), std::string::npos);

  const fs::path second = fs::path(::testing::TempDir()) /
                          ("part_" + std::to_string(::getpid()) + "-00002-of-00002.gguf");
  fakes::TinyModel::random({}, {}, 1).write(second);
  const auto both = inspect_gguf(first);
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->needs.input, 2U * 4 * 64 * 260);

  fs::rename(first, path_);
  expect_refused(ErrorCode::unreadable_input, "-00001-of-");
  fs::remove(second);
}

TEST_F(GgufFile, AbsentFile) {
  expect_refused(ErrorCode::not_found, "no such model file");
}

TEST_F(GgufFile, Directory) {
  fs::create_directory(path_);
  expect_refused(ErrorCode::unreadable_input, "directory");
}

TEST_F(GgufFile, EmptyFile) {
  write("");
  expect_refused(ErrorCode::unreadable_input, "empty");
}

TEST_F(GgufFile, Text) {
  write("<!DOCTYPE html><html><body>Please sign in</body></html>");
  expect_refused(ErrorCode::unreadable_input, "not a GGUF");
}

TEST_F(GgufFile, MagicAlone) {
  write("GGUF");
  expect_refused(ErrorCode::unreadable_input, "damaged or cut short");
}

TEST_F(GgufFile, MagicAndGarbage) {
  write("GGUF" + std::string(1000, '\x7f'));
  expect_refused(ErrorCode::unreadable_input, "damaged or cut short");
}

TEST_F(GgufFile, CutShortAnywhere) {
  write_model({});
  const auto whole = fs::file_size(path_);
  for (const auto length : {whole - 1, whole / 2, whole / 10, std::uintmax_t{5000}}) {
    write_model({});
    fs::resize_file(path_, length);
    expect_refused(ErrorCode::unreadable_input, "cut short");
  }
}

TEST_F(GgufFile, UnknownArchitecture) {
  write_model(
      [](gguf_context* gguf) { gguf_set_val_str(gguf, "general.architecture", "brontosaurus"); });
  expect_refused(ErrorCode::unreadable_input, "brontosaurus");
}

TEST_F(GgufFile, NoArchitecture) {
  write_model([](gguf_context* gguf) { gguf_remove_key(gguf, "general.architecture"); });
  expect_refused(ErrorCode::unreadable_input, "architecture");
}

TEST_F(GgufFile, NoVocabulary) {
  write_model(
      [](gguf_context* gguf) { gguf_set_val_str(gguf, "tokenizer.ggml.model", "no_vocab"); });
  expect_refused(ErrorCode::unreadable_input, "no vocabulary");
  write_model([](gguf_context* gguf) { gguf_remove_key(gguf, "tokenizer.ggml.model"); });
  expect_refused(ErrorCode::unreadable_input, "no vocabulary");
}

TEST_F(GgufFile, Encoder) {
  write_model([](gguf_context* gguf) {
    gguf_set_val_str(gguf, "general.architecture", "bert");
    gguf_set_val_bool(gguf, "bert.attention.causal", false);
  });
  expect_refused(ErrorCode::unreadable_input, "encoder");
}

TEST_F(GgufFile, AdapterImagePartAndLaterPart) {
  write_model([](gguf_context* gguf) { gguf_set_val_str(gguf, "general.type", "adapter"); });
  expect_refused(ErrorCode::unreadable_input, "adapter");
  write_model([](gguf_context* gguf) { gguf_set_val_str(gguf, "general.architecture", "clip"); });
  expect_refused(ErrorCode::unreadable_input, "image part");
  write_model([](gguf_context* gguf) { gguf_set_val_u16(gguf, "split.no", 1); });
  expect_refused(ErrorCode::unreadable_input, "later part");
}

TEST_F(GgufFile, MissingAndMisshapenTensors) {
  write_model([](gguf_context* gguf) { gguf_set_val_u32(gguf, "llama.block_count", 3); });
  expect_refused(ErrorCode::unreadable_input, "blk.2");
  write_model([](gguf_context* gguf) { gguf_set_val_u32(gguf, "llama.feed_forward_length", 64); });
  expect_refused(ErrorCode::unreadable_input, "llama.cpp cannot load it");
}

TEST_F(GgufFile, MetadataOfTheWrongType) {
  write_model([](gguf_context* gguf) { gguf_set_val_u32(gguf, "general.name", 3); });
  const auto summary = inspect_gguf(path_);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->name, path_.stem().string());
  write_model([](gguf_context* gguf) { gguf_set_val_str(gguf, "llama.block_count", "two"); });
  expect_refused(ErrorCode::unreadable_input, "block_count");
}

TEST_F(GgufFile, MayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  write_model({});
  ::chmod(path_.c_str(), 0);
  EXPECT_EQ(refused().code, ErrorCode::io_failed);
}

}  // namespace
}  // namespace emend
