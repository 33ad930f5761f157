// SPDX-License-Identifier: Apache-2.0
#include "model_host/rewrite.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include "greedy.h"
#include "scripted_stream.h"

namespace emend {
namespace {

constexpr Token kPromptEnd = '>';
const std::vector<std::string> kPieces = {" the",  "the",  " to",  "to",   "In",   "Inv", "oice",
                                          "voice", " num", "ber",  " and", "ing",  " an", " a",
                                          "er",    "re",   " pay", "ment", "tal",  "Tot", ".\n",
                                          "00",    " Tot", "eth",  " tog", "ether"};

using Dictionary = std::map<std::string, std::string>;

// A model that copies `draft`, saying other words for some of them, and goes on whatever is said
// meanwhile: it looks how many blanks and newlines it has passed.
ScriptedStream::Script copyist(const std::string& draft, const Dictionary& others) {
  std::vector<std::string> raw;
  std::vector<std::string> own;
  for (std::size_t at = 0; at < draft.size();) {
    const std::size_t end = std::min(draft.find_first_of(" \n", at), draft.size());
    const std::string word = draft.substr(at, end - at);
    const std::string gap = end < draft.size() ? draft.substr(end, 1) : "";
    const auto other = others.find(word);
    raw.push_back(word + gap);
    own.push_back((other == others.end() ? word : other->second) + gap);
    at = end + 1;
  }
  return [raw, own](const std::string& said) -> std::string {
    std::string rest = said.substr(1);  // without the prompt's end
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const std::string next = i + 1 < raw.size() ? own[i + 1] : "";
      if (own[i].starts_with(rest) && own[i] != rest) return own[i].substr(rest.size()) + next;
      if (raw[i].starts_with(rest) && raw[i] != rest) return raw[i].substr(rest.size()) + next;
      if (rest.starts_with(own[i])) {
        rest.erase(0, own[i].size());
      } else if (rest.starts_with(raw[i])) {
        rest.erase(0, raw[i].size());
      } else {
        return "";
      }
    }
    return "";
  };
}

// For each word of the draft that `meant` has, what it says there.
std::vector<LikelyWords> likely_words(const std::string& draft, const Dictionary& meant) {
  std::vector<LikelyWords> likely;
  for (std::size_t at = 0; at < draft.size();) {
    const std::size_t end = std::min(draft.find_first_of(" \n", at), draft.size());
    const auto found = meant.find(draft.substr(at, end - at));
    if (found != meant.end()) likely.push_back({{at, end}, found->second});
    at = end + 1;
  }
  return likely;
}

Rewritten rewritten(ScriptedStream& stream, const RewriteRequest& request) {
  auto result = rewrite(stream, kPromptEnd, request);
  EXPECT_TRUE(result) << result.error().message;
  return result ? std::move(*result) : Rewritten{};
}

std::string words_of(const Rewritten& result, const std::string& draft) {
  std::string all;
  for (const RewriteChange& change : result.changes) {
    all += draft.substr(change.bytes.begin, change.bytes.end - change.bytes.begin) + "=" +
           change.text + ";";
  }
  return all;
}

TEST(Rewrite, FollowsTheModelAndComesBackToTheDraft) {
  const std::string draft = "Invoic nurnber and payrnent to the Totul\ntogeth er the end.\n";
  const Dictionary others = {
      {"Invoic", "Invoice"}, {"nurnber", "number"}, {"payrnent", "payment"}, {"Totul", "Total"}};
  for (const bool is_cheap : {true, false}) {
    for (const int batch : {0, 1, 2, 3, 5, 8, 16, 64}) {
      ScriptedStream stream(copyist(draft, others), kPieces);
      stream.is_cheap = is_cheap;
      const Rewritten result = rewritten(stream, {.text = draft, .batch = batch});
      EXPECT_EQ(words_of(result, draft),
                "Invoic=Invoice;nurnber=number;payrnent=payment;Totul=Total;")
          << batch;
      EXPECT_EQ(result.text, "Invoice number and payment to the Total\ntogeth er the end.\n");
      for (const RewriteChange& change : result.changes)
        EXPECT_GT(change.gain, 1) << change.text << is_cheap << batch;
    }
  }
}

TEST(Rewrite, LikelyWordsMakeItFasterAndNoDifference) {
  const std::string line = "Invoic and nurnber of the payrnent to the Totul\n";
  std::string draft;
  for (int i = 0; i < 6; ++i) draft += line;
  const Dictionary others = {
      {"Invoic", "Invoice"}, {"nurnber", "number"}, {"payrnent", "payment"}, {"Totul", "Total"}};
  const std::vector<Dictionary> guesses = {
      others,                                                                // all right
      {{"nurnber", "nunber"}, {"payrnent", "parent"}, {"Totul", "To tul"}},  // all wrong
      {{"the", "tho"}, {"to", "t0"}, {"and", "ad the"}, {"Totul", "Total"}},
      {{"of", "off"}, {"Invoic", "Inv\noice"}, {"nurnber", "num"}, {"payrnent", "payment to"}}};
  for (const bool is_cheap : {true, false}) {
    for (const int batch : {0, 1, 2, 3, 5, 8, 16, 64}) {
      ScriptedStream plain(copyist(draft, others), kPieces);
      plain.is_cheap = is_cheap;
      const Rewritten without = rewritten(plain, {.text = draft, .batch = batch});
      for (std::size_t i = 0; i < guesses.size(); ++i) {
        ScriptedStream stream(copyist(draft, others), kPieces);
        stream.is_cheap = is_cheap;
        const Rewritten with = rewritten(
            stream, {.text = draft, .likely = likely_words(draft, guesses[i]), .batch = batch});
        EXPECT_EQ(with.text, without.text) << i << ", batches of " << batch;
        EXPECT_EQ(words_of(with, draft), words_of(without, draft)) << i << ", " << batch;
        for (const RewriteChange& change : with.changes) EXPECT_GT(change.gain, 1) << change.text;
        if (i == 0 && is_cheap && batch >= 8) {
          EXPECT_LT(stream.appends * 3, plain.appends * 2) << batch;
        }
      }
    }
  }
}

TEST(Rewrite, LikelyWordsTouchNothingThatIsLocked) {
  const std::string draft = "Totul 12x and payrnent";
  ScriptedStream stream(copyist(draft, {{"12x", "13y"}, {"payrnent", "payment"}}), kPieces);
  const Rewritten result = rewritten(
      stream, {.text = draft,
               .locked = {{6, 9}, {14, 22}},
               .likely = {{{6, 9}, "13y"}, {{14, 22}, "payment"}, {{40, 50}, "x"}, {{3, 2}, "x"}}});
  EXPECT_EQ(result.text, draft);
}

TEST(Rewrite, AMergedAndASplitWordAreOneChange) {
  const std::string draft = "all togeth er inthe house";
  // The script knows no words that merge, so this one is written out.
  const std::string target = "all together in the house";
  ScriptedStream stream(
      [&](const std::string& said) -> std::string {
        const std::string rest = said.substr(1);
        return target.starts_with(rest) ? target.substr(rest.size()) : "";
      },
      kPieces);
  const Rewritten result = rewritten(stream, {.text = draft});
  EXPECT_EQ(words_of(result, draft), "togeth er=together;inthe=in the;");
  EXPECT_EQ(result.text, target);
}

TEST(Rewrite, LockedWordsStandUnasked) {
  const std::string draft = "Totul 12x and payrnent";
  const Dictionary others = {{"Totul", "Total"}, {"12x", "13y"}, {"payrnent", "payment"}};
  ScriptedStream stream(copyist(draft, others), kPieces);
  const Rewritten result = rewritten(stream, {.text = draft, .locked = {{6, 9}, {14, 22}}});
  EXPECT_EQ(result.text, "Total 12x and payrnent");
}

TEST(Rewrite, ChatterDroppedTextAndTheEndChangeNothing) {
  const std::string draft = "Invoice number 12 and\nthe payment.\nTotal: 100.00\n";
  const std::vector<ScriptedStream::Script> scripts = {
      [](const std::string&) { return ""; },
      [](const std::string&) { return "Here is the text: "; },
      [](const std::string&) { return "\n"; },
      [](const std::string&) { return "7"; },
      [](const std::string&) { return "\xFF"; },
      [](const std::string&) { return " "; },
      [](const std::string& said) { return said.size() % 2 == 0 ? "9" : ""; },
      [&](const std::string&) { return draft; },
      [&](const std::string& said) { return said.substr(said.size() / 2); },
  };
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    for (const bool is_cheap : {true, false}) {
      ScriptedStream stream(scripts[i], kPieces);
      stream.is_cheap = is_cheap;
      const Rewritten result = rewritten(stream, {.text = draft});
      EXPECT_EQ(std::count(result.text.begin(), result.text.end(), '\n'), 3);
      std::string digits;
      std::string raw_digits;
      for (const char c : result.text) digits += c >= '0' && c <= '9' ? std::string(1, c) : "";
      for (const char c : draft) raw_digits += c >= '0' && c <= '9' ? std::string(1, c) : "";
      EXPECT_EQ(digits, raw_digits) << i;
      if (i < 4) {
        EXPECT_EQ(result.text, draft) << i;
      }
    }
  }
}

