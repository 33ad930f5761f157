// SPDX-License-Identifier: Apache-2.0
// Errors of emend as exceptions of Python: emend/errors.py has a class for each kind.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <type_traits>
#include <utility>

#include "emend/error.h"

namespace emend::python {

// Text that is UTF-8 but for names of files, which can be any bytes: these become what
// os.fsdecode() makes of them.
[[nodiscard]] pybind11::str text_from(const std::string& bytes);

// The exception for `error`, to be thrown. With the GIL.
[[nodiscard]] pybind11::error_already_set exception_for(const Error& error);

// The value, or its error thrown as an exception.
template <typename T>
T value_or_raise(Result<T>&& result) {
  if (!result) throw exception_for(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace emend::python
