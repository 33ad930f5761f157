// SPDX-License-Identifier: Apache-2.0
#include "emend/options.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

TEST(ParsePages, TakesNumbersAndRanges) {
  EXPECT_EQ(parse_pages("1-3,7,9-").value(), (std::vector<PageRange>{{1, 3}, {7, 7}, {9, 0}}));
}

TEST(ParsePages, RefusesWhatIsNoPageList) {
  for (const char* list : {"", "0", "-3", "a", "1-3-5", "3-1", "1,,2", "1,", "99999999999", "1 "}) {
    const auto pages = parse_pages(list);
    ASSERT_FALSE(pages) << list;
    EXPECT_EQ(pages.error().code, ErrorCode::invalid_argument);
  }
}

TEST(GpuLayers, AreWordsOrANumber) {
  EXPECT_EQ(parse_gpu_layers("auto"), kAutoGpuLayers);
  EXPECT_EQ(parse_gpu_layers("all"), kAllGpuLayers);
  EXPECT_EQ(parse_gpu_layers("0"), 0);
  EXPECT_EQ(parse_gpu_layers("33"), 33);
  for (const char* wrong : {"", "-1", "3x", "many", "99999999999"}) {
    const auto layers = parse_gpu_layers(wrong);
    ASSERT_FALSE(layers) << wrong;
    EXPECT_EQ(layers.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace emend
