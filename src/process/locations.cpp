// SPDX-License-Identifier: Apache-2.0
#include "process/locations.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace emend {

namespace {

namespace fs = std::filesystem;

// The file that this code was loaded from: libemend, or the program when it is linked in.
fs::path own_file() {
  static const char anchor = 0;
  Dl_info info{};
  void* map = nullptr;
  std::error_code ignored;
  const bool found = dladdr1(&anchor, &info, &map, RTLD_DL_LINKMAP) != 0 && map != nullptr;
  // The main program has no name here, and dli_fname is only what its caller put into argv[0].
  if (!found || *static_cast<link_map*>(map)->l_name == '\0') {
    return fs::read_symlink("/proc/self/exe", ignored);
  }
  return fs::canonical(static_cast<link_map*>(map)->l_name, ignored);
}

// <prefix> of <prefix>/{lib,bin,...}/file and of <prefix>/{lib/<triplet>,libexec/emend}/file. No
// further up: above the prefix anybody may own the folders.
std::vector<fs::path> possible_prefixes() {
  static const fs::path folder = own_file().parent_path();
  std::vector<fs::path> prefixes{folder.parent_path()};
  const auto above = folder.parent_path().filename();
  if (above == "lib" || above == "lib64" || above == "libexec") {
    prefixes.push_back(folder.parent_path().parent_path());
  }
  return prefixes;
}

Result<fs::path> find(std::string_view name, const char* variable, const char* folder) {
  std::vector<fs::path> places;
  if (const char* chosen = std::getenv(variable); chosen != nullptr && *chosen != '\0') {
    places.emplace_back(chosen);
  } else {
    for (const auto& prefix : possible_prefixes()) places.push_back(prefix / folder);
  }
  std::string looked_in;
  for (const auto& place : places) {
    std::error_code ignored;
    if (const fs::path file = place / name; fs::exists(file, ignored)) return file;
    looked_in += (looked_in.empty() ? "" : ", ") + place.string();
  }
  return fail(ErrorCode::missing_dependency,
              std::string(name) + " is not installed (looked in " + looked_in + ")",
              std::string("Install emend completely, or set ") + variable +
                  " to the folder that holds it.");
}

}  // namespace

std::vector<fs::path> backend_directories() {
  const auto setting = [](const char* variable) {
    const char* value = std::getenv(variable);
    return fs::path(value != nullptr ? value : "");
  };
  if (const fs::path chosen = setting("EMEND_BACKENDS_DIR"); !chosen.empty()) return {chosen};
  std::vector<fs::path> places;
  if (const fs::path data = setting("XDG_DATA_HOME"); data.is_absolute()) {
    places.push_back(data / "emend/backends");
  } else if (const fs::path home = setting("HOME"); home.is_absolute()) {
    places.push_back(home / ".local/share/emend/backends");
  }
  for (const auto& prefix : possible_prefixes()) places.push_back(prefix / "lib/emend/backends");
  return places;
}

Result<fs::path> find_program(std::string_view name) {
  return find(name, "EMEND_LIBEXEC_DIR", "libexec/emend");
}

Result<fs::path> find_data(std::string_view name) {
  return find(name, "EMEND_DATA_DIR", "share/emend");
}

}  // namespace emend
