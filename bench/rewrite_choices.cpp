// SPDX-License-Identifier: Apache-2.0
// rewrite_choices MODEL GPU_LAYERS THREADS wall|processor: how long a model takes to rewrite a text
// by verification, and to generate it word by word. The computing is real; what the model says is
// not, since random weights say nothing sensible: its choices are those that write the true text.
//
// Each line of standard input has five numbers: words, how many of a thousand were misread, for how
// many of a hundred misread ones the right word is said to be likely, how many words, of a hundred
// misread ones, are said to be likely where the text was read well, and whether (1) n-gram
// speculation is measured too. The answer is a line of JSON. Generation and a prefill of the text
// are measured once for each number of words.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model_host/devices.h"
#include "model_host/engine_log.h"
#include "model_host/llama_stream.h"
#include "model_host/rewrite.h"

namespace {

using namespace emend;
using nlohmann::json;

constexpr std::string_view kWords[] = {
    "invoice", "number", "total",  "amount",   "is",      "payment", "within",  "please",
    "account", "the",    "days",   "receipt",  "thank",   "you",     "for",     "your",
    "order",   "of",     "the",    "items",    "listed",  "below",   "and",     "delivery",
    "address", "street", "bank",   "changes",  "service", "monthly", "support", "licence",
    "to",      "be",     "agreed", "Services", "have",    "been",    "charged", "in"};

class Dice {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 1664525U + 1013904223U;
    return (state_ >> 16U) % limit;
  }

 private:
  std::uint32_t state_ = 11;
};

struct Text {
  std::vector<std::string> truth;  // words with the blank or newline behind them
  std::vector<std::string> read;
};

struct Asked {
  std::size_t words = 0;
  std::size_t misread = 0;   // of a thousand
  std::size_t foreseen = 0;  // of a hundred misread words
  std::size_t mistaken = 0;  // for a hundred misread words
  std::size_t speculates = 0;
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

// The word itself when nothing in it is easily misread.
std::string misread(std::string word) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"m", "rn"}, {"e", "c"}, {"l", "i"}, {"a", "o"}, {"i", "l"}, {"u", "v"}};
  for (const auto& [meant, seen] : kPairs) {
    const std::size_t at = word.find(meant, 1);
    if (at != std::string::npos) return word.replace(at, 1, seen);
  }
  return word;
}

// `count` of `all`, at equal distances.
std::vector<std::size_t> spread(const std::vector<std::size_t>& all, std::size_t count) {
  std::vector<std::size_t> some;
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i) {
    some.push_back(all[(2 * i + 1) * all.size() / (2 * std::min(count, all.size()))]);
  }
  return some;
}

// Long words of a text that are not misread yet.
std::vector<std::size_t> well_read(const Text& text) {
  std::vector<std::size_t> found;
  for (std::size_t w = 0; w < text.truth.size(); ++w) {
    const std::string& word = text.truth[w];
    if (word.size() > 5 && text.read[w] == word && misread(word) != word) found.push_back(w);
  }
  return found;
}

Text text_of(const Asked& asked) {
  Dice dice;
  Text text;
  for (std::size_t w = 0; w < asked.words; ++w) {
    std::string word(kWords[dice.below(std::size(kWords))]);
    if (w % 9 == 8) word = std::to_string(dice.below(900)) + ".50";
    text.truth.push_back(word + (w % 9 == 8 ? "\n" : " "));
  }
  text.read = text.truth;
  const std::size_t count = (asked.words * asked.misread + 500) / 1000;
  for (const std::size_t w : spread(well_read(text), count)) text.read[w] = misread(text.read[w]);
  return text;
}

// What a proposer would say of the text as it was read.
std::vector<LikelyWords> likely_words(const Text& text, const Asked& asked) {
  std::vector<std::size_t> wrong;
  for (std::size_t w = 0; w < text.truth.size(); ++w) {
    if (text.read[w] != text.truth[w]) wrong.push_back(w);
  }
  std::vector<std::string> likely(text.truth.size());
  for (const std::size_t w : spread(wrong, (wrong.size() * asked.foreseen + 50) / 100)) {
    likely[w] = text.truth[w];
  }
  for (const std::size_t w : spread(well_read(text), (wrong.size() * asked.mistaken + 50) / 100)) {
    likely[w] = misread(text.truth[w]);
  }
  std::vector<LikelyWords> all;
  std::size_t at = 0;
  for (std::size_t w = 0; w < likely.size(); at += text.read[w].size(), ++w) {
    if (likely[w].empty()) continue;
    likely[w].pop_back();
    all.push_back({{at, at + text.read[w].size() - 1}, likely[w]});
  }
  return all;
}

// The model's computing with choices that write the truth, whatever was said before.
class Choosing final : public TokenStream {
 public:
  Choosing(LlamaStream& model, const Text& text) : model_(model), text_(text) {}