TEST(Rewrite, CostsFewBatchesWhereTheModelAgrees) {
  std::string draft;
  for (int i = 0; i < 100; ++i) draft += "the payment and the number ";
  ScriptedStream stream(copyist(draft, {}), kPieces);
  const Rewritten result = rewritten(stream, {.text = draft, .batch = 16});
  EXPECT_TRUE(result.changes.empty());
  const auto tokens = static_cast<std::int64_t>(stream.tokens(draft)->size());
  EXPECT_LE(result.decodes, tokens / 16 + 2);
  EXPECT_LE(result.tokens, tokens + result.decodes * 3);
}

TEST(Rewrite, ATextThatIsTooLongIsAnError) {
  const std::string draft = "the payment and the number\n";
  ScriptedStream stream(copyist(draft, {}), kPieces);
  stream.window = 6;
  const auto result = rewrite(stream, kPromptEnd, {.text = draft});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::limit_exceeded);
}

std::string damaged(std::string text, std::mt19937& random) {
  const std::size_t times = random() % 12;
  for (std::size_t i = 0; i < times && !text.empty(); ++i) {
    const std::size_t at = random() % text.size();
    const std::size_t length = 1 + random() % (random() % 8 == 0 ? 30 : 3);
    switch (random() % 4) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(random() % text.size(), length));
        break;
      case 2:
        text[at] = static_cast<char>('a' + random() % 26);
        break;
      default:
        text.insert(at, " and the");
        break;
    }
  }
  return text;
}

