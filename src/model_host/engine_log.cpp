// SPDX-License-Identifier: Apache-2.0
#include "model_host/engine_log.h"

#include <llama.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <mutex>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr std::size_t kMaxLines = 4096;
constexpr std::size_t kMaxLineBytes = 500;

// Says that something failed, after another line has said what.
constexpr std::array<std::string_view, 4> kEmptyWords = {
    "failed to load model", "failed to initialize the context", "failed to create context",
    "failed to decode"};

// How llama.cpp and the backends say that there is not enough memory.
constexpr std::array<std::string_view, 6> kMemoryWords = {
    "unable to allocate", "failed to allocate", "allocation of size",
    "out of memory",      "OutOfDeviceMemory",  "OutOfHostMemory"};

struct LogLine {
  bool is_error = false;
  std::string text;
};

// Complete lines, in the order in which they came. The text of one line may come in pieces and from
// any thread.
class EngineLog {
 public:
  void add(ggml_log_level level, std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (level != GGML_LOG_LEVEL_CONT) {
      flush();
      keeps_ = level != GGML_LOG_LEVEL_DEBUG;
      line_.is_error = level == GGML_LOG_LEVEL_ERROR;
    }
    if (!keeps_) return;
    for (const char c : text) {
      if (c == '\n') {
        flush();
      } else if (line_.text.size() < kMaxLineBytes) {
        line_.text += c;
      }
    }
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    lines_.clear();
    line_.text.clear();
  }

  [[nodiscard]] std::vector<LogLine> lines() {
    const std::lock_guard lock(mutex_);
    flush();
    return lines_;
  }

 private:
  void flush() {
    if (!line_.text.empty() && lines_.size() < kMaxLines) lines_.push_back(line_);
    line_.text.clear();
  }

  std::mutex mutex_;
  std::vector<LogLine> lines_;
  LogLine line_;
  bool keeps_ = false;
};

EngineLog& engine_log() {
  static EngineLog log;
  return log;
}

void on_log(ggml_log_level level, const char* text, void* /*unused*/) {
  engine_log().add(level, text);
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
                     [&](std::string_view words) { return line.starts_with(words); });
}

// "load_tensors:      Vulkan0 model buffer size =   123.45 MiB" -> {"Vulkan0", bytes}
std::pair<std::string_view, std::int64_t> buffer_of(const std::string& line) {
  constexpr std::string_view kSize = " buffer size = ";
  const std::size_t size = line.find(kSize);
  const std::size_t colon = line.find(": ");
  if (size == std::string::npos || colon == std::string::npos || colon > size) return {};
  std::string_view name(line.data() + colon + 1, size - colon - 1);
  name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
  name = name.substr(0, name.find(' '));
  const double mib = std::strtod(line.c_str() + size + kSize.size(), nullptr);
  return {name, static_cast<std::int64_t>(mib * 1024 * 1024)};
}

}  // namespace

void capture_engine_log() {
  llama_log_set(&on_log, nullptr);
}

void forget_engine_log() {
  engine_log().clear();
}

std::string engine_log_reason() {
  std::string reason;
  for (const auto& line : engine_log().lines()) {
    if (!line.is_error) continue;
    reason = without_function_names(line.text);
    if (!says_nothing(reason)) return reason;
  }
  return reason;
}

bool tells_of_memory(std::string_view text) {
  return std::any_of(kMemoryWords.begin(), kMemoryWords.end(), [&](std::string_view words) {
    return text.find(words) != std::string_view::npos;
  });
}

bool engine_log_tells_of_memory() {
  const auto lines = engine_log().lines();
  return std::any_of(lines.begin(), lines.end(), [](const LogLine& line) {
    return line.is_error && tells_of_memory(line.text);
  });
}

std::int64_t engine_log_bytes_on(std::string_view device) {
  std::int64_t bytes = 0;
  for (const auto& line : engine_log().lines()) {
    const auto [name, size] = buffer_of(line.text);
    if (name == device) bytes += size;
  }
  return bytes;
}

}  // namespace emend
