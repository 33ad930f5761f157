// SPDX-License-Identifier: Apache-2.0
// Rewriting by verification: a model that follows a prompt reads a text as the draft of its own
// answer. Where it agrees, the draft stands; where it does not, its own words are followed as far
// as a guard lets them, and come back as changes that somebody else accepts or refuses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "emend/error.h"

namespace emend {

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// For RewriteRequest::most_changes: the model writes what it likes, and the draft serves speed
// alone. For measuring; the answer is then what plain greedy decoding gives.
inline constexpr int kWideOpen = -1;

// What probably was meant by some whole words of a text. It decides nothing: a model that would say
// it gets there faster.
struct LikelyWords {
  ByteRange bytes;   // of RewriteRequest::text
  std::string text;  // UTF-8, never empty
};

struct RewriteRequest {
  std::string system;  // what the model is there for
  std::string prompt;  // what the user wants of it
  // What stands before the text; shown to the model, in its answer too, and not in question.
  std::string before;
  std::string text;  // UTF-8, lines ended by a newline
  // Bytes of `text` that no answer changes, in ascending order.
  std::vector<ByteRange> locked;
  // In ascending order, apart from each other and from what is locked; others are passed over.
  std::vector<LikelyWords> likely;
  int most_changes = 6;  // bytes inserted, dropped and replaced in one change
  int batch = 0;         // tokens of the draft that are verified together; 0 = as suits
  int most_tokens = 0;   // of a wide open answer; 0 = as many as the context holds
};

// What the model would write in place of some whole words of the text. Never empty on either side,
// and never with a newline on one side only.
struct RewriteChange {
  ByteRange bytes;   // of RewriteRequest::text
  std::string text;  // any bytes
  // Nats by which the model prefers it, with what follows, to what stands there.
  double gain = 0;
};

struct Rewritten {
  std::string text;                    // with every change made
  std::vector<RewriteChange> changes;  // in reading order, apart from each other
  std::int64_t tokens = 0;             // that the model computed
  std::int64_t decodes = 0;            // in so many batches
};

// Implementations: an instruct model in the model host, scripted ones in tests. Calls come from one
// thread at a time.
class Rewriter {
 public:
  Rewriter() = default;
  Rewriter(const Rewriter&) = delete;
  Rewriter& operator=(const Rewriter&) = delete;
  virtual ~Rewriter() = default;

  // Fails with limit_exceeded when the text is too long for the model's context, invalid_argument
  // when the model follows no prompts, engine_failed or cancelled.
  [[nodiscard]] virtual Result<Rewritten> rewrite(const RewriteRequest& request) = 0;

  // Several texts that do not depend on each other: an answer for each, in their order. A model
  // that computes them together is faster.
  [[nodiscard]] virtual std::vector<Result<Rewritten>> rewrite_all(
      std::span<const RewriteRequest> requests) {
    std::vector<Result<Rewritten>> answers;
    answers.reserve(requests.size());
    for (const RewriteRequest& request : requests) answers.push_back(rewrite(request));
    return answers;
  }
};

}  // namespace emend
