// SPDX-License-Identifier: Apache-2.0
// The whole way: files in, proofread pages out, in order, as they finish.
//
//   struct Printer final : emend::Observer {
//     void on_page(const emend::Page& page) override { std::cout << emend::text(page); }
//   };
//   emend::Job job;
//   job.inputs = {"letter.pdf", "invoice.png"};
//   Printer printer;
//   const auto summary = emend::run(job, printer);
//   if (summary) std::cerr << summary->pages << " pages\n";
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

struct Job {
  std::vector<std::string> inputs;  // paths; "-" is standard input
  ReadOptions read;
  CorrectOptions correct;
  ModelOptions model;
  // Where every stage's result is written as 000017_recognised.json and so on; empty = nowhere.
  // With several inputs each gets a folder of its own, 001, 002, ...
  std::filesystem::path keep_steps;
  // Keep what was read until the job is done, so that after a stop, a crash or a power loss the
  // same job goes on where it was (journal.h). In journal_folder, or when that is empty in
  // default_journal_folder().
  bool journal = false;
  std::filesystem::path journal_folder;
  std::vector<std::string> journal_words;  // the command line, kept for UnfinishedJob::words
};

// What somebody who watches may want to know and no result depends on.
struct LogEntry {
  enum class Level : std::uint8_t {
    detail,  // what a stage did, and how long it took
    note,    // what a person should be told
  };

  Level level = Level::detail;
  std::string source;  // empty = the whole run
  int page = 0;        // 0 = all of it
  // "journal", "decode", "prepare", "recognise", "look again", "correct", "model" or "memory".
  std::string stage;
  std::string message;
  double seconds = 0;  // that it took
};

// How far a run is.
struct Progress {
  std::string source;
  int pages_done = 0;
  int pages_total = 0;  // of this source
};

// Told what happens, always from the thread that called run(), pages in order and one input after
// the other.
class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  // Comes before on_start: where the bytes of the input are until its on_end, also of standard
  // input, for whoever makes something of the original.
  virtual void on_file(const std::string& /*source*/, const std::filesystem::path& /*path*/) {}
  virtual void on_start(const std::string& /*source*/, int /*pages_total*/) {}
  virtual void on_progress(const Progress& /*progress*/) {}
  virtual void on_log(const LogEntry& /*entry*/) {}
  // A finished page. A page that failed comes to on_notice instead, or when it is the only one of
  // its input, to on_failure.
  virtual void on_page(const Page& /*page*/) {}
  virtual void on_notice(const std::string& /*source*/, const Notice& /*notice*/) {}
  // The input is done: its provenance and all its notices; pages is empty, they were handed over.
  virtual void on_end(const Document& /*document*/) {}
  // The input as a whole could not be read; the others go on.
  virtual void on_failure(const std::string& /*source*/, const Error& /*error*/) {}
};

struct RunSummary {
  int documents = 0;
  int failed_documents = 0;
  int pages = 0;
  int notices = 0;
};

// Reads and proofreads every input. Keeps no page longer than needed to hand it over in order.
// Fails only when nothing can be done at all: an option out of range, a model or language that is
// not there, `stop` requested (cancelled; what was handed over stays valid).
[[nodiscard]] Result<RunSummary> run(const Job& job, Observer& observer,
                                     const std::stop_token& stop = {});

// The same for one input, collected.
[[nodiscard]] Result<Document> read_document(const std::string& path, const Job& options = {},
                                             const std::stop_token& stop = {});

}  // namespace emend
