// SPDX-License-Identifier: Apache-2.0
#include "models/model_choice.h"

#include <gtest/gtest.h>

#include "models/near_names.h"
#include "models/quantization.h"

namespace emend {
namespace {

// The names are those of well-known repositories.
const std::vector<RepositoryFile> kQwen = {
    {"README.md", 6000, ""},
    {"qwen2.5-3b-instruct-fp16-00001-of-00002.gguf", 3'980'000'000, ""},
    {"qwen2.5-3b-instruct-fp16-00002-of-00002.gguf", 2'820'000'000, ""},
    {"qwen2.5-3b-instruct-q2_k.gguf", 1'380'000'000, ""},
    {"qwen2.5-3b-instruct-q4_0.gguf", 2'000'000'000, ""},
    {"qwen2.5-3b-instruct-q4_k_m.gguf", 2'100'000'000, ""},
    {"qwen2.5-3b-instruct-q5_k_m.gguf", 2'440'000'000, ""},
    {"qwen2.5-3b-instruct-q6_k.gguf", 2'790'000'000, ""},
    {"qwen2.5-3b-instruct-q8_0.gguf", 3'620'000'000, ""}};

const std::vector<RepositoryFile> kMany = {{"Q4_K_M/big-Q4_K_M-00001-of-00002.gguf", 40, ""},
                                           {"Q4_K_M/big-Q4_K_M-00002-of-00002.gguf", 40, ""},
                                           {"big-BF16.gguf", 160, ""},
                                           {"big-UD-Q4_K_XL.gguf", 45, ""},
                                           {"big-IQ4_XS.gguf", 35, ""},
                                           {"big-Q8_0.gguf", 85, ""},
                                           {"big-UD-Q8_0.gguf", 86, ""},
                                           {"big-imatrix.gguf", 1, ""},
                                           {"mmproj-big-F16.gguf", 9, ""}};

Result<ModelParts> choose(const std::vector<RepositoryFile>& files, const std::string& quantization,
                          const std::string& file = "") {
  ModelName name;
  name.text = "user/repository:" + quantization + file;
  name.quantization = quantization;
  name.file = file;
  return choose_model(files, name, "user/repository");
}

std::string path_for(const std::vector<RepositoryFile>& files, const std::string& quantization) {
  const auto chosen = choose(files, quantization);
  return chosen ? chosen->path() : chosen.error().message;
}

TEST(ModelChoice, EveryWayToNameAQuantization) {
  for (const char* wish : {"int8", "INT8", "Int8", "8bit", "q8_0", "Q8_0", "q8"}) {
    EXPECT_EQ(path_for(kQwen, wish), "qwen2.5-3b-instruct-q8_0.gguf") << wish;
  }
  for (const char* wish : {"int4", "INT4", "4bit", "Q4_K_M", "q4_k_m"}) {
    EXPECT_EQ(path_for(kQwen, wish), "qwen2.5-3b-instruct-q4_k_m.gguf") << wish;
  }
  for (const char* wish : {"fp16", "F16", "FP16", "f16", "none", "None", "NONE"}) {
    EXPECT_EQ(path_for(kQwen, wish), "qwen2.5-3b-instruct-fp16-00001-of-00002.gguf") << wish;
  }
  EXPECT_EQ(path_for(kQwen, "Q4_0"), "qwen2.5-3b-instruct-q4_0.gguf");
  EXPECT_EQ(path_for(kQwen, "q2_k"), "qwen2.5-3b-instruct-q2_k.gguf");
  EXPECT_EQ(path_for(kMany, "iq4_xs"), "big-IQ4_XS.gguf");
  EXPECT_EQ(path_for(kMany, "none"), "big-BF16.gguf");
  EXPECT_EQ(path_for(kMany, "bf16"), "big-BF16.gguf");
  EXPECT_EQ(path_for(kMany, "UD-Q8_0"), "big-UD-Q8_0.gguf");
}

TEST(ModelChoice, ATagIsNotPartOfAnother) {
  EXPECT_FALSE(choose(kMany, "F16"));                   // only BF16, and a companion file
  EXPECT_FALSE(choose(kMany, "Q4_K"));                  // only Q4_K_M and Q4_K_XL
  EXPECT_EQ(path_for(kMany, "Q8_0"), "big-Q8_0.gguf");  // rather than UD-Q8_0
  EXPECT_EQ(path_for(kMany, "Q4_K_XL"), "big-UD-Q4_K_XL.gguf");
}

TEST(ModelChoice, AllPartsOfASplitModelInOrder) {
  const auto chosen = choose(kQwen, "fp16");
  ASSERT_TRUE(chosen);
  ASSERT_EQ(chosen->files.size(), 2U);
  EXPECT_EQ(chosen->files[1].path, "qwen2.5-3b-instruct-fp16-00002-of-00002.gguf");
  EXPECT_EQ(chosen->size_bytes(), 6'800'000'000U);
  // Any part stands for the whole.
  const auto by_part = choose(kQwen, "", "qwen2.5-3b-instruct-fp16-00002-of-00002.gguf");
  ASSERT_TRUE(by_part);
  EXPECT_EQ(by_part->files.size(), 2U);
}

TEST(ModelChoice, AMissingPartIsAnError) {
  const auto chosen = choose({{"m-Q8_0-00001-of-00002.gguf", 1, ""}}, "Q8_0");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::not_found);
}

TEST(ModelChoice, WithoutAWishAsLlamaCppChooses) {
  EXPECT_EQ(path_for(kQwen, ""), "qwen2.5-3b-instruct-q4_k_m.gguf");
  EXPECT_EQ(path_for({{"m-Q8_0.gguf", 1, ""}, {"m-Q2_K.gguf", 1, ""}}, ""), "m-Q8_0.gguf");
  EXPECT_EQ(path_for({{"m.gguf", 1, ""}, {"mmproj-m.gguf", 1, ""}}, ""), "m.gguf");
}

TEST(ModelChoice, WhatIsAbsentIsAnsweredByWhatThereIs) {
  const auto chosen = choose(kQwen, "Q4_K_S");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::not_found);
  const std::string& message = chosen.error().message;
  EXPECT_NE(message.find("  Q4_K_M         2.10 GB  qwen2.5-3b-instruct-q4_k_m.gguf"),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("FP16           6.80 GB"), std::string::npos) << message;
  EXPECT_NE(chosen.error().hint.find("Did you mean Q4_K_M"), std::string::npos)
      << chosen.error().hint;
}

TEST(ModelChoice, WhatIsAmbiguousIsAnError) {
  const auto two = choose({{"a-Q8_0.gguf", 10, ""}, {"b-Q8_0.gguf", 20, ""}}, "Q8_0");
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(two.error().message.find("a-Q8_0.gguf"), std::string::npos);
  EXPECT_NE(two.error().message.find("20 B"), std::string::npos) << two.error().message;
  EXPECT_FALSE(choose({{"a-Q5_0.gguf", 1, ""}, {"b-Q2_K.gguf", 1, ""}}, ""));
  EXPECT_EQ(choose({{"a-Q8_0.gguf", 1, ""}, {"b-Q8_0.gguf", 1, ""}}, "", "b-Q8_0.gguf")->path(),
            "b-Q8_0.gguf");
}

TEST(ModelChoice, ARepositoryWithoutGgufSaysWhatItHas) {
  const auto chosen = choose({{"config.json", 1, ""}, {"model.safetensors", 1, ""}}, "Q8_0");
  ASSERT_FALSE(chosen);
  EXPECT_NE(chosen.error().message.find("model.safetensors"), std::string::npos);
  EXPECT_NE(chosen.error().hint.find("-GGUF"), std::string::npos);
}

TEST(Quantization, IsReadFromAFilesName) {
  EXPECT_EQ(quantization_of("m-Q4_K_M.gguf"), "Q4_K_M");
  EXPECT_EQ(quantization_of("m.q8_0.gguf"), "Q8_0");
  EXPECT_EQ(quantization_of("my_model_iq3_xxs.gguf"), "IQ3_XXS");
  EXPECT_EQ(quantization_of("m-UD-IQ1_S-00001-of-00003.gguf"), "UD-IQ1_S");
  EXPECT_EQ(quantization_of("gpt-oss-20b-mxfp4.gguf"), "MXFP4");
  EXPECT_EQ(quantization_of("m-bf16.gguf"), "BF16");
  EXPECT_EQ(quantization_of("Qwen2.5-3B.gguf"), "");
  EXPECT_EQ(quantization_of("folder-Q8_0/m.gguf"), "Q8_0");
}

TEST(SizeText, IsDecimalAsOnTheHub) {
  EXPECT_EQ(size_text(0), "0 B");
  EXPECT_EQ(size_text(999), "999 B");
  EXPECT_EQ(size_text(1'930'000'000), "1.93 GB");
  EXPECT_EQ(size_text(23'400'000), "23.4 MB");
  EXPECT_EQ(size_text(999'600'000), "1.00 GB");
}

TEST(NearNames, NearestFirstAndOnlyNear) {
  const auto near = near_names(
      "qwen/Qwen2.5-3B-Instuct-GGUF",
      {"Qwen/Qwen2.5-7B-Instruct-GGUF", "Qwen/Qwen2.5-3B-Instruct-GGUF", "google/gemma-2b"});
  ASSERT_EQ(near.size(), 2U);
  EXPECT_EQ(near.front(), "Qwen/Qwen2.5-3B-Instruct-GGUF");
  EXPECT_EQ(enumerated({"a", "b", "c"}), "a, b and c");
}

}  // namespace
}  // namespace emend
