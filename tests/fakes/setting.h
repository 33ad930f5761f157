// SPDX-License-Identifier: Apache-2.0
// An environment variable for the time of a test.
#pragma once

#include <cstdlib>
#include <string>

namespace emend::fakes {

// Unset again at the end, whatever it was before.
class Setting {
 public:
  Setting(const char* variable, const std::string& value) : variable_(variable) {
    ::setenv(variable, value.c_str(), 1);
  }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;
  ~Setting() { ::unsetenv(variable_); }

 private:
  const char* variable_;
};

}  // namespace emend::fakes
