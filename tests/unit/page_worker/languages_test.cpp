// SPDX-License-Identifier: Apache-2.0
#include "page_worker/recognise/languages.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace emend {
namespace {

TEST(Languages, EnglishIsInstalledWhereTheTestsRun) {
  const auto installed = installed_languages();
  EXPECT_NE(std::find(installed.begin(), installed.end(), "eng"), installed.end());
  EXPECT_TRUE(std::is_sorted(installed.begin(), installed.end()));
}

}  // namespace
}  // namespace emend
