// SPDX-License-Identifier: Apache-2.0
#include "cli/console.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace emend::cli {

namespace {

std::string one_decimal(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.1f", value);
  return buffer;
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

Console::Console(bool quiet) : shows_progress_(!quiet && ::isatty(STDERR_FILENO) != 0) {}

void Console::say(const std::string& text) {
  clear();
  std::fputs(text.c_str(), stderr);
}

void Console::warn(const std::string& message) {
  say("emend: " + message + "\n");
}

void Console::fail(const Error& error) {
  warn(error.message);
  if (!error.hint.empty()) say("       " + error.hint + "\n");
}

void Console::progress(const Progress& progress) {
  ++pages_;
  if (!shows_progress_) return;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin_;
  const double rate = pages_ / spent.count();
  std::string line = progress.source + ": page " + std::to_string(progress.pages_done) + " of " +
                     std::to_string(progress.pages_total) + ", " + one_decimal(rate) + " pages/s";
  if (const int left = progress.pages_total - progress.pages_done; left > 0) {
    line += ", about " + duration_text(left / rate) + " left";
  }
  status(line);
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
