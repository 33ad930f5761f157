// SPDX-License-Identifier: Apache-2.0
#include "correct/rank.h"

#include <cassert>
#include <cmath>

namespace emend {

namespace {

Gains gains_of(const std::vector<double>& scores, std::size_t candidates) {
  if (scores.size() != candidates || scores.empty()) return std::nullopt;
  std::vector<double> gains;
  gains.reserve(scores.size());
  for (const double score : scores) {
    if (!std::isfinite(score)) return std::nullopt;
    gains.push_back(score - scores.front());
    if (!std::isfinite(gains.back())) return std::nullopt;
  }
  return gains;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

Result<std::vector<Gains>> rank(LanguageModel& model, std::span<const Place> places) {
  if (places.empty()) return std::vector<Gains>{};
  const auto scores = model.score(places);
  if (!scores) return tl::unexpected(scores.error());
  if (scores->size() != places.size()) {
    return fail(ErrorCode::engine_failed, "the model answered for another number of places");
  }
  std::vector<Gains> gains;
  gains.reserve(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    gains.push_back(gains_of((*scores)[i], places[i].candidates.size()));
  }
  return gains;
}

std::vector<double> mixed(const std::vector<double>& slow, const std::vector<double>& fast,
                          double slow_weight) {
  assert(slow.size() == fast.size());
  std::vector<double> sum;
  sum.reserve(slow.size());
  for (std::size_t i = 0; i < slow.size(); ++i) {
    sum.push_back(slow_weight * slow[i] + (1 - slow_weight) * fast[i]);
  }
  return sum;
}

std::string_view last_part(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t start = text.size() - bytes;
  while (start < text.size() && is_continuation(text[start])) ++start;
  return text.substr(start);
}

std::string_view first_part(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && is_continuation(text[end])) --end;
  return text.substr(0, end);
}

}  // namespace emend
