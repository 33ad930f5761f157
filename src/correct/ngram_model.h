// SPDX-License-Identifier: Apache-2.0
// The embedded sense of language: a byte n-gram model in a memory-mapped file.
//
// Scores are sums of whole numbers from the file, so they are the same on every machine and with
// every compiler. A damaged file is an Error at open() and never a crash later: its digest and
// every index in it are checked first.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "correct/ngram_format.h"
#include "correct/packed_tree.h"
#include "correct/sealed_file.h"
#include "emend/language_model.h"

namespace emend {

class NgramModel final : public LanguageModel {
 public:
  // What the model remembers of the text so far. A plain value: copy it to try several
  // continuations of the same text.
  struct State {
    // nodes[k] is the n-gram of the last k + 1 bytes, for k < depth.
    std::array<std::uint32_t, ngram::kMaxOrder - 1> nodes{};
    std::uint32_t depth = 0;
  };

  // Fails with not_found, io_failed, or unreadable_input when the file is damaged or not a model.
  [[nodiscard]] static Result<std::unique_ptr<NgramModel>> open(const std::filesystem::path& path);

  // Never fails. `before` counts as the start of a line when it is empty.
  [[nodiscard]] Result<std::vector<std::vector<double>>> score(
      std::span<const ScoreRequest> requests) override;

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] std::string hash() const override { return file_.digest(); }

  [[nodiscard]] State start() const;  // at the start of a line
  // ln P(text | state) in nats; moves `state` to after the text. Safe from several threads.
  double advance(State& state, std::string_view text) const;

 private:
  struct Level {
    std::uint32_t nodes = 0;
    const unsigned char* labels = nullptr;
    const unsigned char* codes = nullptr;
    const unsigned char* back_offs = nullptr;  // null at the highest level
    PackedTree tree;                           // empty at the highest level
    std::array<std::int32_t, ngram::kCodes> probabilities{};
    std::array<std::int32_t, ngram::kCodes> back_off_weights{};
  };

  NgramModel() = default;
  [[nodiscard]] Result<void> read_header();
  [[nodiscard]] Result<void> find_levels();
  [[nodiscard]] Result<void> check_children() const;
  std::int64_t advance_byte(State& state, unsigned char byte) const;

  SealedFile file_;
  std::size_t order_ = 0;
  std::array<Level, ngram::kMaxOrder> levels_{};
  std::string name_;
};

}  // namespace emend
