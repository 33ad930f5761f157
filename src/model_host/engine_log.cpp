// SPDX-License-Identifier: Apache-2.0
#include "model_host/engine_log.h"

#include <llama.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <mutex>
#include <string_view>
#include <vector>

namespace emend {

namespace {

constexpr std::size_t kMaxLines = 64;
constexpr std::size_t kMaxLineBytes = 500;

// Says that something failed, after another line has said what.
constexpr std::array<std::string_view, 4> kEmptyWords = {
    "failed to load model", "failed to initialize the context", "failed to create context",
    "failed to decode"};

// Complete lines of level error, in the order in which they came. The text of one line may come in
// pieces and from any thread.
class ErrorLines {
 public:
  void add(ggml_log_level level, std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (level != GGML_LOG_LEVEL_CONT) {
      flush();
      is_error_ = level == GGML_LOG_LEVEL_ERROR;
    }
    if (!is_error_) return;
    for (const char c : text) {
      if (c == '\n') {
        flush();
      } else if (line_.size() < kMaxLineBytes) {
        line_ += c;
      }
    }
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    lines_.clear();
    line_.clear();
  }

  [[nodiscard]] std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    flush();
    return lines_;
  }

 private:
  void flush() {
    if (!line_.empty() && lines_.size() < kMaxLines) lines_.push_back(line_);
    line_.clear();
  }

  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::string line_;
  bool is_error_ = false;
};

ErrorLines& error_lines() {
  static ErrorLines lines;
  return lines;
}

void on_log(ggml_log_level level, const char* text, void* /*unused*/) {
  error_lines().add(level, text);
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == ':';
  });
}

// "llama_model_load: error loading model: no such tensor" -> "no such tensor"
std::string without_function_names(std::string_view line) {
  constexpr std::string_view kLoading = "error loading model: ";
  for (std::size_t colon = line.find(": ");
       colon != std::string_view::npos && is_identifier(line.substr(0, colon));
       colon = line.find(": ")) {
    line.remove_prefix(colon + 2);
  }
  if (line.starts_with(kLoading)) line.remove_prefix(kLoading.size());
  return std::string(line);
}

bool says_nothing(std::string_view line) {
  return std::any_of(kEmptyWords.begin(), kEmptyWords.end(),
                     [&](std::string_view words) { return line.find(words) == 0; });
}

}  // namespace

void capture_engine_log() {
  llama_log_set(&on_log, nullptr);
}

void forget_engine_log() {
  error_lines().clear();
}

std::string engine_log_reason() {
  std::string reason;
  for (const auto& line : error_lines().lines()) {
    reason = without_function_names(line);
    if (!says_nothing(reason)) return reason;
  }
  return reason;
}

}  // namespace emend
