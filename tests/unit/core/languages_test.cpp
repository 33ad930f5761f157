// SPDX-License-Identifier: Apache-2.0
#include "core/languages.h"

#include <gtest/gtest.h>

namespace emend {
namespace {

TEST(Languages, ThoseThatAreInstalledPass) {
  EXPECT_TRUE(check_languages({"eng", "deu"}, {"deu", "eng", "osd"}));
}

TEST(Languages, AMissingOneIsNamedWithItsPackage) {
  const auto checked = check_languages({"eng", "chi_sim"}, {"eng", "osd"});
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::missing_dependency);
  EXPECT_EQ(checked.error().message,
            "the language \"chi_sim\" is not installed (installed: eng, osd)");
  EXPECT_EQ(checked.error().hint, "On Debian and Ubuntu: apt install tesseract-ocr-chi-sim");
}

TEST(Languages, NoneAtAllIsAnArgumentThatMakesNoSense) {
  EXPECT_EQ(check_languages({}, {"eng"}).error().code, ErrorCode::invalid_argument);
}

TEST(Languages, ANameIsNoWayToOtherFiles) {
  EXPECT_FALSE(check_languages({"../../etc/passwd"}, {"eng"}));
}

}  // namespace
}  // namespace emend
