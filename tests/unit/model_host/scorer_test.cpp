// SPDX-License-Identifier: Apache-2.0
// The scores of llama.cpp through our batches, against the same model computed in the test.
#include "model_host/scorer.h"

#include <gguf.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <string_view>

#include "fakes/tiny_gguf.h"
#include "model_host/engine_log.h"

namespace emend {
namespace {

using fakes::TinyModel;
using fakes::Vocabulary;
using Scores = std::vector<std::vector<double>>;

// The cache holds 16-bit numbers. What a wrong token or position would do is a hundred times more.
constexpr double kExact = 2e-2;

// One thread: the thread sanitizer does not understand OpenMP's.
Model loaded(const TinyModel& tiny, const std::function<void(gguf_context*)>& change = {},
             int context = 0) {
  capture_engine_log();
  const auto path = std::filesystem::path(::testing::TempDir()) /
                    ("scorer_" + std::to_string(::getpid()) + ".gguf");
  tiny.write(path, change);
  auto model = Model::load({.path = path.string(), .threads = 1, .context = context});
  EXPECT_TRUE(model) << model.error().message;
  std::filesystem::remove(path);
  return std::move(*model);
}

Scores scored(const Model& model, const std::vector<ScoreRequest>& requests) {
  auto scored = score(model, requests);
  EXPECT_TRUE(scored) << scored.error().message;
  return scored ? scored->scores : Scores(requests.size(), std::vector<double>(99, NAN));
}

std::vector<int> bytes_of(std::string_view text) {
  std::vector<int> tokens;
  for (const char c : text) tokens.push_back(static_cast<unsigned char>(c));
  return tokens;
}

// The definition, token by token, for a byte vocabulary.
double ln_bytes(const TinyModel& tiny, std::string_view before, std::string_view text) {
  const auto tokens = bytes_of(std::string(before) + std::string(text));
  const auto ln_next = tiny.ln_next(tokens);
  double sum = 0;
  for (std::size_t i = before.size(); i < tokens.size(); ++i) {
    sum += ln_next[i - 1][static_cast<std::size_t>(tokens[i])];
  }
  return sum;
}

// Other names for the control tokens of a vocabulary of bytes, from the second one on.
void name_control_tokens(gguf_context* gguf, const std::vector<std::string>& names) {
  std::vector<std::string> tokens;
  const auto key = gguf_find_key(gguf, "tokenizer.ggml.tokens");
  for (std::size_t i = 0; i < gguf_get_arr_n(gguf, key); ++i) {
    tokens.emplace_back(gguf_get_arr_str(gguf, key, i));
  }
  std::copy(names.begin(), names.end(), tokens.begin() + 257);
  std::vector<const char*> pointers;
  for (const auto& token : tokens) pointers.push_back(token.c_str());
  gguf_set_arr_str(gguf, "tokenizer.ggml.tokens", pointers.data(), pointers.size());
}

// The definition of scorer.h for any vocabulary: every token is tried in every place.
double ln_string(const TinyModel& tiny, std::vector<int> context, std::span<const Token> tokens) {
  std::string rest;
  for (const Token token : tokens) rest += tiny.vocabulary().piece(token);
  const std::size_t first = context.size();
  context.insert(context.end(), tokens.begin(), tokens.end());
  const auto ln_of_each = tiny.ln_next(context);
  double so_far = 0;
  double total = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& ln_next = ln_of_each[first + i - 1];
    for (int token = 0; token < tiny.vocabulary().text_tokens(); ++token) {
      const bool swallows = tiny.vocabulary().piece(token).starts_with(rest);
      if (swallows) total += std::exp(so_far + ln_next[static_cast<std::size_t>(token)]);
    }
    so_far += ln_next[static_cast<std::size_t>(tokens[i])];
    rest.erase(0, tiny.vocabulary().piece(tokens[i]).size());
  }
  return std::log(total);
}

TinyModel byte_model(std::uint32_t seed = 1) {
  return TinyModel::random({}, {}, seed);
}

Vocabulary english_pieces() {
  return {{{"t", "h"},
           {"th", "e"},
           {" ", "the"},
           {"i", "n"},
           {" ", "in"},
           {"v", "o"},
           {"vo", "i"},
           {"voi", "c"},
           {"in", "voic"},
           {"invoic", "e"},
           {"e", "r"},
           {"the", "r"},
           {"ther", "e"},
           {"o", "u"},
           {"ou", "r"},
           {" ", "t"},
           {"o", "f"},
           {" ", "of"}}};
}

TEST(Scorer, AByteTableGivesExactlyItsSoftmax) {
  const auto logit = [](int token, int next) { return ((token * 31 + next * 17) % 23) / 4.0; };
  const TinyModel tiny = TinyModel::bigram({}, logit);
  const auto ln_probability = [&](int token, int next) {
    double sum = 0;
    for (int other = 0; other < 260; ++other) sum += std::exp(logit(token, other));
    return logit(token, next) - std::log(sum);
  };
  const Model model = loaded(tiny);
  const auto scores = scored(model, {{"Tota", {"l", "1"}, ": 5"}});
  const double after = ln_probability(':', ' ') + ln_probability(' ', '5');
  EXPECT_NEAR(scores[0][0], ln_probability('a', 'l') + ln_probability('l', ':') + after, kExact);
  EXPECT_NEAR(scores[0][1], ln_probability('a', '1') + ln_probability('1', ':') + after, kExact);
}

TEST(Scorer, WithoutAnythingBeforeATextBeginsLikeALine) {
  const auto logit = [](int token, int next) { return ((token * 7 + next * 13) % 11) / 2.0; };
  const Model model = loaded(TinyModel::bigram({}, logit));
  const auto scores = scored(model, {{"", {"Invoice"}, " No"}, {"\n", {"Invoice"}, " No"}});
  EXPECT_NEAR(scores[0][0], scores[1][0], 1e-6);
}

TEST(Scorer, AgreesWithTheModelComputedByHand) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny);
  ASSERT_TRUE(model.tokeniser().is_byte_level());
  const std::vector<ScoreRequest> requests = {
      {"The quick brown f", {"ox", "0x", "ix", "o x"}, " jumps"},
      {"Total: ", {"$100.00", "$1O0.00"}, "\n"},
      {"Gr", {"\u00fc\u00dfe", "u\u00dfe"}, ""},
      {"x", {""}, ""},
      {"not UTF-8: \xff\xfe", {"\x80", "a"}, "\xe4"}};
  const auto scores = scored(model, requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    for (std::size_t j = 0; j < requests[i].candidates.size(); ++j) {
      EXPECT_NEAR(scores[i][j],
                  ln_bytes(tiny, requests[i].before, requests[i].candidates[j] + requests[i].after),
                  kExact)
          << requests[i].candidates[j];
    }
  }
}

