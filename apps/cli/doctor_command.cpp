// SPDX-License-Identifier: Apache-2.0
// emend doctor: what is installed, what is missing and how to get it.
#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/output_file.h"
#include "emend/doctor.h"

namespace emend::cli {

namespace {

std::string row(const std::string& name, const std::string& value) {
  constexpr std::size_t kColumn = 12;
  return name + std::string(name.size() < kColumn ? kColumn - name.size() : 1, ' ') + value + "\n";
}

std::string described(const Device& device) {
  std::string text = device.name + ": " + device.description;
  if (device.memory_total_mib > 0) {
    text += ", " + std::to_string(device.memory_free_mib) + " of " +
            std::to_string(device.memory_total_mib) + " MiB free";
  }
  return text;
}

std::string described(const UnfinishedJob& job) {
  constexpr std::uintmax_t kKib = 1024;
  const std::string more =
      job.inputs.size() > 1 ? " and " + std::to_string(job.inputs.size() - 1) + " more" : "";
  return job.inputs.front() + more + ": " + std::to_string(job.pages) + " pages are read, " +
         std::to_string(job.bytes / kKib) + " KiB" + (job.is_running ? ", at work" : "");
}

std::string unfinished_rows(const std::vector<UnfinishedJob>& jobs) {
  std::string text;
  for (const UnfinishedJob& job : jobs) {
    text += row(text.empty() ? "unfinished" : "", described(job)) +
            row("", "to forget it: rm " + job.file.string());
  }
  if (!text.empty()) text += row("", "to go on: the same command again, or emend --resume");
  return text;
}

std::string described(const Diagnosis& diagnosis) {
  const auto or_missing = [](const std::string& value) {
    return value.empty() ? std::string("missing") : value;
  };
  std::string languages;
  for (const std::string& language : diagnosis.languages) {
    languages += (languages.empty() ? "" : " ") + language;
  }
  std::string text = row("emend", diagnosis.version);
  text += row("cores", std::to_string(diagnosis.cores));
  text += row("memory", std::to_string(diagnosis.memory_available_mib) + " of " +
                            std::to_string(diagnosis.memory_total_mib) + " MiB available");
  text += row("recogniser", or_missing(diagnosis.recogniser));
  constexpr std::size_t kShownDigest = 12;
  text += row("numbers", diagnosis.number_reader.empty()
                             ? "read by the recogniser alone; the number reader is missing"
                             : "also read by the number reader " +
                                   diagnosis.number_reader.substr(0, kShownDigest));
  text += row("languages", or_missing(languages));
  text += row("", "more: apt install tesseract-ocr-deu (or -fra, -all ...)");
  std::string embedded = diagnosis.embedded_model.empty() ? "embedded: missing" : "embedded";
  if (!diagnosis.embedded_gguf.empty()) embedded += " (" + diagnosis.embedded_gguf + ")";
  text += row("models", embedded);
  for (const std::string& model : diagnosis.models) text += row("", model);
  text += row("", "more: emend models pull NAME, docs/models.md");
  text += row("engine", or_missing(diagnosis.model_engine));
  for (const Device& device : diagnosis.devices) text += row("device", described(device));
  text += unfinished_rows(diagnosis.unfinished_jobs);
  for (const Trouble& trouble : diagnosis.troubles) {
    text += row("trouble", trouble.what) + row("", trouble.remedy);
  }
  return text;
}

}  // namespace

int run_doctor(const DoctorCommand& command) {
  const Diagnosis diagnosis = diagnose();
  OutputFile output = OutputFile::standard_output();
  auto written = output.write(command.json ? to_json(diagnosis) + "\n" : described(diagnosis));
  if (written) written = output.commit();
  if (!written) {
    Console(true).fail(written.error());
    return exit_status(written.error().code);
  }
  return diagnosis.troubles.empty() ? kExitOk : kExitWithNotices;
}

}  // namespace emend::cli
