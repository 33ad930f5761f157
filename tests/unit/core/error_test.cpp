// SPDX-License-Identifier: Apache-2.0
#include "emend/error.h"

#include <gtest/gtest.h>

#include <set>

namespace emend {
namespace {

TEST(Error, SaysWhereItHappened) {
  const Error error = Error{ErrorCode::unreadable_input, "not a PNG", ""}.at("page 3").at("a.pdf");
  EXPECT_EQ(error.message, "a.pdf: page 3: not a PNG");
}

TEST(Error, EveryCodeHasItsOwnExitStatus) {
  std::set<int> seen = {kExitOk, 1, kExitWithNotices};
  for (int code = 0; code <= static_cast<int>(ErrorCode::cancelled); ++code) {
    EXPECT_TRUE(seen.insert(exit_status(static_cast<ErrorCode>(code))).second) << code;
    EXPECT_FALSE(name(static_cast<ErrorCode>(code)).empty());
  }
}

}  // namespace
}  // namespace emend
