// SPDX-License-Identifier: Apache-2.0
#include "models/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>

#include "core/ascii.h"

namespace emend {

namespace {

namespace fs = std::filesystem;

// A variable that is set to nothing counts as not set.
std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::optional<fs::path> home() {
  const auto value = variable("HOME");
  return value ? std::optional<fs::path>(*value) : std::nullopt;
}

std::optional<fs::path> path_variable(const char* name) {
  const auto value = variable(name);
  if (!value) return std::nullopt;
  if (value->starts_with("~/") && home()) return *home() / value->substr(2);
  return fs::path(*value);
}

bool is_on(const char* name) {
  constexpr std::array<std::string_view, 4> kOn = {"1", "ON", "YES", "TRUE"};
  const std::string value = ascii::uppered(variable(name).value_or(""));
  return std::find(kOn.begin(), kOn.end(), value) != kOn.end();
}

// The folder of the user's caches, XDG's.
std::optional<fs::path> user_caches() {
  if (auto path = path_variable("XDG_CACHE_HOME")) return path;
  return home() ? std::optional<fs::path>(*home() / ".cache") : std::nullopt;
}

// Where huggingface_hub and llama.cpp keep what belongs to the hub.
std::optional<fs::path> hub_home() {
  if (auto path = path_variable("HF_HOME")) return path;
  const auto caches = user_caches();
  return caches ? std::optional<fs::path>(*caches / "huggingface") : std::nullopt;
}

std::optional<fs::path> hub_cache() {
  for (const char* name : {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
    if (auto path = path_variable(name)) return path;
  }
  const auto place = hub_home();
  return place ? std::optional<fs::path>(*place / "hub") : std::nullopt;
}

std::string first_line(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return std::string(ascii::trimmed(line));
}

// As huggingface_hub looks for it: the variable, then what `hf auth login` has left.
std::string token() {
  for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
    if (const auto value = variable(name)) return std::string(ascii::trimmed(*value));
  }
  if (is_on("HF_HUB_DISABLE_IMPLICIT_TOKEN")) return {};
  if (const auto path = path_variable("HF_TOKEN_PATH")) return first_line(*path);
  const auto place = hub_home();
  return place ? first_line(*place / "token") : std::string();
}

// libcurl itself reads none of these; curl and Python's requests do.
std::string certificates() {
  for (const char* name : {"CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"}) {
    if (auto value = variable(name)) return *value;
  }
  return {};
}

Result<std::string> endpoint() {
  std::string address = variable("HF_ENDPOINT").value_or("https://huggingface.co");
  while (address.ends_with('/')) address.pop_back();
  const bool is_http = address.starts_with("https://") || address.starts_with("http://");
  const bool has_odd_character = std::any_of(address.begin(), address.end(), [](char c) {
    return c <= ' ' || c == '"' || c == '?' || c == '#' || c == '\x7f';
  });
  if (is_http && !has_odd_character) return address;
  return fail(ErrorCode::invalid_argument, "HF_ENDPOINT is no address: \"" + address + "\"",
              "Set it to something like https://huggingface.co, or unset it.");
}

void read_timeout(StoreSettings& settings) {
  const std::string text = variable("HF_HUB_DOWNLOAD_TIMEOUT").value_or("");
  int seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem == std::errc() && end == text.data() + text.size() && seconds > 0) {
    settings.stall_timeout = std::chrono::seconds(seconds);
  }
}

}  // namespace

Result<StoreSettings> settings_from(const StoreOptions& options) {
  StoreSettings settings;
  auto address = endpoint();
  if (!address) return tl::unexpected(std::move(address.error()));
  settings.endpoint = std::move(*address);
  settings.folder = options.directory_model_path;
  const auto cache = hub_cache();
  if (!cache && settings.folder.empty()) {
    return fail(ErrorCode::invalid_argument, "there is no place for models: HOME is not set",
                "Set HF_HOME, or give a folder (directory_model_path).");
  }
  settings.cache = cache.value_or(fs::path());
  if (auto llama = path_variable("LLAMA_CACHE"); llama && *llama != settings.cache) {
    settings.other_caches.push_back(std::move(*llama));
  }
  settings.token = token();
  settings.certificates = certificates();
  settings.is_offline = options.offline || is_on("HF_HUB_OFFLINE");
  settings.may_download = options.allow_auto_download && !settings.is_offline;
  read_timeout(settings);
  return settings;
}

std::optional<fs::path> checksum_folder() {
  const auto caches = user_caches();
  return caches ? std::optional<fs::path>(*caches / "emend" / "checksums") : std::nullopt;
}

}  // namespace emend
