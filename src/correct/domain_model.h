// SPDX-License-Identifier: Apache-2.0
// A sense of the language of one domain: the embedded one, and over it what follows what in the
// user's own text.
//
// Counted is what follows 3, 4 and 5 bytes, each smoothed with the next shorter one, and the
// shortest with the embedded model, by Witten and Bell's method (The zero-frequency problem, IEEE
// Transactions on Information Theory 37, 1991). So where the text has never been, the embedded
// model decides as without it. A mix of both byte by byte was tried first: what a small text has
// not seen it finds hardly impossible, which took half the gain from good corrections.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "correct/ngram_model.h"
#include "emend/language_model.h"

namespace emend {

class DomainModel final : public LanguageModel {
 public:
  static constexpr std::size_t kShortest = 3;  // bytes that something follows
  static constexpr std::size_t kLongest = 5;
  static constexpr std::size_t kMostBytes = 8U << 20U;  // of text

  // Borrows `base`. `text` has at most kMostBytes. While it is built it takes 8 bytes for each byte
  // of the text.
  DomainModel(const NgramModel& base, std::string_view text);

  // Never fails. `before` counts as the start of a line when it is empty.
  [[nodiscard]] Result<std::vector<std::vector<double>>> score(
      std::span<const ScoreRequest> requests) override;

  // Those of the embedded model; whoever brought the text knows what it was.
  [[nodiscard]] std::string name() const override { return base_->name(); }
  [[nodiscard]] std::string hash() const override { return base_->hash(); }

 private:
  // The sequences of one length, as numbers with their first byte highest, in order. So those that
  // go on from the same bytes stand together.
  struct Level {
    std::vector<std::uint64_t> sequences;
    std::vector<std::uint32_t> until;  // how often all up to this one came, it too
  };

  struct State {
    NgramModel::State base;
    std::uint64_t last = '\n';  // bytes, the last one lowest
    std::size_t known = 1;      // how many of them count, at most kLongest
  };

  double advance(State& state, std::string_view text) const;
  // The probability of the byte, if the embedded model's is `share`.
  [[nodiscard]] double share_of(const State& state, unsigned char byte, double share) const;

  const NgramModel* base_;
  // By what they follow: kShortest bytes first.
  std::array<Level, kLongest - kShortest + 1> levels_;
};

}  // namespace emend