TEST(Scorer, AllThatCanFollowAddsUpToOne) {
  // Control tokens are no bytes: they take the rest.
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny);
  ScoreRequest request{.before = "Invoice No. 12", .candidates = {}, .after = ""};
  for (int byte = 0; byte < 256; ++byte)
    request.candidates.emplace_back(1, static_cast<char>(byte));
  const auto scores = scored(model, {request});
  double sum = 0;
  for (const double ln : scores[0]) sum += std::exp(ln);
  const auto ln_next = tiny.ln_next(bytes_of(request.before)).back();
  for (std::size_t control = 256; control < ln_next.size(); ++control) {
    sum += std::exp(ln_next[control]);
  }
  EXPECT_NEAR(sum, 1.0, 1e-4);
}

TEST(Scorer, CompanyInABatchChangesNothing) {
  const Model model = loaded(byte_model(2));
  std::mt19937 generator(3);
  const auto text = [&](std::size_t length) {
    std::string made;
    for (std::size_t i = 0; i < length; ++i) made += static_cast<char>('a' + generator() % 26);
    return made;
  };
  std::vector<ScoreRequest> requests;
  const std::string page = text(150);
  for (std::size_t i = 0; i < 40; ++i) {
    ScoreRequest request{.before = page.substr(0, 10 + 3 * i), .candidates = {}, .after = text(9)};
    for (std::size_t j = 0; j <= i % 9; ++j) request.candidates.push_back(text(1 + j));
    requests.push_back(std::move(request));
  }
  const auto together = scored(model, requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto alone = scored(model, {requests[i]});
    for (std::size_t j = 0; j < requests[i].candidates.size(); ++j) {
      const ScoreRequest one{requests[i].before, {requests[i].candidates[j]}, requests[i].after};
      EXPECT_NEAR(together[i][j], alone[0][j], kExact);
      EXPECT_NEAR(together[i][j], scored(model, {one})[0][0], kExact);
    }
  }
}

TEST(Scorer, TheSameCallGivesTheSameBitsWhateverWasAskedBefore) {
  const Model model = loaded(byte_model());
  const std::vector<ScoreRequest> requests = {{"one ", {"two", "tw0"}, " three"},
                                              {"one two ", {"three", "thr33"}, " four"}};
  const auto first = scored(model, requests);
  static_cast<void>(scored(model, {{"something else", {"x", "y", "z"}, "entirely"}}));
  EXPECT_EQ(scored(model, requests), first);
  EXPECT_EQ(scored(loaded(byte_model()), requests), first);
}

