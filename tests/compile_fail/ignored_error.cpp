// SPDX-License-Identifier: Apache-2.0
// An Error that is made and dropped instead of returned.
#include "emend/error.h"

emend::Result<int> half(int number) {
#ifdef MISUSE
  if (number % 2 != 0) emend::fail(emend::ErrorCode::invalid_argument, "odd");
#else
  if (number % 2 != 0) return emend::fail(emend::ErrorCode::invalid_argument, "odd");
#endif
  return number / 2;
}
