// SPDX-License-Identifier: Apache-2.0
// What a person is told while emend works: on standard error, so that the text can be piped.
#pragma once

#include <chrono>
#include <string>

#include "emend/error.h"
#include "emend/run.h"

namespace emend::cli {

class Console {
 public:
  // Progress is shown on a terminal only, and never when `quiet`.
  explicit Console(bool quiet);
  ~Console() { clear(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void say(const std::string& text);      // whole lines, as they are
  void warn(const std::string& message);  // "emend: message"
  void fail(const Error& error);          // with its hint
  void progress(const Progress& progress);
  [[nodiscard]] bool shows_status() const { return shows_progress_; }
  void status(const std::string& line);  // in the place of the progress line
  void clear();                          // takes a progress line off the terminal

 private:
  bool shows_progress_;
  bool line_is_up_ = false;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  int pages_ = 0;  // since begin_
};

[[nodiscard]] std::string duration_text(double seconds);  // "8 s", "3 min", "2 h"

// A terminal that wants colours (https://no-color.org).
[[nodiscard]] bool wants_colour(int descriptor);

}  // namespace emend::cli
