// SPDX-License-Identifier: Apache-2.0
// Texts held against their truth.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <tuple>
#include <vector>

#include "binding/errand.h"
#include "binding/module.h"
#include "emend/evaluate.h"

namespace py = pybind11;

namespace emend::python {

namespace {

using Sample = std::tuple<std::string, std::string, std::string, std::string>;

Evaluation evaluated(const std::vector<Sample>& samples, bool ignore_case, std::size_t resamples,
                     std::uint64_t seed, std::size_t worst) {
  return errand<Evaluation>([&](const std::stop_token& stop) -> Result<Evaluation> {
    Evaluator evaluator(
        {.ignore_case = ignore_case, .resamples = resamples, .seed = seed, .worst = worst});
    for (const auto& [id, truth, before, after] : samples) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "evaluation was stopped");
      if (auto added = evaluator.add({id, truth, before, after}); !added) {
        return tl::unexpected(std::move(added.error()));
      }
    }
    return evaluator.result();
  });
}

}  // namespace

void add_evaluating(py::module_& module) {
  using without_gil = py::call_guard<py::gil_scoped_release>;
  py::class_<Evaluation>(module, "Evaluation")
      .def(
          "to_json", [](const Evaluation& self) { return to_json(self); }, without_gil())
      .def(
          "to_html", [](const Evaluation& self) { return to_html(self); }, without_gil())
      .def(
          "to_text", [](const Evaluation& self) { return to_text(self); }, without_gil());
  module.def("evaluated", &evaluated);
}

}  // namespace emend::python
