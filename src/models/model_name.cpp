// SPDX-License-Identifier: Apache-2.0
#include "models/model_name.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>

#include "core/ascii.h"

namespace emend {

namespace {

constexpr const char* kForms =
    "A model is \"embedded\", a GGUF file or a folder with one, or a repository of the hub such as "
    "Qwen/Qwen2.5-3B-Instruct-GGUF:Q8_0 (or :file.gguf, and @revision after it).";

constexpr std::array<std::string_view, 4> kHubPrefixes = {
    "https://huggingface.co/", "http://huggingface.co/", "hf.co/", "hf://"};

tl::unexpected<Error> no_name(std::string_view text, const char* why) {
  return fail(ErrorCode::invalid_argument, "\"" + std::string(text) + "\" names no model: " + why,
              kForms);
}

bool is_name_part(std::string_view part) {
  return !part.empty() && part.front() != '-' && part.front() != '.' &&
         std::all_of(part.begin(), part.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_repository(std::string_view text) {
  const auto slash = text.find('/');
  // The cache writes user/name as user--name, so that two dashes in a row would be ambiguous.
  return slash != std::string_view::npos && text.size() <= 96 &&
         text.find("--") == std::string_view::npos && text.find("..") == std::string_view::npos &&
         is_name_part(text.substr(0, slash)) && is_name_part(text.substr(slash + 1));
}

bool is_revision(std::string_view text) {
  return is_safe_path(text) && text.front() != '-' && text.size() <= 255 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
         });
}

bool is_quantization(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alnum(c) || c == '-' || c == '_';
  });
}

bool has_ending(std::string_view text, std::string_view ending) {
  return text.size() > ending.size() &&
         ascii::lowered(text.substr(text.size() - ending.size())) == ending;
}

std::filesystem::path with_home(std::string_view text) {
  const char* home = std::getenv("HOME");
  if (!text.starts_with("~/") || home == nullptr) return text;
  return std::filesystem::path(home) / text.substr(2);
}

bool looks_local(std::string_view text) {
  if (text == "." || text == "..") return true;
  for (const std::string_view start : {"/", "./", "../", "~/"}) {
    if (text.starts_with(start)) return true;
  }
  std::error_code ignored;
  return std::filesystem::exists(text, ignored);
}

// What follows the repository in an address of the hub's site: "/resolve/main/a/b.gguf".
Result<ModelName> from_address(std::string_view text, std::string_view rest, ModelName name) {
  const auto query = std::min(rest.find('?'), rest.size());
  rest = rest.substr(0, query);
  for (const std::string_view word : {"resolve/", "blob/", "tree/"}) {
    if (!rest.starts_with(word)) continue;
    rest.remove_prefix(word.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    name.revision = rest.substr(0, slash);
    name.file = rest.substr(std::min(slash + 1, rest.size()));
    if (!is_revision(name.revision)) return no_name(text, "no revision in this address");
    if (name.file.empty() || (has_ending(name.file, ".gguf") && is_safe_path(name.file))) {
      return name;
    }
  }
  return no_name(text, "this address leads to no GGUF file");
}

// "[:WHAT][@REVISION]" or "[@REVISION][:WHAT]", WHAT being a quantization or a file.
Result<ModelName> from_suffix(std::string_view text, std::string_view rest, ModelName name) {
  while (!rest.empty()) {
    const char mark = rest.front();
    rest.remove_prefix(1);
    const auto end = std::min(rest.find(mark == ':' ? '@' : ':'), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end);
    if (mark == '@') {
      if (!name.revision.empty() || !is_revision(part)) return no_name(text, "no revision after @");
      name.revision = part;
    } else if (!name.file.empty() || !name.quantization.empty()) {
      return no_name(text, "it has two colons");
    } else if (has_ending(part, ".gguf") && is_safe_path(part)) {
      name.file = part;
    } else if (is_quantization(part)) {
      name.quantization = part;
    } else {
      return no_name(text, "neither a quantization nor a GGUF file follows the colon");
    }
  }
  return name;
}

}  // namespace

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.size() > 1024) return false;
  for (std::size_t start = 0; start <= path.size();) {
    const auto end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == "..") return false;
    start = end + 1;
  }
  return std::none_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7f;
  });
}

Result<ModelName> parse_model_name(std::string_view text) {
  ModelName name;
  name.text = text;
  if (text.empty()) return no_name(text, "it is empty");
  if (text == "embedded") {
    name.kind = ModelName::Kind::embedded;
    return name;
  }
  std::string_view rest = text;
  bool is_address = false;
  for (const auto prefix : kHubPrefixes) {
    if (!rest.starts_with(prefix)) continue;
    rest.remove_prefix(prefix.size());
    is_address = true;
    break;
  }
  const bool has_suffix = rest.find(':') != std::string_view::npos;
  if (!is_address && (looks_local(text) || (has_ending(text, ".gguf") && !has_suffix))) {
    name.kind = ModelName::Kind::local;
    name.local = with_home(text);
    return name;
  }
  auto end = std::min(rest.find_first_of(":@"), rest.size());
  const auto first = rest.find('/');
  const auto second = first < end ? rest.find('/', first + 1) : std::string_view::npos;
  if (is_address && second < end) end = second;
  name.repository = rest.substr(0, end);
  if (!is_repository(name.repository)) return no_name(text, "it is neither a file nor user/name");
  rest.remove_prefix(end);
  if (rest.starts_with('/')) return from_address(text, rest.substr(1), std::move(name));
  return from_suffix(text, rest, std::move(name));
}

}  // namespace emend
