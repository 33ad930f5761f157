// SPDX-License-Identifier: Apache-2.0
// What is installed here, what is missing, and how to get it.
//
//   const emend::Diagnosis diagnosis = emend::diagnose();
//   for (const emend::Trouble& trouble : diagnosis.troubles) {
//     std::cerr << trouble.what << '\n' << trouble.remedy << '\n';
//   }
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emend/journal.h"

namespace emend {

struct Device {
  std::string name;         // "Vulkan0"
  std::string description;  // "NVIDIA H200"
  bool is_gpu = false;
  std::int64_t memory_total_mib = 0;  // 0 = unknown
  std::int64_t memory_free_mib = 0;
};

// Something that does not work, and the way out.
struct Trouble {
  std::string what;
  std::string remedy;
};

struct Diagnosis {
  std::string version;
  int cores = 0;
  std::int64_t memory_total_mib = 0;
  std::int64_t memory_available_mib = 0;
  std::string recogniser;              // "tesseract 5.3.0"; empty when it cannot be asked
  std::vector<std::string> languages;  // installed language data
  std::string number_reader;           // SHA-256 of its file; empty when it is not used
  std::string embedded_model;          // its name; empty when it is not there
  std::string embedded_model_hash;
  std::string embedded_gguf;  // the name of the one that decides close calls; empty without one
  std::string embedded_gguf_hash;
  std::vector<std::string> models;  // of the hub's cache, by names that resolve_model() takes
  std::string model_engine;         // "llama.cpp ..."; empty when the model host cannot be asked
  std::vector<Device> devices;      // where a GGUF model can run
  std::vector<UnfinishedJob> unfinished_jobs;  // the one that was at work last first
  std::vector<Trouble> troubles;
};

// Asks everything there is; takes about a second. Never fails: what cannot be asked is a Trouble.
[[nodiscard]] Diagnosis diagnose();

[[nodiscard]] std::string to_json(const Diagnosis& diagnosis);

}  // namespace emend
