// SPDX-License-Identifier: Apache-2.0
#include "emend/doctor.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "correct/lexicon.h"
#include "correct/ngram_model.h"
#include "emend/models.h"
#include "emend/version.h"
#include "pipeline/embedded_gguf.h"
#include "pipeline/host_session.h"
#include "process/child.h"
#include "process/container.h"
#include "process/locations.h"
#include "process/memory.h"
#include "process/page_worker.h"

namespace emend {

using nlohmann::json;

namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr const char* kReinstall =
    "install emend again, or set EMEND_LIBEXEC_DIR and EMEND_DATA_DIR";

void note(Diagnosis& diagnosis, const Error& error) {
  diagnosis.troubles.push_back({error.message, error.hint.empty() ? kReinstall : error.hint});
}

void ask_page_worker(Diagnosis& diagnosis) {
  const auto program = page_worker(0);
  if (!program) return note(diagnosis, program.error());
  auto child = Child::spawn(*program);
  if (!child) return note(diagnosis, child.error());
  const auto answer = child->ask({{"op", "describe"}}, kPatience);
  if (!answer) return note(diagnosis, answer.error());
  diagnosis.recogniser = answer->value("recogniser", "");
  diagnosis.languages = answer->value("languages", std::vector<std::string>());
  diagnosis.number_reader = answer->value("number_reader", "");
  if (const std::string trouble = answer->value("number_reader_trouble", ""); !trouble.empty()) {
    diagnosis.troubles.push_back({trouble, kReinstall});
  }
  if (diagnosis.languages.empty()) {
    diagnosis.troubles.push_back(
        {"tesseract has no language data", "apt install tesseract-ocr-eng"});
  }
}

void ask_model_host(Diagnosis& diagnosis) {
  auto session = HostSession::start();
  if (!session) return note(diagnosis, session.error());
  auto description = session->describe();
  if (!description) return note(diagnosis, description.error());
  diagnosis.model_engine = std::move(description->engine);
  diagnosis.devices = std::move(description->devices);
  for (const std::string& problem : description->problems) {
    diagnosis.troubles.push_back({"a GPU backend cannot be used: " + problem,
                                  "install the libraries that it needs, or remove it"});
  }
}

void look_for_word_lists(Diagnosis& diagnosis) {
  if (auto lexicon = Lexicon::open(diagnosis.languages); !lexicon) note(diagnosis, lexicon.error());
}

void look_for_models(Diagnosis& diagnosis) {
  const auto models = list_models({});
  if (!models) return note(diagnosis, models.error());
  for (const StoredModel& model : *models) diagnosis.models.push_back(model.name);
}

void look_for_embedded_model(Diagnosis& diagnosis) {
  const auto file = find_data("models/embedded.ngram");
  if (!file) return note(diagnosis, file.error());
  const auto model = NgramModel::open(*file);
  if (!model) return note(diagnosis, model.error());
  diagnosis.embedded_model = (*model)->name();
  diagnosis.embedded_model_hash = (*model)->hash();
}

// Lets it score, since that is what may fail.
void try_embedded_gguf(Diagnosis& diagnosis) {
  auto card = find_embedded_card();
  if (!card) return note(diagnosis, card.error());
  if (!*card) return;
  EmbeddedGguf model(std::move(**card), {}, {});
  const ScoreRequest request{"", {"Invoice", "lnvoice"}, " No."};
  const auto scores = model.score(std::span(&request, 1));
  if (!scores) return note(diagnosis, scores.error());
  diagnosis.embedded_gguf = model.name();
  diagnosis.embedded_gguf_hash = model.hash();
}

}  // namespace

Diagnosis diagnose() {
  Diagnosis diagnosis;
  diagnosis.version = version();
  diagnosis.cores = usable_cores();
  const SystemMemory memory = system_memory();
  diagnosis.memory_total_mib = memory.total_mib;
  diagnosis.memory_available_mib = memory.available_mib;
  try {
    ask_page_worker(diagnosis);
    ask_model_host(diagnosis);
  } catch (const json::exception& problem) {
    diagnosis.troubles.push_back({problem.what(), kReinstall});
  }
  look_for_embedded_model(diagnosis);
  try_embedded_gguf(diagnosis);
  look_for_word_lists(diagnosis);
  look_for_models(diagnosis);
  diagnosis.unfinished_jobs = unfinished_jobs();
  return diagnosis;
}

std::string to_json(const Diagnosis& diagnosis) {
  json unfinished = json::array();
  for (const UnfinishedJob& job : diagnosis.unfinished_jobs) {
    unfinished.push_back({{"journal", job.file.string()},
                          {"inputs", job.inputs},
                          {"pages", job.pages},
                          {"bytes", job.bytes},
                          {"is_running", job.is_running}});
  }
  json troubles = json::array();
  for (const Trouble& trouble : diagnosis.troubles) {
    troubles.push_back({{"what", trouble.what}, {"remedy", trouble.remedy}});
  }
  return json({{"version", diagnosis.version},
               {"cores", diagnosis.cores},
               {"memory_total_mib", diagnosis.memory_total_mib},
               {"memory_available_mib", diagnosis.memory_available_mib},
               {"recogniser", diagnosis.recogniser},
               {"languages", diagnosis.languages},
               {"number_reader", diagnosis.number_reader},
               {"embedded_model", diagnosis.embedded_model},
               {"embedded_model_hash", diagnosis.embedded_model_hash},
               {"embedded_gguf", diagnosis.embedded_gguf},
               {"embedded_gguf_hash", diagnosis.embedded_gguf_hash},
               {"models", diagnosis.models},
               {"model_engine", diagnosis.model_engine},
               {"devices", diagnosis.devices},
               {"unfinished_jobs", unfinished},
               {"troubles", troubles}})
      .dump(1, ' ', false, json::error_handler_t::replace);  // a path need not be UTF-8
}

}  // namespace emend
