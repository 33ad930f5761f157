// SPDX-License-Identifier: Apache-2.0
// rewrite_choices MODEL GPU_LAYERS THREADS: how long a model takes to rewrite a text by
// verification, and to generate the same text word by word. The computing is real; what the model
// says is not, since weights of random value say nothing sensible: its choices are those that write
// the true text. For each line of standard input, a number of words and how many of a thousand were
// misread, it answers with a line of JSON. Generation is measured once for each number of words.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
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
using Clock = std::chrono::steady_clock;

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

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word;
  return text;
}

std::string misread(std::string word) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"m", "rn"}, {"e", "c"}, {"l", "i"}, {"a", "o"}, {"i", "l"}, {"u", "v"}};
  for (const auto& [meant, seen] : kPairs) {
    const std::size_t at = word.find(meant, 1);
    if (at != std::string::npos) return word.replace(at, 1, seen);
  }
  return word;
}

Text text_of(std::size_t words, std::size_t misread_of_thousand) {
  Dice dice;
  Text text;
  std::size_t due = 0;  // thousandths of a misreading
  for (std::size_t w = 0; w < words; ++w) {
    const std::string gap = w % 9 == 8 ? "\n" : " ";
    std::string word(kWords[dice.below(std::size(kWords))]);
    if (w % 9 == 8) word = std::to_string(dice.below(900)) + ".50";
    due += misread_of_thousand;
    const bool is_word = word.size() > 4 && w % 9 != 8;
    text.truth.push_back(word + gap);
    text.read.push_back((is_word && due >= 1000 ? misread(word) : word) + gap);
    if (is_word && due >= 1000) due -= 1000;
  }
  return text;
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

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
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
  const auto start = Clock::now();
  if (auto begun = model.begin(prompt); !begun) give_up(begun.error());
  return seconds_since(start);
}

// Seconds of generating the true text, each token alone.
double generated(LlamaStream& model, const Text& text) {
  const auto prompt = prompt_for(model, text);
  auto tokens = model.tokens(joined(text.truth));
  if (!tokens) give_up(tokens.error());
  static_cast<void>(begin(model, prompt));
  const auto start = Clock::now();
  Token last = prompt.back();
  for (const Token token : *tokens) {
    if (auto done = model.append(std::span(&last, 1)); !done) give_up(done.error());
    last = token;
  }
  return seconds_since(start);
}

json measured(LlamaStream& model, std::size_t words, std::size_t misread_of_thousand) {
  const Text text = text_of(words, misread_of_thousand);
  const std::vector<Token> prompt = prompt_for(model, text);
  const std::string draft = joined(text.read);
  RewriteRequest request{.text = draft};
  for (std::size_t at = 0; at < draft.size();) {
    const std::size_t end = draft.find_first_of(" \n", at);
    if (draft[at] >= '0' && draft[at] <= '9') request.locked.push_back({at, end});
    at = end + 1;
  }
  auto draft_tokens = model.tokens(draft);
  if (!draft_tokens) give_up(draft_tokens.error());
  const double text_prefill = begin(model, *draft_tokens);
  const double prefill = begin(model, prompt);
  const auto start = Clock::now();
  Choosing choosing(model, text);
  const auto rewritten = rewrite(choosing, prompt.back(), request);
  const double seconds = seconds_since(start);
  if (!rewritten) give_up(rewritten.error());
  return {{"words", words},
          {"misread_of_thousand", misread_of_thousand},
          {"tokens", draft_tokens->size()},
          {"prompt_tokens", prompt.size()},
          {"prefill_seconds", prefill},
          {"text_prefill_seconds", text_prefill},
          {"rewrite_seconds", seconds},
          {"computed", rewritten->tokens},
          {"decodes", rewritten->decodes},
          {"changes", rewritten->changes.size()},
          {"is_true", rewritten->text == joined(text.truth)}};
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("usage: rewrite_choices MODEL GPU_LAYERS THREADS\n", stderr);
    return 2;
  }
  capture_engine_log();
  const int gpu_layers = std::atoi(words[2]);
  if (gpu_layers != 0) static_cast<void>(load_backends());
  auto model = Model::load({.path = words[1],
                            .gpu_layers = gpu_layers,
                            .threads = std::atoi(words[3]),
                            .context = 4096});
  if (!model) give_up(model.error());
  LlamaStream stream(*model);
  std::map<std::size_t, double> generation;
  std::size_t text_words = 0;
  std::size_t misread_of_thousand = 0;
  while (std::cin >> text_words >> misread_of_thousand) {
    auto known = generation.find(text_words);
    if (known == generation.end()) {
      known = generation.emplace(text_words, generated(stream, text_of(text_words, 0))).first;
    }
    json answer = measured(stream, text_words, misread_of_thousand);
    answer["generation_seconds"] = known->second;
    std::printf("%s\n", answer.dump().c_str());
    std::fflush(stdout);
  }
  return 0;
}
