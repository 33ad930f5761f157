// SPDX-License-Identifier: Apache-2.0
// How far a text may stray from a draft, judged byte by byte while it is written.
//
// The state is one row of the table of edit distances between draft and text, in a band as wide as
// the changes that are allowed. So a token costs a few dozen steps, and nothing is computed for
// texts that nobody writes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace emend {

struct EditBounds {
  std::size_t most_changes = 6;  // bytes inserted, dropped and replaced
  // Digits and newlines are as in the draft: none comes, none goes. Off for measuring alone.
  bool keeps_form = true;
};

class EditAutomaton {
 public:
  // The text stands for the draft from byte `start` on. `locked` has an entry for each byte of the
  // draft: a locked one and its neighbours only match, and nothing is written next to it. Borrows
  // both.
  EditAutomaton(std::string_view draft, const std::vector<bool>& locked, std::size_t start,
                EditBounds bounds);

  // Writes on. False when no text that begins like this is within the bounds; that stays so.
  [[nodiscard]] bool write(std::string_view bytes);

  // The changes if what was written stands for the draft from `start` to `position`; more than
  // bounds.most_changes when it cannot.
  [[nodiscard]] std::size_t changes_at(std::size_t position) const;

  // The positions of which changes_at() can be within bounds: from first to last.
  [[nodiscard]] std::size_t first() const;
  [[nodiscard]] std::size_t last() const;

  [[nodiscard]] std::size_t written() const { return written_; }

 private:
  void write(char byte);
  void skip_draft();
  [[nodiscard]] bool is_locked(std::size_t position) const;
  [[nodiscard]] bool is_fixed(std::size_t position) const;
  [[nodiscard]] bool may_insert(std::size_t position, char byte) const;
  [[nodiscard]] std::size_t replaced(std::size_t before, std::size_t position, char byte) const;
  [[nodiscard]] bool is_on_draft(std::size_t index) const;
  [[nodiscard]] std::size_t position_of(std::size_t index) const;

  std::string_view draft_;
  const std::vector<bool>* locked_;
  std::size_t start_;
  EditBounds bounds_;
  std::size_t never_;             // more changes than any that are allowed
  std::size_t written_ = 0;       // bytes
  std::vector<std::size_t> row_;  // row_[i]: changes up to the draft's start_ + written_ - most + i
};

}  // namespace emend