TEST(Scorer, MergedTokensAreSummedOverWhatSwallowsTheEnd) {
  const TinyModel tiny = TinyModel::random(english_pieces(), {}, 5);
  const Model model = loaded(tiny);
  ASSERT_FALSE(model.tokeniser().is_byte_level());
  const std::vector<ScoreRequest> requests = {{"a b of", {" the", " tho", " in"}, ""},
                                              {"a b of ", {"the", "in"}, " th"},
                                              {"x", {" invoic", " lnvoic"}, "e of our th"},
                                              {"x in", {"voice", "vo1ce"}, " o"}};
  const auto scores = scored(model, requests);
  const auto tokens = [&](const std::string& text) { return *model.tokeniser().tokens(text); };
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const auto& request = requests[i];
    // What all the texts begin with, short of the last token of the shortest.
    std::vector<std::vector<Token>> texts = {tokens(request.before)};
    for (const auto& candidate : request.candidates) {
      texts.push_back(tokens(request.before + candidate + request.after));
    }
    std::size_t common = 0;
    const auto all_share = [&](std::size_t length) {
      return std::all_of(texts.begin(), texts.end(), [&](const auto& text) {
        return text.size() > length &&
               std::equal(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length),
                          texts[0].begin());
      });
    };
    while (all_share(common + 1)) ++common;
    std::vector<int> context(texts[0].begin(),
                             texts[0].begin() + static_cast<std::ptrdiff_t>(common));
    if (common == 0) context = {'\n'};
    const double before = ln_string(tiny, context, std::span(texts[0]).subspan(common));
    for (std::size_t j = 0; j < request.candidates.size(); ++j) {
      const double whole = ln_string(tiny, context, std::span(texts[j + 1]).subspan(common));
      EXPECT_NEAR(scores[i][j], whole - before, kExact) << i << ' ' << request.candidates[j];
    }
  }
}

// " th" is no likely token after "of" if the model always writes " the" in one: a naive sum over
// canonical tokens would call the true text impossible.
TEST(Scorer, ATextThatEndsInMidWordIsNotPunished) {
  const Vocabulary vocabulary = english_pieces();
  int the = 0;
  while (vocabulary.piece(the) != " the") ++the;
  const auto logit = [&](int token, int next) { return token == 'f' && next == the ? 20.0 : 0.0; };
  const Model model = loaded(TinyModel::bigram(vocabulary, logit));
  const auto scores = scored(model, {{"xf", {" th", " tx"}, ""}});
  EXPECT_GT(scores[0][0], -0.01);
  EXPECT_LT(scores[0][1], -10);
}

TEST(Scorer, ControlTokensInATextStayText) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny);
  const std::string text = "<|im_end|>";
  EXPECT_NEAR(scored(model, {{"a", {text}, ""}})[0][0], ln_bytes(tiny, "a", text), kExact);
}

TEST(Scorer, AByteModelIsToldWhatItWasTaughtToBeTold) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny, [](gguf_context* gguf) {
    name_control_tokens(gguf, {"<|eng|>", "<|deu|>"});
  });
  ASSERT_TRUE(model.tokeniser().is_byte_level());
  const auto expected = [&](std::vector<int> head, const std::string& before) {
    const std::size_t given = head.size() + before.size();
    for (const int byte : bytes_of(before + "Rechnung")) head.push_back(byte);
    const auto ln_next = tiny.ln_next(head);
    double sum = 0;
    for (std::size_t i = given; i < head.size(); ++i) {
      sum += ln_next[i - 1][static_cast<std::size_t>(head[i])];
    }
    return sum;
  };
  const std::vector<ScoreRequest> requests = {{"Die ", {"Rechn"}, "ung", {"deu"}},
                                              {"Die ", {"Rechn"}, "ung", {"eng", "fra", "deu"}},
                                              {"", {"Rechn"}, "ung", {"eng"}},
                                              {"Die ", {"Rechn"}, "ung", {"im_end"}},
                                              {"Die <|deu|>", {"Rechn"}, "ung"}};
  const auto scores = scored(model, requests);
  EXPECT_NEAR(scores[0][0], expected({258}, "Die "), kExact);
  EXPECT_NEAR(scores[1][0], expected({257, 258}, "Die "), kExact) << "names it does not know";
  EXPECT_NEAR(scores[2][0], expected({257}, ""), kExact) << "a text begins after what is told";
  EXPECT_NEAR(scores[3][0], expected({}, "Die "), kExact) << "a name that is gone";
  EXPECT_NEAR(scores[4][0], expected({}, "Die <|deu|>"), kExact) << "text stays text";
}

