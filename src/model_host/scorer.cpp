// SPDX-License-Identifier: Apache-2.0
#include "model_host/scorer.h"

#include <llama.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "core/unicode.h"
#include "model_host/engine_log.h"
#include "model_host/softmax.h"
#include "model_host/token_tree.h"

namespace emend {

namespace {

using Scores = std::vector<std::vector<double>>;

constexpr double kNever = -std::numeric_limits<double>::infinity();
// Sequences of one batch. llama.cpp takes 256, but what it does for each grows with their number.
constexpr std::size_t kMaxSequences = 64;
// Bytes of `before` that are tokenised for each token of the window; more would be cut off again.
constexpr std::size_t kBytesPerWindowToken = 16;

// One token of a text, given those before it.
struct Step {
  Token token = 0;
  std::span<const Token> swallowing;  // tokens that go on past the end of the text instead
  double ln_token = 0;
  double ln_swallowing = kNever;
};

// One text with the tokens of it that are to be scored: those from `first` on.
struct Path {
  std::vector<Token> tokens;
  std::size_t first = 0;
  std::vector<Step> steps;
};

std::size_t divided_up(std::size_t number, std::size_t by) {
  return (number + by - 1) / by;
}

double ln_sum(double a, double b) {
  const auto [low, high] = std::minmax(a, b);
  return high == kNever ? kNever : high + std::log1p(std::exp(low - high));
}

// The last `limit` bytes of `text`, not beginning inside a character.
std::string_view end_of(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  text.remove_prefix(text.size() - limit);
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) {
    text.remove_prefix(1);
  }
  return text;
}

// How many tokens all texts begin with, leaving each at least one token to score.
std::size_t common_length(const std::vector<std::vector<Token>>& texts) {
  std::size_t common = texts.front().size();
  for (const auto& text : texts) {
    const auto [end, unused] =
        std::mismatch(texts.front().begin(), texts.front().end(), text.begin(), text.end());
    common = std::min(common, static_cast<std::size_t>(end - texts.front().begin()));
    common = std::min(common, std::max<std::size_t>(text.size(), 1) - 1);
  }
  return common;
}

// Turns requests into paths: for each request that of `before` alone, then those of its candidates.
class Planner {
 public:
  explicit Planner(const Model& model) : model_(model), tokeniser_(model.tokeniser()) {}

  [[nodiscard]] Result<std::vector<Path>> paths(const ScoreRequest& request) const {
    auto texts = tokenised(request);
    if (!texts) return tl::unexpected(std::move(texts.error()));
    const bool exact = tokeniser_.is_byte_level();
    const std::size_t common = exact ? texts->front().size() : common_length(*texts);
    std::vector<Token> head = model_.opening();
    const std::vector<Token> told = tokeniser_.told(request.about);
    head.insert(head.end(), told.begin(), told.end());
    if (common == 0 && head.empty()) head = tokeniser_.line_feed();
    auto cut = tokens_to_cut(*texts, common, head.size());
    if (!cut) return tl::unexpected(std::move(cut.error()));

    std::vector<Path> paths;
    for (const auto& text : *texts) {
      Path path{.tokens = head, .first = head.size() + common - *cut, .steps = {}};
      path.tokens.insert(path.tokens.end(), text.begin() + static_cast<std::ptrdiff_t>(*cut),
                         text.end());
      add_steps(path);
      paths.push_back(std::move(path));
    }
    return paths;
  }

 private:
  [[nodiscard]] Result<std::vector<std::vector<Token>>> tokenised(
      const ScoreRequest& request) const {
    const std::string before(end_of(request.before, model_.window_tokens() * kBytesPerWindowToken));
    std::vector<std::vector<Token>> texts;
    const auto add = [&](const std::string& text) -> Result<void> {
      auto tokens = tokeniser_.tokens(text);
      if (!tokens) return tl::unexpected(std::move(tokens.error()));
      texts.push_back(std::move(*tokens));
      return {};
    };
    auto added = add(before);
    for (const auto& candidate : request.candidates) {
      if (added) added = add(before + candidate + request.after);
    }
    if (!added) return tl::unexpected(std::move(added.error()));
    return texts;
  }

