// SPDX-License-Identifier: Apache-2.0
// Which emend this is.
//
//   std::cout << "emend " << emend::version() << '\n';
#pragma once

#include <string_view>

namespace emend {

// "0.1.0": that of the library that runs, which may be newer than this header.
[[nodiscard]] std::string_view version();

}  // namespace emend