// Some words of the draft with others in their place, some of which the truth has.
std::vector<LikelyWords> random_likely(const std::string& draft, const std::string& truth,
                                       std::mt19937& random) {
  std::vector<LikelyWords> likely;
  for (std::size_t at = 0; at < draft.size();) {
    const std::size_t end = std::min(draft.find_first_of(" \n", at), draft.size());
    if (end > at && random() % 3 == 0) {
      const std::size_t from = at % std::max<std::size_t>(truth.size(), 1);
      likely.push_back({{at, end}, damaged(truth.substr(from, end - at), random) + "e"});
    }
    at = end + 1;
  }
  return likely;
}

// Says what a hash of the last bytes that were said makes of it.
ScriptedStream::Script hashed(std::uint32_t seed) {
  return [seed](const std::string& said) -> std::string {
    std::uint32_t hash = seed;
    for (const char c : said.substr(said.size() - std::min<std::size_t>(said.size(), 9))) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    hash ^= hash >> 15U;
    if (hash % 97 == 0) return "";
    if (hash % 5 == 0) return std::string(1, static_cast<char>('a' + hash / 5 % 20));
    return kPieces[hash / 7 % kPieces.size()];
  };
}

TEST(Rewrite, WideOpenIsGreedyDecodingWhateverTheDraftAndTheBatch) {
  std::mt19937 random(2026);
  int shorter = 0;
  for (int i = 0; i < 1500; ++i) {
    const auto seed = static_cast<std::uint32_t>(random());
    ScriptedStream reference(hashed(seed), kPieces);
    const std::string truth = greedy(reference, kPromptEnd, 120);
    const std::string draft =
        i % 10 == 0 ? damaged("the payment and the number", random) : damaged(truth, random);
    const auto likely =
        i % 2 == 0 ? random_likely(draft, truth, random) : std::vector<LikelyWords>();
    for (const int batch : {0, 1, 2, 3, 7, 16, 33, 64}) {
      ScriptedStream stream(hashed(seed), kPieces);
      stream.is_cheap = i % 17 != 0;
      const Rewritten result = rewritten(stream, {.text = draft,
                                                  .likely = likely,
                                                  .most_changes = kWideOpen,
                                                  .batch = batch,
                                                  .most_tokens = 120});
      ASSERT_EQ(result.text, truth) << "draft " << draft << ", batches of " << batch;
      shorter += stream.appends < reference.appends / 2 ? 1 : 0;
    }
  }
  EXPECT_GT(shorter, 5000) << "a draft that never serves proves nothing";
}

}  // namespace
}  // namespace emend
