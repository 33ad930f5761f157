// SPDX-License-Identifier: Apache-2.0
#include "pipeline/file_pattern.h"

#include <fnmatch.h>

#include <algorithm>
#include <system_error>

#include "core/natural_order.h"

namespace emend {

namespace fs = std::filesystem;

namespace {

bool fits(const std::string& pattern, const std::string& path) {
  const bool is_about_path = pattern.find('/') != std::string::npos;
  const std::string subject = is_about_path ? path : fs::path(path).filename().string();
  return fnmatch(pattern.c_str(), subject.c_str(), FNM_CASEFOLD) == 0;
}

bool fits_any(const std::vector<std::string>& patterns, const std::string& path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return fits(pattern, path); });
}

// The places to which the parts of the pattern up to now lead.
using Places = std::vector<fs::path>;

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> names;
  std::error_code problem;
  for (fs::directory_iterator at(folder.empty() ? "." : folder, problem), end;
       !problem && at != end; at.increment(problem)) {
    names.push_back(at->path().filename());
  }
  return names;
}

// `folder` and every folder below that is neither hidden nor a link, which could lead back.
void add_with_all_below(const fs::path& folder, Places& places) {
  places.push_back(folder);
  for (const fs::path& name : entries_of(folder)) {
    const fs::path path = folder / name;
    std::error_code ignored;
    if (name.native().starts_with('.') || fs::is_symlink(path, ignored)) continue;
    if (fs::is_directory(path, ignored)) add_with_all_below(path, places);
  }
}

Places step(const Places& from, const std::string& part) {
  Places to;
  for (const fs::path& place : from) {
    if (part == "**") {
      add_with_all_below(place, to);
    } else if (!is_pattern(part)) {
      std::error_code ignored;
      if (fs::exists(place / part, ignored)) to.push_back(place / part);
    } else {
      for (const fs::path& name : entries_of(place)) {
        if (fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0) to.push_back(place / name);
      }
    }
  }
  return to;
}

}  // namespace

bool is_ruled_out(const InputRules& rules, const std::string& path) {
  return fits_any(rules.exclude, path);
}

bool is_wanted(const InputRules& rules, const std::string& path) {
  return !is_ruled_out(rules, path) && (rules.include.empty() || fits_any(rules.include, path));
}

bool is_pattern(std::string_view word) {
  return word.find_first_of("*?[") != std::string_view::npos;
}

std::vector<fs::path> matches(const std::string& pattern) {
  const fs::path whole(pattern);
  Places places = {whole.root_path()};
  for (const fs::path& part : whole.relative_path()) {
    if (!part.empty()) places = step(places, part.string());
  }
  std::sort(places.begin(), places.end(), [](const fs::path& a, const fs::path& b) {
    return comes_before(a.native(), b.native());
  });
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace emend