  // How much of the common beginning does not fit into the window. Cut in large parts, so that the
  // next request of the same document often begins at the same place and shares its tokens.
  [[nodiscard]] Result<std::size_t> tokens_to_cut(const std::vector<std::vector<Token>>& texts,
                                                  std::size_t common, std::size_t head) const {
    std::size_t longest = head;
    for (const auto& text : texts) longest = std::max(longest, head + text.size());
    const std::size_t window = model_.window_tokens();
    if (longest <= window) return std::size_t{0};
    const std::size_t excess = longest - window;
    const std::size_t most = head > 0 || common == 0 ? common : common - 1;
    if (excess > most) {
      return fail(ErrorCode::limit_exceeded,
                  "a reading with what follows it has " + std::to_string(longest - most) +
                      " tokens, more than the model's context of " + std::to_string(window),
                  "Use a model with a longer context.");
    }
    const std::size_t part = std::max<std::size_t>(window / 4, 1);
    return std::min(most, divided_up(excess, part) * part);
  }

  void add_steps(Path& path) const {
    for (std::size_t i = path.first; i < path.tokens.size(); ++i) {
      path.steps.push_back({.token = path.tokens[i]});
    }
    if (tokeniser_.is_byte_level()) return;
    std::string rest;
    for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
      rest.insert(0, tokeniser_.piece(step->token));
      if (rest.size() > tokeniser_.longest_piece()) break;
      if (!rest.empty()) step->swallowing = tokeniser_.starting_with(rest);
    }
  }

  const Model& model_;
  const Tokeniser& tokeniser_;
};

// Fills the steps of paths by running the model over the tree of all their tokens.
class Pass {
 public:
  explicit Pass(const Model& model)
      : model_(model), tree_(model.cells(), model.can_share() ? kMaxSequences : 1) {}

  // `path` must stay where it is until finish() has returned.
  [[nodiscard]] Result<void> add(Path& path) {
    if (path.steps.empty()) return {};
    // The last token is scored by those before it and need not be computed itself.
    const auto context = std::span<const Token>(path.tokens).first(path.tokens.size() - 1);
    auto nodes = tree_.add(context);
    if (!nodes) {
      if (auto done = finish(); !done) return done;
      nodes = tree_.add(context);
    }
    if (!nodes) return fail(ErrorCode::engine_failed, "a text is longer than the model's cache");
    steps_.resize(std::max(steps_.size(), nodes->empty() ? 0 : nodes->back() + 1));
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      const std::size_t node = (*nodes)[path.first + i - 1];
      steps_.resize(std::max(steps_.size(), node + 1));
      steps_[node].push_back(&path.steps[i]);
    }
    return {};
  }

  // Between requests: computes what is there when that fills a batch. Within a request nothing is
  // computed unless the cache is full, so that its texts share what they begin with.
  [[nodiscard]] Result<void> end_request() {
    return tree_.size() < model_.batch_tokens() ? Result<void>() : finish();
  }

  // Computes what was added since the last call.
  [[nodiscard]] Result<void> finish() {
    if (tree_.is_empty()) return {};
    const std::vector<TokenTree::Node> nodes = tree_.nodes();
    steps_.resize(nodes.size());
    llama_memory_clear(llama_get_memory(model_.context()), !model_.can_share());
    Result<void> result;
    // In batches of one size: a short last one would run at half the speed (llama.cpp's flash
    // attention on the CPU has a slow path below 64 tokens).
    const std::size_t batches = divided_up(nodes.size(), model_.batch_tokens());
    const std::size_t size = divided_up(nodes.size(), batches);
    for (std::size_t start = 0; start < nodes.size() && result;) {
      const std::size_t end = end_of_batch(start, std::min(start + size, nodes.size()));
      result = compute(std::span(nodes).subspan(start, end - start), start);
      start = end;
    }
    tokens_ += static_cast<std::int64_t>(nodes.size());
    tree_.clear();
    steps_.clear();
    return result;
  }

  // How many tokens were computed.
  [[nodiscard]] std::int64_t tokens() const { return tokens_; }

 private:
  [[nodiscard]] std::size_t end_of_batch(std::size_t start, std::size_t limit) const {
    std::size_t outputs = 0;
    std::size_t end = start;
    for (; end < limit; ++end) {
      outputs += steps_[end].empty() ? 0 : 1;
      if (outputs > model_.batch_outputs()) break;
    }
    return end;
  }

  [[nodiscard]] Result<void> compute(std::span<const TokenTree::Node> nodes, std::size_t first) {
    std::vector<Token> tokens;
    std::vector<llama_pos> positions;
    std::vector<std::int32_t> sequence_counts;
    std::vector<llama_seq_id*> sequences;
    std::vector<std::int8_t> outputs;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      tokens.push_back(nodes[i].token);
      positions.push_back(static_cast<llama_pos>(nodes[i].depth));
      sequence_counts.push_back(static_cast<std::int32_t>(nodes[i].sequences.size()));
      // llama.cpp only reads them, but its struct does not say so.
      sequences.push_back(const_cast<llama_seq_id*>(nodes[i].sequences.data()));
      outputs.push_back(steps_[first + i].empty() ? 0 : 1);
    }
    llama_batch batch{};
    batch.n_tokens = static_cast<std::int32_t>(nodes.size());
    batch.token = tokens.data();
    batch.pos = positions.data();
    batch.n_seq_id = sequence_counts.data();
    batch.seq_id = sequences.data();
    batch.logits = outputs.data();

    forget_engine_log();
    if (const int status = llama_decode(model_.context(), batch); status != 0) {
      return fail(ErrorCode::engine_failed,
                  "the model failed (" + std::to_string(status) + "): " + engine_log_reason());
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (outputs[i] == 0) continue;
      const float* logits = llama_get_logits_ith(model_.context(), static_cast<std::int32_t>(i));
      if (auto read = read_logits(logits, steps_[first + i]); !read) return read;
    }
    return {};
  }

  [[nodiscard]] Result<void> read_logits(const float* logits, std::span<Step* const> steps) const {
    const auto unusable = [] {
      return fail(ErrorCode::engine_failed, "the model gives no usable numbers",
                  "Its file may be damaged; try another one.");
    };
    if (logits == nullptr) return unusable();
    const std::size_t count = model_.tokeniser().size();
    const double ln_total = ln_sum_exp(std::span(logits, count));
    if (!std::isfinite(ln_total)) return unusable();
    for (Step* step : steps) {
      step->ln_token = logits[step->token] - ln_total;
      double swallowed = 0;
      for (const Token token : step->swallowing) {
        if (token != step->token) swallowed += std::exp(logits[token] - ln_total);
      }
      step->ln_swallowing = std::log(swallowed);
    }
    return {};
  }

  const Model& model_;
  TokenTree tree_;
  std::int64_t tokens_ = 0;
  std::vector<std::vector<Step*>> steps_;  // by node: what its logits tell
};

