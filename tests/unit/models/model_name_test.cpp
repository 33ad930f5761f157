// SPDX-License-Identifier: Apache-2.0
#include "models/model_name.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

using Kind = ModelName::Kind;

TEST(ModelName, RepositoryWithQuantizationAndRevision) {
  const auto plain = parse_model_name("Qwen/Qwen2.5-3B-Instruct-GGUF");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->kind, Kind::hub);
  EXPECT_EQ(plain->repository, "Qwen/Qwen2.5-3B-Instruct-GGUF");
  EXPECT_EQ(plain->revision_or_main(), "main");

  const auto full = parse_model_name("Qwen/Qwen2.5-3B-Instruct-GGUF:int8@refs/pr/1");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->repository, "Qwen/Qwen2.5-3B-Instruct-GGUF");
  EXPECT_EQ(full->quantization, "int8");
  EXPECT_EQ(full->revision, "refs/pr/1");

  const auto turned = parse_model_name("a/b@v1.0:Q8_0");
  ASSERT_TRUE(turned);
  EXPECT_EQ(turned->quantization, "Q8_0");
  EXPECT_EQ(turned->revision, "v1.0");
}

TEST(ModelName, ExactFileOfARepository) {
  const auto name = parse_model_name("a/b:folder/model-Q4_K_M.gguf@main");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->file, "folder/model-Q4_K_M.gguf");
  EXPECT_EQ(name->quantization, "");
  EXPECT_EQ(name->revision, "main");
}

TEST(ModelName, AddressesOfTheHub) {
  const auto page = parse_model_name("https://huggingface.co/a/b");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->kind, Kind::hub);
  EXPECT_EQ(page->repository, "a/b");

  const auto file =
      parse_model_name("https://huggingface.co/a/b/resolve/main/x/m-Q8_0.gguf?download=true");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->repository, "a/b");
  EXPECT_EQ(file->revision, "main");
  EXPECT_EQ(file->file, "x/m-Q8_0.gguf");

  const auto short_form = parse_model_name("hf.co/a/b:Q8_0");
  ASSERT_TRUE(short_form);
  EXPECT_EQ(short_form->quantization, "Q8_0");
}

TEST(ModelName, FilesAndFolders) {
  for (const char* text : {"model.gguf", "./model", "/srv/models/x.gguf", "../m", "a/b/c.GGUF"}) {
    const auto name = parse_model_name(text);
    ASSERT_TRUE(name) << text;
    EXPECT_EQ(name->kind, Kind::local) << text;
    EXPECT_EQ(name->local, text);
  }
  EXPECT_EQ(parse_model_name("embedded")->kind, Kind::embedded);
}

TEST(ModelName, WhatNamesNothingIsRefused) {
  for (const char* text : {"", "qwen", "a/b/c", "a/b:", "a/b@", "a/b:../x.gguf", "a/b:Q8 0",
                           "a/b:x:y", "a/..", "a/b--c", "-a/b", "a/b@-x", "a/b@../x", "a/b:c@d@e",
                           "https://huggingface.co/a/b/resolve/main/x.bin",
                           "https://huggingface.co/a/b/discussions", "a/b:/etc/x.gguf", "none"}) {
    const auto name = parse_model_name(text);
    ASSERT_FALSE(name) << text;
    EXPECT_EQ(name.error().code, ErrorCode::invalid_argument) << text;
    EXPECT_FALSE(name.error().hint.empty()) << text;
  }
}

TEST(SafePath, NothingLeadsOutOfAFolder) {
  EXPECT_TRUE(is_safe_path("a.gguf"));
  EXPECT_TRUE(is_safe_path("a/b..c/d.gguf"));
  for (const char* path :
       {"", "/a", "a/", "../a", "a/../b", "a//b", ".", "a/./b", "a\\b", "a\nb"}) {
    EXPECT_FALSE(is_safe_path(path)) << path;
  }
}

}  // namespace
}  // namespace emend
