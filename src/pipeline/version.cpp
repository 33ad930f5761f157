// SPDX-License-Identifier: Apache-2.0
#include "emend/version.h"

namespace emend {

std::string_view version() {
  return EMEND_VERSION;
}

}  // namespace emend
