// SPDX-License-Identifier: Apache-2.0
// What is told while emend works: on standard error, so that the text can be piped. To a person in
// sentences, to a program (--progress json) as one JSON object on each line; see docs/cli.md.
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "emend/error.h"
#include "emend/run.h"

namespace emend::cli {

// "8 s", "3 min", "2 h".
[[nodiscard]] std::string duration_text(double seconds);

// A terminal that wants colours (https://no-color.org).
[[nodiscard]] bool wants_colour(int descriptor);

// How fast pages come now: over the last ones only, since those of a journal come at once and a
// run can meet easy and hard documents.
class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Pace(Clock::time_point begin) : times_{begin} {}
  void page_done(Clock::time_point now);
  [[nodiscard]] double pages_per_second() const;  // 0 = not known yet

 private:
  std::deque<Clock::time_point> times_;  // the oldest one is a beginning, not a page
};

class Console {
 public:
  enum class Form { sentences, json };
  struct Options {
    bool quiet = false;  // no progress
    bool verbose = false;
    Form form = Form::sentences;
  };

  // In sentences. Progress is shown on a terminal only, and never when `quiet`.
  explicit Console(bool quiet) : Console(Options{.quiet = quiet}) {}
  explicit Console(const Options& options);
  ~Console() {
    tell_notices();
    clear();
  }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  void say(const std::string& text);      // whole lines, as they are
  void warn(const std::string& message);  // "emend: message"
  void fail(const Error& error);          // with its hint
  // To a person, the same notice of pages that follow one another is told once, with their range,
  // when it is known or something else is told.
  void notice(const std::string& source, const Notice& notice);
  void log(const LogEntry& entry);  // details only when verbose, and nothing when quiet
  void progress(const Progress& progress);
  [[nodiscard]] bool shows_status() const { return shows_progress_; }
  void status(const std::string& line);  // in the place of the progress line
  void clear();                          // takes a progress line off the terminal

 private:
  // The same notice of pages from notice.page on.
  struct NoticeRun {
    std::string source;
    Notice notice;
    int last_page = 0;
  };
  void show(const Progress& progress, double rate);
  void put(const std::string& text);
  void put(const NoticeRun& run);
  void tell_notices();

  Options options_;
  bool shows_progress_;
  bool line_is_up_ = false;
  Pace pace_{Pace::Clock::now()};
  std::vector<NoticeRun> notices_;  // that may go on with the next page
};

}  // namespace emend::cli
