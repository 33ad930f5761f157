// SPDX-License-Identifier: Apache-2.0
#include "model_host/softmax.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace emend {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

double by_definition(const std::vector<float>& numbers) {
  long double sum = 0;
  for (const float number : numbers) sum += std::exp(static_cast<long double>(number));
  return static_cast<double>(std::log(sum));
}

TEST(Softmax, AgreesWithTheDefinitionForEveryLength) {
  std::mt19937 generator(5);
  for (const float spread : {0.0F, 1.0F, 20.0F, 90.0F}) {
    for (std::size_t length : {1U, 2U, 15U, 16U, 17U, 31U, 1023U, 1024U, 1040U, 1041U, 151936U}) {
      std::vector<float> numbers(length);
      for (float& number : numbers) {
        number = spread * (static_cast<float>(generator() % 20001) / 10000.0F - 1.0F);
      }
      EXPECT_NEAR(ln_sum_exp(numbers), by_definition(numbers), 2e-6) << length << ' ' << spread;
    }
  }
}

TEST(Softmax, FindsTheHighestInEveryPlace) {
  for (std::size_t place = 0; place < 50; ++place) {
    std::vector<float> numbers(50, -200.0F);
    numbers[place] = 30.0F;
    EXPECT_NEAR(ln_sum_exp(numbers), 30.0, 1e-6) << place;
  }
}

TEST(Softmax, WhatIsImpossibleCountsNothing) {
  std::vector<float> numbers(40, -kInfinity);
  EXPECT_TRUE(std::isnan(ln_sum_exp(numbers))) << "then nothing is possible";
  numbers[7] = -3.0F;
  EXPECT_NEAR(ln_sum_exp(numbers), -3.0, 1e-6);
}

TEST(Softmax, UnusableNumbersAreNoticedInEveryPlace) {
  EXPECT_TRUE(std::isnan(ln_sum_exp({})));
  for (std::size_t place = 0; place < 40; ++place) {
    for (const float bad : {std::numeric_limits<float>::quiet_NaN(), kInfinity}) {
      std::vector<float> numbers(40, 1.0F);
      numbers[place] = bad;
      EXPECT_TRUE(std::isnan(ln_sum_exp(numbers))) << place;
    }
  }
}

}  // namespace
}  // namespace emend
