// SPDX-License-Identifier: Apache-2.0
#include "model_host/softmax.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace emend {

namespace {

// Loops over a fixed number of lanes without branches are what compilers turn into vectors.
constexpr std::size_t kLanes = 16;
// Summed as 32-bit numbers before they are added to the 64-bit total.
constexpr std::size_t kChunk = 64 * kLanes;
constexpr float kLowest = -std::numeric_limits<float>::infinity();

// e^x for x <= 0, to one part in ten million; 0 below the range of normal numbers. 2^x is taken
// apart into the power of the nearest integer, which is an exponent, and that of the rest, a
// polynomial.
inline float exp_of(float x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kRounding = 12582912.0F;  // 1.5 * 2^23: what is added to it becomes an integer
  constexpr float kLeast = -126.0F;
  const float power = x * kLog2E;
  const float kept = power > kLeast ? power : kLeast;
  const float whole = (kept + kRounding) - kRounding;
  const float rest = kept - whole;
  float sum = 1.54035304e-4F;
  sum = sum * rest + 1.33335581e-3F;
  sum = sum * rest + 9.61812911e-3F;
  sum = sum * rest + 5.55041087e-2F;
  sum = sum * rest + 2.40226507e-1F;
  sum = sum * rest + 6.93147181e-1F;
  sum = sum * rest + 1.0F;
  const auto exponent = static_cast<std::uint32_t>(static_cast<std::int32_t>(whole) + 127) << 23U;
  return power > kLeast ? sum * std::bit_cast<float>(exponent) : 0.0F;
}

// NaN when there is a NaN.
float highest_of(std::span<const float> numbers) {
  std::array<float, kLanes> high;
  std::array<std::int32_t, kLanes> unusable{};
  high.fill(kLowest);
  std::size_t i = 0;
  for (; i + kLanes <= numbers.size(); i += kLanes) {
    const float* const block = numbers.data() + i;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      high[lane] = block[lane] > high[lane] ? block[lane] : high[lane];
      unusable[lane] |= block[lane] == block[lane] ? 0 : 1;
    }
  }
  for (; i < numbers.size(); ++i) {
    high[0] = std::max(high[0], numbers[i]);
    unusable[0] |= std::isnan(numbers[i]) ? 1 : 0;
  }
  const bool is_nan =
      std::any_of(unusable.begin(), unusable.end(), [](int one) { return one != 0; });
  return is_nan ? NAN : *std::max_element(high.begin(), high.end());
}

// Of a multiple of kLanes.
double sum_of_chunk(std::span<const float> numbers, float highest) {
  std::array<float, kLanes> sums{};
  for (std::size_t i = 0; i < numbers.size(); i += kLanes) {
    const float* const block = numbers.data() + i;
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += exp_of(block[lane] - highest);
  }
  double sum = 0;
  for (const float one : sums) sum += static_cast<double>(one);
  return sum;
}

}  // namespace

double ln_sum_exp(std::span<const float> numbers) {
  const float highest = highest_of(numbers);
  if (!std::isfinite(highest)) return std::numeric_limits<double>::quiet_NaN();
  const std::size_t whole = numbers.size() / kLanes * kLanes;
  double sum = 0;
  for (std::size_t i = 0; i < whole; i += kChunk) {
    sum += sum_of_chunk(numbers.subspan(i, std::min(kChunk, whole - i)), highest);
  }
  for (const float number : numbers.subspan(whole)) {
    sum += static_cast<double>(exp_of(number - highest));
  }
  return static_cast<double>(highest) + std::log(sum);
}

}  // namespace emend
