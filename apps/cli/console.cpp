// SPDX-License-Identifier: Apache-2.0
#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "emend/events.h"

namespace emend::cli {

namespace {

constexpr std::size_t kPacePages = 32;

std::string decimals(double value, int count) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", count, value);
  return buffer;
}

// Of the terminal; 0 = it does not say.
std::size_t columns() {
  winsize window{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 ? window.ws_col : 0;
}

// "[####------] " with as many signs as are left of the terminal's line.
std::string bar(double share, std::size_t text_length) {
  constexpr std::size_t kLongest = 30;
  constexpr std::size_t kShortest = 8;
  const std::size_t taken = text_length + 4;  // brackets, a space, and the cursor
  const std::size_t room = columns();
  if (room < taken + kShortest) return {};
  const std::size_t length = std::min(kLongest, room - taken);
  const auto full = static_cast<std::size_t>(share * static_cast<double>(length));
  return "[" + std::string(full, '#') + std::string(length - full, '-') + "] ";
}

void put_event(const std::string& event) {
  std::fputs((event + "\n").c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = [](double value) { return std::to_string(std::lround(value)); };
  if (seconds < 90) return whole(seconds) + " s";
  if (seconds < 5400) return whole(seconds / 60) + " min";
  return whole(seconds / 3600) + " h";
}

bool wants_colour(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return ::isatty(descriptor) != 0 && (no_color == nullptr || *no_color == '\0');
}

void Pace::page_done(Clock::time_point now) {
  times_.push_back(now);
  if (times_.size() > kPacePages) times_.pop_front();
}

double Pace::pages_per_second() const {
  const std::chrono::duration<double> spent = times_.back() - times_.front();
  return spent.count() > 0 ? static_cast<double>(times_.size() - 1) / spent.count() : 0;
}

Console::Console(const Options& options)
    : options_(options),
      shows_progress_(!options.quiet && options.form == Form::sentences &&
                      ::isatty(STDERR_FILENO) != 0) {}

void Console::put(const std::string& text) {
  clear();
  std::fputs(text.c_str(), stderr);
}

void Console::say(const std::string& text) {
  if (options_.form == Form::json) return put_event(event_json("text", text));
  tell_notices();
  put(text);
}

void Console::warn(const std::string& message) {
  if (options_.form == Form::json) return put_event(event_json("message", message));
  say("emend: " + message + "\n");
}

void Console::fail(const Error& error) {
  if (options_.form == Form::json) return put_event(event_json(error));
  warn(error.message);
  if (!error.hint.empty()) say("       " + error.hint + "\n");
}

void Console::notice(const std::string& source, const Notice& notice) {
  if (options_.form == Form::json) return put_event(event_json(source, notice));
  // Those that this page did not go on with are over.
  const auto is_over = [&](const NoticeRun& run) {
    return run.source != source || run.last_page < notice.page - 1;
  };
  const auto open = std::stable_partition(notices_.begin(), notices_.end(), is_over);
  std::for_each(notices_.begin(), open, [this](const NoticeRun& run) { put(run); });
  notices_.erase(notices_.begin(), open);
  for (NoticeRun& run : notices_) {
    const bool goes_on = run.last_page > 0 && run.last_page == notice.page - 1 &&
                         run.notice.code == notice.code && run.notice.message == notice.message;
    if (!goes_on) continue;
    run.last_page = notice.page;
    return;
  }
  notices_.push_back({source, notice, notice.page});
}

void Console::put(const NoticeRun& run) {
  const Notice& notice = run.notice;
  std::string pages;
  if (notice.page > 0) pages = "page " + std::to_string(notice.page) + ": ";
  if (run.last_page > notice.page) {
    pages = "pages " + std::to_string(notice.page) + "-" + std::to_string(run.last_page) + ": ";
  }
  put("emend: " + run.source + ": " + pages + notice.message + "\n");
}

void Console::tell_notices() {
  for (const NoticeRun& run : std::exchange(notices_, {})) put(run);
}

void Console::log(const LogEntry& entry) {
  const bool is_note = entry.level == LogEntry::Level::note;
  if (options_.quiet || (!is_note && !options_.verbose)) return;
  if (options_.form == Form::json) return put_event(event_json(entry));
  std::string line = entry.source.empty() ? "" : entry.source + ": ";
  if (entry.page > 0) line += "page " + std::to_string(entry.page) + ": ";
  if (!is_note) line += entry.stage + " ";
  line += entry.message;
  if (entry.seconds > 0) line += decimals(entry.seconds, 3) + " s";
  warn(line);
}

void Console::progress(const Progress& progress) {
  pace_.page_done(Pace::Clock::now());
  if (options_.quiet) return;
  const double rate = pace_.pages_per_second();
  if (options_.form == Form::json) return put_event(event_json(progress, rate));
  if (shows_progress_) show(progress, rate);
}

void Console::show(const Progress& progress, double rate) {
  std::string line = ": page " + std::to_string(progress.pages_done) + " of " +
                     std::to_string(progress.pages_total) + ", " + decimals(rate, 1) + " pages/s";
  const int left = progress.pages_total - progress.pages_done;
  if (left > 0 && rate > 0) line += ", about " + duration_text(left / rate) + " left";
  // A line that wraps could not be taken away again.
  const std::size_t room = columns();
  const bool is_long = room > 0 && progress.source.size() + line.size() >= room;
  line.insert(
      0, is_long ? std::filesystem::path(progress.source).filename().string() : progress.source);
  const double share = static_cast<double>(progress.pages_done) / std::max(1, progress.pages_total);
  status(bar(share, line.size()) + line);
}

void Console::status(const std::string& line) {
  if (!shows_progress_) return;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
  line_is_up_ = true;
}

void Console::clear() {
  if (line_is_up_) std::fputs("\r\033[K", stderr);
  line_is_up_ = false;
}

}  // namespace emend::cli
