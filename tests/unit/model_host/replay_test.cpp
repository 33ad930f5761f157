// SPDX-License-Identifier: Apache-2.0
// Recorded answers of other systems, good ones and disasters, under the guard.
#include "model_host/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "model_host/replay_stream.h"
#include "model_host/rewrite.h"

namespace emend {
namespace {

const std::string kRaw =
    "INVOIC 4711\nWidget blue 2 x 12.50 25.00\nWidgct grey 1 x 9.99 9.99\nTotal dne: $34.99\n"
    "Thank you for yonr order\n";
const std::string kGood =
    "INVOICE 4711\nWidget blue 2 x 12.50 25.00\nWidget grey 1 x 9.99 9.99\nTotal due: $34.99\n"
    "Thank you for your order\n";

// All that has a digit, as a page has it.
RewriteRequest request_for(const std::string& text) {
  RewriteRequest request;
  request.text = text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    if (text.substr(at, end - at).find_first_of("0123456789") != std::string::npos) {
      request.locked.push_back({at, end});
    }
    at = end + 1;
  }
  return request;
}

Rewritten replayed(const std::string& draft, const std::string& wanted) {
  ReplayStream stream(draft, wanted);
  auto rewritten = rewrite(stream, ReplayStream::kBegin, request_for(draft));
  EXPECT_TRUE(rewritten) << rewritten.error().message;
  return rewritten.value_or(Rewritten{});
}

std::string digits_of(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return (c >= '0' && c <= '9') || c == '\n'; });
  return digits;
}

TEST(ReplayStream, WithoutAGuardItSaysWhatWasRecorded) {
  for (const std::string& wanted :
       {kGood, std::string("Something else.\n"), std::string(), kRaw + kRaw}) {
    ReplayStream stream(kRaw, wanted);
    RewriteRequest request = request_for(kRaw);
    request.most_changes = kWideOpen;
    const auto rewritten = rewrite(stream, ReplayStream::kBegin, request);
    ASSERT_TRUE(rewritten);
    EXPECT_EQ(rewritten->text, wanted);
  }
}

TEST(ReplayStream, GoodCorrectionsCome) {
  const Rewritten answer = replayed(kRaw, kGood);
  EXPECT_EQ(answer.text, kGood);
  ASSERT_EQ(answer.changes.size(), 4U);
  for (const RewriteChange& change : answer.changes) EXPECT_GT(change.gain, 0) << change.text;
}

TEST(ReplayStream, ThatNothingChangesIsOneAnswer) {
  EXPECT_TRUE(replayed(kRaw, kRaw).changes.empty());
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

// Each goes on with the good corrections. A word beside the disaster may stay as it was read; all
// others come.
TEST(ReplayStream, DisastersDoNoHarmAndCostFewCorrections) {
  const std::pair<const char*, std::string> disasters[] = {
      {"chatter before", "Sure! Here is the corrected text:\n\n" + kGood},
      {"chatter behind",
       kGood + "\nI corrected 4 errors. Let me know if you need anything else!\n"},
      {"a fence", "```text\n" + kGood + "```\n"},
      {"digits",
       "INVOICE 4117\nWidget blue 2 x 12.60 26.00\nWidget grey 7 x 9.90 9.99\n"
       "Total due: $84.99\nThank you for your order\n"},
      {"separators",
       "INVOICE 4,711\nWidget blue 2 x 12,50 25,00\nWidget grey 1 x 9,99 9,99\n"
       "Total due: \xE2\x82\xAC"
       "34,99\nThank you for your order\n"},
      {"a doubled line",
       kGood.substr(0, kGood.find("Total")) +
           "Widget grey 1 x 9.99 9.99\nTotal due: $34.99\nThank you for your order\n"},
      {"joined lines",
       "INVOICE 4711 Widget blue 2 x 12.50 25.00 Widget grey 1 x 9.99 9.99 Total due: $34.99 "
       "Thank you for your order"}};
  for (const auto& [name, wanted] : disasters) {
    const Rewritten answer = replayed(kRaw, wanted);
    EXPECT_EQ(digits_of(answer.text), digits_of(kRaw)) << name << ":\n" << answer.text;
    const auto words = words_of(answer.text);
    const auto raw = words_of(kRaw);
    const auto good = words_of(kGood);
    ASSERT_EQ(words.size(), raw.size()) << name << ":\n" << answer.text;
    std::size_t corrected = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      EXPECT_TRUE(words[i] == raw[i] || words[i] == good[i]) << name << ": " << words[i];
      corrected += words[i] == good[i] && good[i] != raw[i] ? 1 : 0;
    }
    EXPECT_GE(corrected, 2U) << name << ":\n" << answer.text;
  }
}