  Result<std::vector<Token>> tokens(std::string_view text) const override {
    return model_.tokens(text);
  }
  const std::string& piece(Token token) const override { return model_.piece(token); }
  bool is_end(Token token) const override { return model_.is_end(token); }
  Token end() const override { return model_.end(); }
  Result<void> append(std::span<const Token> tokens) override {
    if (auto done = model_.append(tokens); !done) return done;
    best_.clear();
    for (const Token token : tokens) {
      // The first one is the end of the prompt.
      if (has_begun_) said_.push_back(piece(token));
      has_begun_ = true;
      best_.push_back(choice());
    }
    return {};
  }
  Token best(std::size_t index) const override { return best_.at(index); }
  double ln_probability(std::size_t index, Token token) const override {
    return model_.ln_probability(index, token);
  }
  Result<void> forget(std::size_t count) override {
    has_begun_ = count <= said_.size();
    said_.resize(said_.size() - std::min(count, said_.size()));
    return model_.forget(count);
  }
  bool forgets_cheaply() const override { return model_.forgets_cheaply(); }
  std::size_t room() const override { return model_.room(); }
  std::size_t most_at_once() const override { return model_.most_at_once(); }
  std::size_t good_batch() const override { return model_.good_batch(); }

 private:
  // The first token of what is still to be said, the rest of a word and the words behind it.
  Token choice() {
    const std::string said = joined(said_);
    std::string_view rest = said;
    for (std::size_t w = 0; w < text_.truth.size(); ++w) {
      for (const std::string* word : {&text_.truth[w], &text_.read[w]}) {
        if (word->starts_with(rest) && *word != rest) return first_token(*word, rest.size(), w);
      }
      const bool is_true = rest.starts_with(text_.truth[w]);
      if (!is_true && !rest.starts_with(text_.read[w])) return end();
      rest.remove_prefix((is_true ? text_.truth : text_.read)[w].size());
    }
    return end();
  }

  Token first_token(const std::string& word, std::size_t from, std::size_t index) {
    std::string next = word.substr(from);
    for (std::size_t w = index + 1; w < std::min(index + 4, text_.truth.size()); ++w) {
      next += text_.truth[w];
    }
    const auto known = first_tokens_.find(next);
    if (known != first_tokens_.end()) return known->second;
    const auto tokens = model_.tokens(next);
    return first_tokens_[next] = tokens && !tokens->empty() ? tokens->front() : end();
  }

  LlamaStream& model_;
  const Text& text_;
  std::vector<std::string> said_;
  std::vector<Token> best_;
  std::map<std::string, Token> first_tokens_;
  bool has_begun_ = false;
};

// On a machine that others use, the processor's seconds tell more than those of a clock.
bool counts_processor_time = false;

double now() {
  if (counts_processor_time) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

[[noreturn]] void give_up(const Error& error) {
  std::printf("%s\n", json{{"error", error.message}}.dump().c_str());
  std::exit(1);
}

std::vector<Token> prompt_for(const LlamaStream& model, const Text& text) {
  auto prompt = model.tokens("Correct the errors of this page, and change no number.\n\n" +
                             joined(text.read) + "\nThe page without errors:\n");
  if (!prompt) give_up(prompt.error());
  return *prompt;
}

double begin(LlamaStream& model, const std::vector<Token>& prompt) {
  const double start = now();
  if (auto begun = model.begin(prompt); !begun) give_up(begun.error());
  return now() - start;
}

// Seconds of generating the true text, each token alone.
double generated(LlamaStream& model, const Text& text) {
  const auto prompt = prompt_for(model, text);
  auto tokens = model.tokens(joined(text.truth));
  if (!tokens) give_up(tokens.error());
  static_cast<void>(begin(model, prompt));
  const double start = now();
  Token last = prompt.back();
  for (const Token token : *tokens) {
    if (auto done = model.append(std::span(&last, 1)); !done) give_up(done.error());
    last = token;
  }
  return now() - start;
}

// What followed the last twelve tokens where they stood before, up to 48 tokens and no less than
// twelve: the rule and the numbers of llama-server's "ngram-simple".
std::vector<Token> drafted(const std::vector<Token>& said) {
  constexpr std::size_t kPattern = 12;
  constexpr std::size_t kMost = 48;
  if (said.size() <= kPattern + kMost + 2) return {};
  const auto pattern = said.end() - kPattern;
  for (std::size_t at = said.size() - kPattern - 1; at > 0; --at) {
    const auto place = said.begin() + static_cast<std::ptrdiff_t>(at);
    if (!std::equal(pattern, said.end(), place)) continue;
    const auto next = place + kPattern;
    // The token that was said last is not in the history of that rule.
    const auto count = std::min<std::ptrdiff_t>(kMost, said.end() - 1 - next);
    if (count < static_cast<std::ptrdiff_t>(kPattern)) return {};
    return {next, next + count};
  }
  return {};
}

// Generating the true text with such drafts, after a prompt that has been computed.
json speculated(LlamaStream& model, std::vector<Token> said, const std::vector<Token>& truth) {
  const double start = now();
  std::size_t batches = 0;
  std::size_t proposed = 0;
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < truth.size(); ++batches) {
    const std::vector<Token> draft = drafted(said);
    std::vector<Token> batch = {said.back()};
    batch.insert(batch.end(), draft.begin(), draft.end());
    if (auto done = model.append(batch); !done) give_up(done.error());
    std::size_t stood = 0;
    while (stood < draft.size() && at + stood < truth.size() && draft[stood] == truth[at + stood]) {
      ++stood;
    }
    if (auto done = model.forget(draft.size() - stood); !done) give_up(done.error());
    // Those that stood, and one that the model says itself.
    const std::size_t end = std::min(at + stood + 1, truth.size());
    said.insert(said.end(), truth.begin() + static_cast<std::ptrdiff_t>(at),
                truth.begin() + static_cast<std::ptrdiff_t>(end));
    at = end;
    proposed += draft.size();
    accepted += stood;
  }
  return {{"ngram_seconds", now() - start},
          {"ngram_batches", batches},
          {"ngram_drafted", proposed},
          {"ngram_accepted", accepted}};
}

