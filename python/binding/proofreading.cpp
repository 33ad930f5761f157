// SPDX-License-Identifier: Apache-2.0
// Proofreading of text: the short form's AI, and correct().
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>
#include <string>
#include <variant>

#include "binding/errand.h"
#include "binding/errors.h"
#include "binding/module.h"
#include "emend/ai.h"
#include "emend/correct.h"

namespace py = pybind11;

namespace emend::python {

namespace {

// The fields of emend.ai.AIModelConfig, read from whatever has them.
AIModelConfig config_from(const py::object& fields) {
  AIModelConfig config;
  const py::object allowed = fields.attr("allow_auto_download");
  if (py::isinstance<py::bool_>(allowed)) {
    config.allow_auto_download = allowed.cast<bool>();
  } else {
    config.allow_auto_download = std::string(py::str(allowed));
  }
  config.hugging_face_repo_id = fields.attr("hugging_face_repo_id").cast<std::string>();
  config.hugging_face_quantization = fields.attr("hugging_face_quantization").cast<std::string>();
  const py::object layers = fields.attr("gpu_layers");
  config.gpu_layers = py::isinstance<py::str>(layers)
                          ? value_or_raise(parse_gpu_layers(layers.cast<std::string>()))
                          : layers.cast<int>();
  config.directory_model_path = path_from(fields.attr("directory_model_path"));
  return config;
}

// A function of Python as emend calls it: in the thread that asks, its exceptions passed on.
std::function<PostProcessorSettings()> settings_from(const py::function& function) {
  // Destroyed in whatever thread lets go of it last, which need not hold the GIL.
  const auto with_gil = [](py::function* held) {
    const py::gil_scoped_acquire gil;
    delete held;
  };
  const std::shared_ptr<py::function> shared(new py::function(function), with_gil);
  return [shared] {
    PostProcessorSettings settings;
    in_asking_thread([&] {
      for (const auto& [key, value] : py::dict((*shared)())) {
        settings[py::str(key)] = py::str(value);
      }
    });
    return settings;
  };
}

class Proofreader {
 public:
  Proofreader(const py::object& config, const py::kwargs& options)
      : ai_(config_from(config), job_from(options).correct) {}

  // The function that was set before may hold the last reference to something of Python, so the GIL
  // is kept.
  void set_post_processor(const std::string& name, const py::function& settings) {
    ai_.set_post_processor(name, settings_from(settings));
  }

  CorrectedText run_text(const std::string& text) {
    return errand<CorrectedText>(
        [&](const std::stop_token& stop) { return ai_.run_postprocessor(text, stop); });
  }

  CorrectedText run_document(const Document& document) {
    const RecognizedText recognized{{}, document};
    return errand<CorrectedText>(
        [&](const std::stop_token& stop) { return ai_.run_postprocessor(recognized, stop); });
  }

  FreeReport free_resources(bool force) noexcept { return ai_.free_resources(force); }

 private:
  AI ai_;
};

CorrectedText correct(const std::string& text, const py::kwargs& options) {
  const Job job = job_from(options);
  return errand<CorrectedText>([&](const std::stop_token& stop) {
    return correct_text(text, job.correct, job.model, job.read.languages, stop);
  });
}

void add_report(py::module_& module) {
  py::class_<FreedDevice>(module, "FreedDevice")
      .def_readonly("name", &FreedDevice::name)
      .def_readonly("description", &FreedDevice::description)
      .def_readonly("held_bytes", &FreedDevice::held_bytes)
      .def_readonly("free_before_mib", &FreedDevice::free_before_mib)
      .def_readonly("free_loaded_mib", &FreedDevice::free_loaded_mib)
      .def_readonly("free_after_mib", &FreedDevice::free_after_mib);
  py::class_<FreeReport>(module, "FreeReport")
      .def_readonly("was_loaded", &FreeReport::was_loaded)
      .def_readonly("host_ended", &FreeReport::host_ended)
      .def_readonly("host_bytes_before", &FreeReport::host_bytes_before)
      .def_readonly("host_bytes_after", &FreeReport::host_bytes_after)
      .def_readonly("devices", &FreeReport::devices);
}

}  // namespace

void add_proofreading(py::module_& module) {
  add_report(module);
  py::class_<Proofreader>(module, "Proofreader")
      .def(py::init<const py::object&, const py::kwargs&>())
      .def("set_post_processor", &Proofreader::set_post_processor)
      .def("run_text", &Proofreader::run_text)
      .def("run_document", &Proofreader::run_document)
      .def("free_resources", &Proofreader::free_resources,
           py::call_guard<py::gil_scoped_release>());
  module.def("correct", &correct);
}

}  // namespace emend::python
