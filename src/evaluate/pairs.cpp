// SPDX-License-Identifier: Apache-2.0
// JSONL files of texts.
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/unicode.h"
#include "emend/evaluate.h"

namespace emend {

namespace {

using nlohmann::json;

constexpr const char* kPairHint =
    R"(Each line is an object such as {"id": "1", "lang": "eng", "ocr": "what was read", "gt": "the truth"}.)";
constexpr const char* kTextHint =
    R"(Each line is an object such as {"id": "invoice.png", "output": "the text"}.)";

Error at_line(const std::filesystem::path& path, std::size_t line, const std::string& what,
              const char* hint) {
  return {ErrorCode::unreadable_input,
          path.string() + ": line " + std::to_string(line) + ": " + what, hint};
}

// Every line that is not empty, as an object.
Result<void> for_each_line(const std::filesystem::path& path, const char* hint,
                           const std::function<Result<void>(std::size_t, const json&)>& take) {
  std::error_code problem;
  if (std::filesystem::is_directory(path, problem)) {
    return fail(ErrorCode::unreadable_input, path.string() + " is a folder, not a JSONL file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed,
                path.string() + ": " + std::strerror(errno));
  }
  std::string text;
  for (std::size_t line = 1; std::getline(file, text); ++line) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (!is_valid_utf8(text)) return tl::unexpected(at_line(path, line, "is not UTF-8", hint));
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
      return tl::unexpected(at_line(path, line, "is no JSON object", hint));
    }
    if (auto taken = take(line, object); !taken) return taken;
  }
  if (file.bad()) return fail(ErrorCode::io_failed, path.string() + ": " + std::strerror(errno));
  return {};
}

// The first of `keys` that there is and has a text.
std::optional<std::string> text_of(const json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return std::nullopt;
}

// ISO 639-1 of the languages that OCR data is told to be in, as tesseract names them.
std::string language_of(const std::string& told) {
  static const std::map<std::string, std::string> kNames = {
      {"bg", "bul"}, {"cs", "ces"}, {"da", "dan"}, {"de", "deu"}, {"en", "eng"}, {"es", "spa"},
      {"fi", "fin"}, {"fr", "fra"}, {"it", "ita"}, {"nl", "nld"}, {"no", "nor"}, {"pl", "pol"},
      {"pt", "por"}, {"ro", "ron"}, {"sl", "slv"}, {"sv", "swe"}};
  const auto found = kNames.find(told);
  return found == kNames.end() ? told : found->second;
}

std::string id_of(const json& object, std::size_t line) {
  const auto id = object.find("id");
  if (id == object.end()) return std::to_string(line);
  return id->is_string() ? id->get<std::string>() : id->dump();
}

}  // namespace

Result<std::vector<TextPair>> read_pairs(const std::filesystem::path& jsonl) {
  std::vector<TextPair> pairs;
  auto read =
      for_each_line(jsonl, kPairHint, [&](std::size_t line, const json& object) -> Result<void> {
        auto ocr = text_of(object, {"ocr", "raw"});
        auto truth = text_of(object, {"gt", "truth"});
        if (!ocr || !truth) {
          const char* missing = ocr ? R"(has no text "gt")" : R"(has no text "ocr")";
          return tl::unexpected(at_line(jsonl, line, missing, kPairHint));
        }
        pairs.push_back({id_of(object, line), language_of(text_of(object, {"lang"}).value_or("")),
                         std::move(*ocr), std::move(*truth), text_of(object, {"output"})});
        return {};
      });
  if (!read) return tl::unexpected(std::move(read.error()));
  return pairs;
}

Result<std::map<std::string, std::string>> read_texts(const std::filesystem::path& jsonl) {
  std::map<std::string, std::string> texts;
  auto read =
      for_each_line(jsonl, kTextHint, [&](std::size_t line, const json& object) -> Result<void> {
        auto text = text_of(object, {"output", "text"});
        if (!text)
          return tl::unexpected(at_line(jsonl, line, R"(has no text "output")", kTextHint));
        const std::string id = id_of(object, line);
        if (!texts.emplace(id, std::move(*text)).second) {
          return tl::unexpected(at_line(jsonl, line, "the id " + id + " comes twice", kTextHint));
        }
        return {};
      });
  if (!read) return tl::unexpected(std::move(read.error()));
  return texts;
}

}  // namespace emend