RewriteRequest request_for(const Text& text, const Asked& asked) {
  RewriteRequest request{.text = joined(text.read), .likely = likely_words(text, asked)};
  for (std::size_t at = 0; at < request.text.size();) {
    const std::size_t end = request.text.find_first_of(" \n", at);
    if (request.text[at] >= '0' && request.text[at] <= '9') request.locked.push_back({at, end});
    at = end + 1;
  }
  return request;
}

class Bench {
 public:
  explicit Bench(const Model& model) : stream_(model) {}

  json measured(const Asked& asked) {
    const Text text = text_of(asked);
    const std::vector<Token> prompt = prompt_for(stream_, text);
    const RewriteRequest request = request_for(text, asked);
    json answer = once_for(asked.words);
    prepare(prompt);
    const double start = now();
    Choosing choosing(stream_, text);
    const auto rewritten = rewrite(choosing, prompt.back(), request);
    const double seconds = now() - start;
    if (!rewritten) give_up(rewritten.error());
    auto truth = stream_.tokens(joined(text.truth));
    if (!truth) give_up(truth.error());
    answer.update({{"words", asked.words},
                   {"misread_of_thousand", asked.misread},
                   {"prompt_ids", prompt},
                   {"answer_ids", *truth},
                   {"likely", request.likely.size()},
                   {"prefill_seconds", prefill_},
                   {"rewrite_seconds", seconds},
                   {"computed", rewritten->tokens},
                   {"decodes", rewritten->decodes},
                   {"changes", rewritten->changes.size()},
                   {"is_true", rewritten->text == joined(text.truth)}});
    if (asked.speculates != 0) {
      prepare(prompt);
      answer.update(speculated(stream_, prompt, *truth));
    }
    return answer;
  }

 private:
  const json& once_for(std::size_t words) {
    const auto known = known_.find(words);
    if (known != known_.end()) return known->second;
    prompt_.clear();
    const Text text = text_of({.words = words});
    auto tokens = stream_.tokens(joined(text.read));
    if (!tokens) give_up(tokens.error());
    const double prefill = begin(stream_, *tokens);
    return known_[words] = {{"text_prefill_seconds", prefill},
                            {"generation_seconds", generated(stream_, text)}};
  }

  // The prompt alone in the cache.
  void prepare(const std::vector<Token>& prompt) {
    if (prompt == prompt_) {
      if (auto done = stream_.forget(room_ - stream_.room()); !done) give_up(done.error());
      return;
    }
    prefill_ = begin(stream_, prompt);
    room_ = stream_.room();
    prompt_ = prompt;
  }

  LlamaStream stream_;
  std::map<std::size_t, json> known_;  // by number of words
  std::vector<Token> prompt_;          // that is computed
  std::size_t room_ = 0;               // behind it
  double prefill_ = 0;                 // its seconds
};

}  // namespace

int main(int count, char** words) {
  if (count != 5) {
    std::fputs("usage: rewrite_choices MODEL GPU_LAYERS THREADS wall|processor\n", stderr);
    return 2;
  }
  counts_processor_time = std::string_view(words[4]) == "processor";
  capture_engine_log();
  const int gpu_layers = std::atoi(words[2]);
  if (gpu_layers != 0) static_cast<void>(load_backends());
  auto model = Model::load({.path = words[1],
                            .gpu_layers = gpu_layers,
                            .threads = std::atoi(words[3]),
                            .context = 4096,
                            .small_batches = true});
  if (!model) give_up(model.error());
  Bench bench(*model);
  Asked asked;
  while (std::cin >> asked.words >> asked.misread >> asked.foreseen >> asked.mistaken >>
         asked.speculates) {
    std::printf("%s\n", bench.measured(asked).dump().c_str());
    std::fflush(stdout);
  }
  return 0;
}
