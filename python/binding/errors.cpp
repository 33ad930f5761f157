// SPDX-License-Identifier: Apache-2.0
#include "binding/errors.h"

namespace py = pybind11;

namespace emend::python {

py::str text_from(const std::string& bytes) {
  return py::reinterpret_steal<py::str>(
      PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "surrogateescape"));
}

py::error_already_set exception_for(const Error& error) {
  const py::object make = py::module_::import("emend.errors").attr("exception_for");
  const py::object exception =
      make(name(error.code), text_from(error.message), text_from(error.hint));
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
  return py::error_already_set();
}

}  // namespace emend::python
