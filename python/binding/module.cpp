// SPDX-License-Identifier: Apache-2.0
#include "binding/module.h"

#include <pybind11/stl.h>

#include "emend/doctor.h"
#include "emend/version.h"

namespace py = pybind11;

PYBIND11_MODULE(_emend, module) {
  module.doc() = "The binding under the package emend; use that.";
  emend::python::add_document(module);
  emend::python::add_options(module);
  emend::python::add_reading(module);
  emend::python::add_proofreading(module);
  emend::python::add_evaluating(module);
  module.def("version", &emend::version);
  module.def(
      "diagnosis", [] { return emend::to_json(emend::diagnose()); },
      py::call_guard<py::gil_scoped_release>());
}
