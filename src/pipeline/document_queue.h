// SPDX-License-Identifier: Apache-2.0
// The inputs of a run as one ordered stream of pages that are being read.
#pragma once

#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emend/error.h"
#include "emend/run.h"
#include "pipeline/journal.h"
#include "pipeline/page_workers.h"
#include "pipeline/spool.h"

namespace emend {

// An input that could be opened.
struct OpenInput {
  std::string source;                     // as the caller named it
  std::filesystem::path path;             // what the worker opens
  std::filesystem::path steps;            // where this input's steps go; empty = nowhere
  std::vector<int> pages;                 // the numbers of the pages asked for, in order
  std::string content;                    // digest of its bytes; empty = not in the journal
  std::shared_ptr<SpooledInput> spooled;  // its file when it has no name; kept with it
};

// What happens next, in the order of the inputs and of the pages in them.
struct QueueEntry {
  enum class Kind { start, page, end, failure };

  Kind kind = Kind::end;
  std::shared_ptr<const OpenInput> input;  // null for failure
  int page = 0;
  std::future<Result<nlohmann::json>> answer;  // of a page
  std::string source;                          // of a failure
  std::optional<Error> error;                  // of a failure
};

// Keeps the workers busy across inputs, and never more pages waiting than a few for each worker, so
// memory does not grow with the number of pages or inputs.
class DocumentQueue {
 public:
  // Takes pages from the `journal` that are there, and keeps those that are read; null = none.
  DocumentQueue(const Job& job, PageWorkers& workers, Journal* journal, std::stop_token stop);

  // The next entry; nothing when all is done. A page's answer may still be on its way.
  [[nodiscard]] std::optional<QueueEntry> next();

 private:
  struct Opening {
    std::shared_ptr<OpenInput> input;
    std::future<Result<nlohmann::json>> answer;
    std::optional<Error> error;  // known before any worker was asked
  };

  void fill();
  void open_ahead();
  [[nodiscard]] Opening open(std::size_t index);
  [[nodiscard]] bool next_input_is_ready() const;
  void start_next_input();
  void submit_page();
  [[nodiscard]] std::future<Result<nlohmann::json>> read(int page);
  void fail_input(const std::string& source, Error error);

  const Job& job_;
  PageWorkers& workers_;
  Journal* journal_;
  std::stop_token stop_;
  std::size_t window_;  // pages that may be under way or waiting

  std::size_t opened_ = 0;        // inputs for which opening has begun
  std::deque<Opening> openings_;  // those that have not started yet
  std::shared_ptr<const OpenInput> current_;
  std::size_t submitted_ = 0;  // pages of current_
  std::size_t waiting_ = 0;    // page entries in entries_
  std::deque<QueueEntry> entries_;
};

}  // namespace emend
