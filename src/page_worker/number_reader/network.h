// SPDX-License-Identifier: Apache-2.0
// The number reader's network, run by ggml on one core.
//
// Four 3x3 convolutions with ReLU, each followed by a maximum over 2x2, 2x2, 2x1 and 2x1 pixels, so
// that a crop of 32 rows becomes one column of features for every 4 pixels; then convolutions over
// 3 columns, the first with ReLU and two that add to what they came from; then scores of classes.
// How wide each is the weights say.
#pragma once

#include <memory>

#include "emend/error.h"
#include "page_worker/number_reader/crop.h"
#include "page_worker/number_reader/ctc.h"
#include "page_worker/number_reader/reader_file.h"

namespace emend {

// For the program's beginning: where ggml or an exception ends the process, it ends at once. By
// itself ggml would start a debugger first.
void let_engine_end_at_once();

class ReaderNetwork {
 public:
  // Fails with unreadable_input when a tensor is missing or two shapes do not fit each other.
  [[nodiscard]] static Result<ReaderNetwork> create(const ReaderFile& file);
  ReaderNetwork(ReaderNetwork&&) noexcept;
  ReaderNetwork& operator=(ReaderNetwork&&) noexcept;
  ~ReaderNetwork();

  // A row for every 4 pixels of the crop's width. The same crop gives the same numbers, whatever
  // was run before it. Fails with limit_exceeded when memory is short.
  [[nodiscard]] Result<LogProbabilities> run(const InkCrop& crop);

 private:
  struct State;
  explicit ReaderNetwork(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace emend