TEST(ReplayStream, WhatIsMissingInTheAnswerStands) {
  const std::string loop =
      "INVOICE 4711\n" + std::string(40, 'x') + "\nand and and and and and and\n";
  for (const std::string& wanted :
       {std::string(), std::string("INVOICE 47"), std::string("INVOICE 4711\nTotal due: $34.99\n"),
        loop, std::string("I'm sorry, but I can't help with documents that hold personal data.")}) {
    const Rewritten answer = replayed(kRaw, wanted);
    EXPECT_EQ(digits_of(answer.text), digits_of(kRaw)) << answer.text;
    EXPECT_EQ(std::count(answer.text.begin(), answer.text.end(), ' '),
              std::count(kRaw.begin(), kRaw.end(), ' '))
        << answer.text;
  }
}

class ReplayFile : public testing::Test {
 protected:
  static std::string line(const std::string& raw, const std::string& output) {
    return nlohmann::json{{"raw", raw}, {"output", output}}.dump() + "\n";
  }
  Result<Replay> load(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) / "emend_replay_test.jsonl";
    std::ofstream(path, std::ios::binary) << text;
    return Replay::load(path);
  }
};

TEST_F(ReplayFile, FindsTheRecordAndThePart) {
  const auto replay = load(line("one  page\nof text\n", "one page\nof Text\n") +
                           line(kRaw, "Chatter.\n" + kGood + "More.\n"));
  ASSERT_TRUE(replay) << replay.error().message;
  EXPECT_EQ(*replay->wanted_for("one page\nof text\n"), "one page\nof Text\n");
  EXPECT_EQ(*replay->wanted_for(kRaw), "Chatter.\n" + kGood + "More.\n");
  // A window in the middle has neither end, and numbers may have been repaired before.
  EXPECT_EQ(*replay->wanted_for("Widgct grey 1 x 9.99 9.99\nTotal dne: $34.99\n"),
            "Widget grey 1 x 9.99 9.99\nTotal due: $34.99\n");
  EXPECT_EQ(*replay->wanted_for("INVOIC 4771\nWidget blue 2 x 12.50 25.00\n"),
            "Chatter.\nINVOICE 4711\nWidget blue 2 x 12.50 25.00\n");
  EXPECT_EQ(replay->wanted_for("nothing like it").error().code, ErrorCode::invalid_argument);
}

TEST_F(ReplayFile, ABadLineIsNamed) {
  for (const std::string bad :
       {"{\"raw\": \"x\"}", "nonsense", "[]", "{\"raw\": 1, \"output\": \"x\"}", "\"\xFF\""}) {
    const auto replay = load(line("a", "b") + bad + "\n");
    ASSERT_FALSE(replay) << bad;
    EXPECT_EQ(replay.error().code, ErrorCode::unreadable_input);
    EXPECT_NE(replay.error().message.find("line 2"), std::string::npos) << replay.error().message;
  }
  EXPECT_EQ(load(line(std::string(70'000, 'a'), "b")).error().code, ErrorCode::limit_exceeded);
  EXPECT_EQ(Replay::load("/nowhere.jsonl").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace emend
