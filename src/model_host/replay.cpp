// SPDX-License-Identifier: Apache-2.0
#include "model_host/replay.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/alignment.h"
#include "core/unicode.h"
#include "model_host/replay_stream.h"
#include "model_host/rewrite.h"

namespace emend {

namespace {

using nlohmann::json;

constexpr std::size_t kMostBytes = 64 << 10U;  // of a record: a page, not a book

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char byte : text) {
    const bool is_space =
        byte == ' ' || byte == '\t' || byte == '\r' || byte == '\f' || byte == '\n';
    if (!is_space) word += byte;
    if (is_space && !word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// As a text comes in a request: lines that have words.
std::string normal(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\f"), text.size());
    std::string line;
    for (const std::string& word : words_of(text.substr(0, end))) {
      line += (line.empty() ? "" : " ") + word;
    }
    if (!line.empty()) out += line + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Where `part` is in `text`: of all runs of as many lines the one with the fewest edits to it,
// since numbers in a part may have been repaired before.
std::pair<std::size_t, std::size_t> lines_nearest(const std::string& text, std::string_view part) {
  const auto lines = static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
  std::vector<std::size_t> starts{0};
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) starts.push_back(++at);
  if (starts.size() <= lines) return {0, text.size()};
  const std::u32string wanted = symbols_of(part);
  std::size_t best = 0;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (std::size_t i = 0; i + lines < starts.size() && least > 0; ++i) {
    const std::string_view run(text.data() + starts[i], starts[i + lines] - starts[i]);
    const std::size_t edits = edit_distance(symbols_of(run), wanted);
    if (edits < least) best = i;
    least = std::min(least, edits);
  }
  return {starts[best], starts[best + lines]};
}

}  // namespace

Result<Replay> Replay::load(const std::filesystem::path& jsonl) {
  std::ifstream file(jsonl, std::ios::binary);
  if (!file) {
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed,
                std::strerror(errno));
  }
  Replay replay;
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    const std::string where = "line " + std::to_string(number) + ": ";
    const json line = is_valid_utf8(text) ? json::parse(text, nullptr, false) : json();
    const auto member = [&](const char* key) {
      return line.is_object() ? line.value(key, json()) : json();
    };
    const json raw = member("raw").is_string() ? member("raw") : member("ocr");
    const json output = member("output");
    if (!raw.is_string() || !output.is_string()) {
      return fail(
          ErrorCode::unreadable_input, where + R"(has no texts "raw" and "output")",
          R"(Each line is an object such as {"raw": "what was read", "output": "what became of it"}.)");
    }
    Record record{normal(raw.get<std::string>()), normal(output.get<std::string>())};
    if (std::max(record.raw.size(), record.output.size()) > kMostBytes) {
      return fail(ErrorCode::limit_exceeded, where + "is longer than 64 KiB",
                  "Give each page a line of its own.");
    }
    for (const std::string& word : words_of(record.raw)) {
      std::vector<std::size_t>& records = replay.records_with_[word];
      if (records.empty() || records.back() != replay.records_.size()) {
        records.push_back(replay.records_.size());
      }
    }
    replay.records_.push_back(std::move(record));
  }
  if (file.bad()) return fail(ErrorCode::io_failed, std::strerror(errno));
  return replay;
}

// The one that holds the text as it is, or else the one that has most of its words, where a word
// that few records have tells most.
const Replay::Record* Replay::record_of(std::string_view text) const {
  std::vector<double> weights(records_.size(), 0);
  for (const std::string& word : words_of(text)) {
    const auto found = records_with_.find(word);
    if (found == records_with_.end()) continue;
    for (const std::size_t i : found->second) {
      weights[i] += 1.0 / static_cast<double>(found->second.size());
    }
  }
  std::size_t best = 0;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (weights[i] > 0 && records_[i].raw.find(text) != std::string::npos) return &records_[i];
    if (weights[i] > weights[best]) best = i;
  }
  return best < weights.size() && weights[best] > 0 ? &records_[best] : nullptr;
}

// What stands around the part in the record's text stands around it in the output too. What was put
// in at an end of the whole belongs to the part at that end.
Result<std::string> Replay::wanted_for(std::string_view text) const {
  const Record* record = record_of(text);
  if (record == nullptr) {
    return fail(ErrorCode::invalid_argument, "nothing is recorded for this text",
                "The records must be of the same texts.");
  }
  const auto [begin, end] = lines_nearest(record->raw, normal(text));
  const std::u32string raw = symbols_of(record->raw);
  const Alignment in_output(raw, symbols_of(record->output));
  auto [from, to] = in_output.span(begin, end);
  if (begin == 0) from = 0;
  if (end == raw.size()) to = record->output.size();
  return record->output.substr(from, to - from);
}

Result<Rewritten> Replay::rewrite(const RewriteRequest& request) const {
  auto wanted = wanted_for(request.text);
  if (!wanted) return tl::unexpected(std::move(wanted.error()));
  ReplayStream stream(request.text, std::move(*wanted));
  return emend::rewrite(stream, ReplayStream::kBegin, request);
}

std::vector<Result<Rewritten>> Replay::rewrite_all(std::span<const RewriteRequest> requests) const {
  std::vector<Result<Rewritten>> answers;
  for (const RewriteRequest& request : requests) answers.push_back(rewrite(request));
  return answers;
}

}  // namespace emend