double ln_probability(const Path& path) {
  double so_far = 0;
  double swallowed = kNever;
  for (const Step& step : path.steps) {
    swallowed = ln_sum(swallowed, so_far + step.ln_swallowing);
    so_far += step.ln_token;
  }
  return ln_sum(swallowed, so_far);
}

Result<Scores> collected(std::span<const ScoreRequest> requests,
                         const std::vector<std::vector<Path>>& paths) {
  Scores scores;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const double before = ln_probability(paths[i].front());
    std::vector<double>& row = scores.emplace_back();
    for (const Path& path : std::span(paths[i]).subspan(1)) {
      row.push_back(ln_probability(path) - before);
      if (!std::isfinite(row.back())) {
        return fail(ErrorCode::engine_failed, "the model gives no usable numbers",
                    "Its file may be damaged; try another one.");
      }
    }
  }
  return scores;
}

}  // namespace

Result<Scored> score(const Model& model, std::span<const ScoreRequest> requests) {
  const Planner planner(model);
  std::vector<std::vector<Path>> paths;
  for (const ScoreRequest& request : requests) {
    auto planned = planner.paths(request);
    if (!planned) return tl::unexpected(std::move(planned.error()));
    paths.push_back(std::move(*planned));
  }
  Pass pass(model);
  for (auto& request : paths) {
    for (Path& path : request) {
      if (auto added = pass.add(path); !added) return tl::unexpected(std::move(added.error()));
    }
    if (auto done = pass.end_request(); !done) return tl::unexpected(std::move(done.error()));
  }
  if (auto done = pass.finish(); !done) return tl::unexpected(std::move(done.error()));
  auto scores = collected(requests, paths);
  if (!scores) return tl::unexpected(std::move(scores.error()));
  return Scored{std::move(*scores), pass.tokens()};
}

}  // namespace emend
