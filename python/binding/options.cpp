// SPDX-License-Identifier: Apache-2.0
#include <pybind11/stl.h>

#include "binding/errors.h"
#include "binding/module.h"
#include "emend/option_table.h"

namespace py = pybind11;

namespace emend::python {

namespace {

// A value as the option table takes it.
std::string text_of(const std::string& name, const py::handle& value) {
  if (py::isinstance<py::bool_>(value)) return value.cast<bool>() ? "true" : "false";
  if (py::hasattr(value, "__fspath__")) return path_from(value);
  if (!py::isinstance<py::list>(value) && !py::isinstance<py::tuple>(value)) return py::str(value);
  std::string joined;
  for (const py::handle part : value) {
    if (!joined.empty()) joined += name == "languages" ? "+" : ",";
    joined += std::string(py::str(part));
  }
  return joined;
}

}  // namespace

std::string path_from(const py::handle& path) {
  PyObject* bytes = nullptr;  // accepts str, bytes and os.PathLike; refuses a zero byte
  if (PyUnicode_FSConverter(path.ptr(), &bytes) == 0) throw py::error_already_set();
  return py::reinterpret_steal<py::bytes>(bytes);
}

Job job_from(const py::kwargs& keywords) {
  Job job;
  for (const auto& [key, value] : keywords) {
    if (value.is_none()) continue;
    const auto name = key.cast<std::string>();
    value_or_raise(set_option(job, name, text_of(name, value)));
  }
  return job;
}

void add_options(py::module_& module) {
  py::class_<Option::Range>(module, "Range")
      .def_readonly("least", &Option::Range::least)
      .def_readonly("most", &Option::Range::most);
  py::class_<Option>(module, "Option")
      .def_readonly("name", &Option::name)
      .def_readonly("flags", &Option::flags)
      .def_readonly("help", &Option::help)
      .def_readonly("fallback", &Option::fallback)
      .def_readonly("range", &Option::range);
  module.def("options", [] {
    const auto table = options();
    return std::vector<Option>(table.begin(), table.end());
  });
}

}  // namespace emend::python
