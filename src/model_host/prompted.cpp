// SPDX-License-Identifier: Apache-2.0
#include "model_host/prompted.h"

#include <llama.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "model_host/chat.h"
#include "model_host/llama_stream.h"
#include "model_host/rewrite.h"

namespace emend {

namespace {

// What is done for each sequence of a batch grows with their number, and their cache is searched
// by all of them.
constexpr std::size_t kMostTogether = 8;
// Of a batch, for each: less tells of no whole word.
constexpr std::size_t kLeastTokens = 16;
// Room for the last batch of a text, of which some is taken back.
constexpr std::size_t kTokensToSpare = 128;

// One text with its prompt, and how many tokens of the cache both need, as far as one can tell.
struct Task {
  const RewriteRequest* request = nullptr;
  std::vector<Token> prompt;
  std::size_t need = 0;
};

Result<Task> task_for(const Model& model, const RewriteRequest& request) {
  const ChatTurns turns{request.system, request.prompt + "\n\n" + request.before + request.text};
  auto prompt = conversation(llama_get_model(model.context()), model.tokeniser(), turns);
  if (!prompt) return tl::unexpected(std::move(prompt.error()));
  const auto before = model.tokeniser().tokens(request.before);
  if (!before) return tl::unexpected(before.error());
  const auto text = model.tokeniser().tokens(request.text);
  if (!text) return tl::unexpected(text.error());
  prompt->insert(prompt->end(), before->begin(), before->end());
  const std::size_t need = prompt->size() + text->size() + text->size() / 4 + kTokensToSpare;
  return Task{&request, std::move(*prompt), need};
}

// Some texts on their way together.
class Together {
 public:
  Together(const Model& model, std::span<const Task* const> tasks) {
    for (const Task* task : tasks) {
      LlamaStream::Share share;
      if (tasks.size() > 1) {
        share = {static_cast<std::int32_t>(streams_.size()), tasks.size(), task->need};
      }
      streams_.push_back(std::make_unique<LlamaStream>(model, share));
      prompts_.push_back(task->prompt);
      rewritings_.push_back(begin_rewriting(*streams_.back(), task->prompt.back(), *task->request));
      answers_.emplace_back();
    }
  }

  [[nodiscard]] std::vector<Result<Rewritten>> run() {
    std::vector<LlamaStream*> all;
    for (const auto& stream : streams_) all.push_back(stream.get());
    if (auto begun = LlamaStream::begin_all(all, prompts_); !begun) end_all(begun.error());
    while (step()) {
    }
    std::vector<Result<Rewritten>> answers;
    for (auto& answer : answers_) answers.push_back(std::move(*answer));
    return answers;
  }

 private:
  // One batch of all that are not done. False when there are none.
  [[nodiscard]] bool step() {
    std::vector<std::size_t> open;
    std::vector<LlamaStream*> streams;
    std::vector<std::vector<Token>> tokens;
    for (std::size_t i = 0; i < streams_.size(); ++i) {
      if (answers_[i]) continue;
      auto next = rewritings_[i]->next();
      if (!next) {
        answers_[i] = tl::unexpected(std::move(next.error()));
      } else if (next->empty()) {
        answers_[i] = rewritings_[i]->result();
        (*answers_[i])->tokens = streams_[i]->computed();
      } else {
        open.push_back(i);
        streams.push_back(streams_[i].get());
        tokens.push_back(std::move(*next));
      }
    }
    if (open.empty()) return false;
    if (auto done = LlamaStream::append_all(streams, tokens); !done) {
      end_all(done.error());
      return false;
    }
    for (const std::size_t i : open) {
      if (auto done = rewritings_[i]->go_on(); !done) answers_[i] = tl::unexpected(done.error());
    }
    return true;
  }

  void end_all(const Error& error) {
    for (auto& answer : answers_) {
      if (!answer) answer = tl::unexpected(error);
    }
  }

  std::vector<std::unique_ptr<LlamaStream>> streams_;
  std::vector<std::vector<Token>> prompts_;
  std::vector<std::unique_ptr<Rewriting>> rewritings_;
  std::vector<std::optional<Result<Rewritten>>> answers_;
};

// The first of `tasks` that fit into the cache together; at least one.
std::span<const Task* const> that_fit(const Model& model, std::span<const Task* const> tasks) {
  const std::size_t batch = std::min(model.batch_tokens(), model.batch_outputs());
  const std::size_t most = std::min({kMostTogether, tasks.size(), batch / kLeastTokens});
  std::size_t count = 1;
  std::size_t need = tasks.front()->need;
  while (model.can_share() && count < most) {
    need += tasks[count]->need;
    if (need > model.cells()) break;
    ++count;
  }
  return tasks.first(count);
}

}  // namespace

std::vector<Result<Rewritten>> rewrite_all_by(const Model& model,
                                              std::span<const RewriteRequest> requests) {
  std::vector<Result<Task>> tasks;
  for (const RewriteRequest& request : requests) tasks.push_back(task_for(model, request));
  std::vector<const Task*> usable;
  for (const auto& task : tasks) {
    if (task) usable.push_back(&*task);
  }
  std::vector<Result<Rewritten>> done;  // of the usable ones
  for (std::span<const Task* const> left = usable; !left.empty();) {
    const auto some = that_fit(model, left);
    for (auto& answer : Together(model, some).run()) done.push_back(std::move(answer));
    left = left.subspan(some.size());
  }
  std::vector<Result<Rewritten>> answers;
  std::size_t next = 0;
  for (const auto& task : tasks) {
    if (!task) {
      answers.emplace_back(tl::unexpected(task.error()));
      continue;
    }
    auto answer = std::move(done[next++]);
    // Its share of the cache was too small: one that is alone has more.
    const bool was_crowded = !answer && answer.error().code == ErrorCode::limit_exceeded;
    const Task* const only = &*task;
    if (was_crowded && usable.size() > 1) answer = Together(model, {&only, 1}).run().front();
    answers.push_back(std::move(answer));
  }
  return answers;
}

Result<Rewritten> rewrite_by(const Model& model, const RewriteRequest& request) {
  return rewrite_all_by(model, {&request, 1}).front();
}

}  // namespace emend