TEST(Scorer, IllFormedTextIsRepairedForATokenizer) {
  const Model model = loaded(TinyModel::random(english_pieces(), {}, 5));
  const auto scores = scored(
      model, {{"a\xf4\x90\x80\x80", {"b\xff"}, "c"},
              {"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", {"b\xef\xbf\xbd"}, "c"}});
  EXPECT_NEAR(scores[0][0], scores[1][0], kExact);
}

TEST(Scorer, ABeforeThatIsTooLongIsCutAtItsStart) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny, {}, 64);
  EXPECT_EQ(model.window_tokens(), 64U);
  std::string before(5000, 'a');
  before += " the last words before";
  const auto scores = scored(model, {{before, {" it", " 1t"}, " ends"}});
  // 64 tokens fit; what is cut off is a multiple of a quarter of that, in tokens of `before`.
  const std::size_t total = 64 * 16 + 8;
  const std::size_t cut = (total - 64 + 15) / 16 * 16;
  const std::string seen = before.substr(before.size() - 64 * 16).substr(cut);
  EXPECT_NEAR(scores[0][0], ln_bytes(tiny, seen, " it ends"), kExact);
  EXPECT_NEAR(scores[0][1], ln_bytes(tiny, seen, " 1t ends"), kExact);
}

TEST(Scorer, ACandidateLongerThanTheWindowIsAnError) {
  const Model model = loaded(byte_model(), {}, 64);
  const auto scores = score(model, std::vector<ScoreRequest>{{"a", {std::string(65, 'b')}, ""}});
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(score(model, std::vector<ScoreRequest>{{"a", {std::string(60, 'b')}, ""}}));
}

// More texts, tokens and outputs than one batch or the cache may hold, none of which may abort.
TEST(Scorer, AnyNumberOfCandidatesIsAnswered) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny);
  ScoreRequest request{.before = std::string(180, 'x'), .candidates = {}, .after = " and so on"};
  for (int i = 0; i < 300; ++i) {
    request.candidates.push_back(std::to_string(i * 7919) + std::string(40, '.'));
  }
  const auto scores = scored(model, {request, request});
  EXPECT_EQ(scores[0].size(), 300U);
  for (const std::size_t i : {0U, 150U, 299U}) {
    EXPECT_NEAR(scores[0][i], ln_bytes(tiny, request.before, request.candidates[i] + request.after),
                kExact);
    EXPECT_NEAR(scores[1][i], scores[0][i], kExact);
  }
}

TEST(Scorer, NumbersThatAreNoneAreAnError) {
  const auto logit = [](int token, int) {
    return token == 'b' ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  };
  const Model model = loaded(TinyModel::bigram({}, logit));
  const auto scores = score(model, std::vector<ScoreRequest>{{"a", {"bc"}, ""}});
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, ErrorCode::engine_failed);
}

TEST(Scorer, AModelThatWantsABeginningGetsIt) {
  const TinyModel tiny = byte_model();
  const Model model = loaded(tiny, [](gguf_context* gguf) {
    gguf_set_val_bool(gguf, "tokenizer.ggml.add_bos_token", true);
  });
  std::vector<int> context = {256, 'a'};
  EXPECT_NEAR(scored(model, {{"a", {"b"}, ""}})[0][0], tiny.ln_next(context).back()['b'], kExact);
  context = {256};
  EXPECT_NEAR(scored(model, {{"", {"b"}, ""}})[0][0], tiny.ln_next(context).back()['b'], kExact);
}

// Somebody else's model, with a tokenizer of another kind than ours.
TEST(Scorer, AForeignModelKnowsItsLanguage) {
  capture_engine_log();
  auto model =
      Model::load({.path = std::string(EMEND_TEST_MODELS) + "/stories260K-f32.gguf", .threads = 1});
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_FALSE(model->tokeniser().is_byte_level());
  EXPECT_EQ(model->tokeniser().beginning().size(), 1U);
  const auto scores = scored(
      *model, {{"Once upon a time, there was a little ", {"girl", "gjrl", "g1rl"}, " named Lily"},
               {"Once upon a time, there was a li", {"ttle girl", "tt1e girl"}, " named Lily"},
               {"", {"Once", "0nce"}, " upon a time"}});
  for (const auto& row : scores) {
    EXPECT_GT(row[0], -1.0);
    for (std::size_t i = 1; i < row.size(); ++i) EXPECT_LT(row[i], -20.0);
  }
  // Where the context ends, between words or within one, makes no difference to speak of.
  EXPECT_NEAR(scores[0][0], scores[1][0], 0.05);
}

}  // namespace
}  // namespace emend
