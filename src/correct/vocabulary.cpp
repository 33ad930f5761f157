// SPDX-License-Identifier: Apache-2.0
#include "correct/vocabulary.h"

#include <utility>

#include "core/unicode.h"
#include "correct/distance.h"

namespace emend {

void Vocabulary::add(std::string_view word) {
  if (word.empty() || recent_.set.count(std::string(word)) > 0) return;
  if (recent_.words.size() >= kCapacity / 2) {
    older_ = std::move(recent_);
    recent_ = {};
  }
  recent_.words.push_back(to_code_points(word));
  recent_.set.emplace(word);
}

bool Vocabulary::contains(std::string_view word) const {
  const std::string key(word);
  return recent_.set.count(key) > 0 || older_.set.count(key) > 0;
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
