// SPDX-License-Identifier: Apache-2.0
// The parts of the module emend._emend. Each adds its classes and functions.
#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "emend/run.h"

namespace emend::python {

void add_document(pybind11::module_& module);
void add_reading(pybind11::module_& module);
void add_proofreading(pybind11::module_& module);
void add_evaluating(pybind11::module_& module);
void add_options(pybind11::module_& module);

// A job from the keywords of a call: bool, number, str, path or a list of these. None is as if the
// keyword were absent. Raises InvalidArgumentError.
[[nodiscard]] Job job_from(const pybind11::kwargs& keywords);

// A path as Python has it, str or os.PathLike, as the bytes of the file system.
[[nodiscard]] std::string path_from(const pybind11::handle& path);

}  // namespace emend::python
