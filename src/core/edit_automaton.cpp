// SPDX-License-Identifier: Apache-2.0
#include "core/edit_automaton.h"

#include <algorithm>

#include "core/ascii.h"

namespace emend {

namespace {

bool has_form(char byte) {
  return byte == '\n' || ascii::is_digit(byte);
}

}  // namespace

EditAutomaton::EditAutomaton(std::string_view draft, const std::vector<bool>& locked,
                             std::size_t start, EditBounds bounds)
    : draft_(draft),
      locked_(&locked),
      start_(start),
      bounds_(bounds),
      never_(bounds.most_changes + 1),
      row_(2 * bounds.most_changes + 1, never_) {
  row_[bounds.most_changes] = 0;
  skip_draft();
}

// Indexes below the start of the draft wrap around; is_on_draft() keeps them out.
std::size_t EditAutomaton::position_of(std::size_t index) const {
  return start_ + written_ + index - bounds_.most_changes;
}

bool EditAutomaton::is_on_draft(std::size_t index) const {
  return written_ + index >= bounds_.most_changes && position_of(index) <= draft_.size();
}

bool EditAutomaton::is_locked(std::size_t position) const {
  return position < draft_.size() && (*locked_)[position];
}

// A locked byte, and what stands beside one: a token is not glued to what was free.
bool EditAutomaton::is_fixed(std::size_t position) const {
  return is_locked(position) || (position > 0 && is_locked(position - 1)) ||
         is_locked(position + 1) || (bounds_.keeps_form && has_form(draft_[position]));
}

bool EditAutomaton::may_insert(std::size_t position, char byte) const {
  if (bounds_.keeps_form && has_form(byte)) return false;
  return !is_locked(position) && !(position > 0 && is_locked(position - 1));
}

std::size_t EditAutomaton::replaced(std::size_t before, std::size_t position, char byte) const {
  if (draft_[position] == byte) return before;
  if (is_fixed(position) || (bounds_.keeps_form && has_form(byte))) return never_;
  return before + 1;
}

// Bytes of the draft that are left out, from left to right along the row.
void EditAutomaton::skip_draft() {
  for (std::size_t i = 1; i < row_.size(); ++i) {
    if (!is_on_draft(i) || position_of(i) <= start_) continue;
    if (is_fixed(position_of(i) - 1)) continue;
    row_[i] = std::min(row_[i], row_[i - 1] + 1);
  }
}

void EditAutomaton::write(char byte) {
  ++written_;
  for (std::size_t i = 0; i < row_.size(); ++i) {
    std::size_t best = never_;
    if (is_on_draft(i)) {
      const std::size_t position = position_of(i);
      if (position > start_) best = replaced(row_[i], position - 1, byte);
      if (i + 1 < row_.size() && may_insert(position, byte)) {
        best = std::min(best, row_[i + 1] + 1);
      }
    }
    row_[i] = std::min(best, never_);
  }
  skip_draft();
}

bool EditAutomaton::write(std::string_view bytes) {
  for (const char byte : bytes) write(byte);
  return std::any_of(row_.begin(), row_.end(),
                     [&](std::size_t changes) { return changes < never_; });
}

std::size_t EditAutomaton::changes_at(std::size_t position) const {
  if (position < first() || position > last()) return never_;
  return row_[position + bounds_.most_changes - start_ - written_];
}

std::size_t EditAutomaton::first() const {
  const std::size_t least = std::min(written_, bounds_.most_changes);
  return start_ + written_ - least;
}

std::size_t EditAutomaton::last() const {
  return std::min(start_ + written_ + bounds_.most_changes, draft_.size());
}

}  // namespace emend
