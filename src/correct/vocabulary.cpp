// SPDX-License-Identifier: Apache-2.0
#include "correct/vocabulary.h"

#include <utility>

#include "core/unicode.h"
#include "correct/distance.h"

namespace emend {

void Vocabulary::add(std::string_view word) {
  if (word.empty()) return;
  if (const auto known = recent_.counts.find(std::string(word)); known != recent_.counts.end()) {
    ++known->second;
    return;
  }
  if (recent_.words.size() >= kCapacity / 2) {
    older_ = std::move(recent_);
    recent_ = {};
  }
  recent_.words.push_back(to_code_points(word));
  recent_.counts.emplace(word, 1);
}

std::size_t Vocabulary::count(std::string_view word) const {
  const std::string key(word);
  std::size_t sum = 0;
  for (const Half* half : {&older_, &recent_}) {
    const auto found = half->counts.find(key);
    sum += found == half->counts.end() ? 0 : found->second;
  }
  return sum;
}

void Vocabulary::clear() {
  recent_ = {};
  older_ = {};
}

std::vector<std::string> Vocabulary::similar(std::string_view word, std::size_t distance) const {
  const std::u32string wanted = to_code_points(word);
  std::vector<std::string> found;
  for (const Half* half : {&older_, &recent_}) {
    for (const std::u32string& known : half->words) {
      if (known != wanted && edit_distance(wanted, known, distance) <= distance) {
        found.push_back(to_utf8(known));
      }
    }
  }
  return found;
}

}  // namespace emend
