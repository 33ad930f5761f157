// SPDX-License-Identifier: Apache-2.0
#include "cli/output_plan.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <utility>

namespace emend::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kPlaceholders = "{path}, {name}, {stem}, {ext}, {folder} and {number}";

// One input and one format, of which a pattern makes a name.
struct Naming {
  fs::path source;   // standard input has a name too
  std::string tree;  // where it was found, from what the user named on
  std::size_t number = 0;
  Format format = Format::txt;

  [[nodiscard]] std::string value(std::string_view placeholder, bool& is_known) const {
    is_known = true;
    if (placeholder == "path") return tree;
    if (placeholder == "name") return source.filename().string();
    if (placeholder == "stem") return source.stem().string();
    if (placeholder == "ext") return std::string(extension(format));
    if (placeholder == "folder") {
      return source.has_parent_path() ? source.parent_path().string() : ".";
    }
    if (placeholder == "number") {
      std::ostringstream digits;
      digits << std::setw(3) << std::setfill('0') << number;
      return digits.str();
    }
    is_known = false;
    return {};
  }
};

Result<fs::path> expanded(const std::string& pattern, const Naming& naming) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '{') {
      out += pattern[at++];
      continue;
    }
    const std::size_t end = pattern.find('}', at);
    bool is_known = false;
    if (end != std::string::npos) {
      out += naming.value(std::string_view(pattern).substr(at + 1, end - at - 1), is_known);
    }
    if (!is_known) {
      return fail(ErrorCode::invalid_argument,
                  "-o " + pattern + " has a brace that is no placeholder",
                  std::string("the placeholders are ") + kPlaceholders);
    }
    at = end + 1;
  }
  return fs::path(out);
}

Result<void> check_standard_output(const std::vector<Format>& formats, std::size_t inputs) {
  if (formats.size() > 1) {
    return fail(ErrorCode::invalid_argument, "standard output can hold one format only",
                "name a folder or a pattern such as {stem}.{ext} with -o");
  }
  if (inputs > 1 && !holds_several_documents(formats.front())) {
    return fail(
        ErrorCode::invalid_argument,
        "standard output cannot hold several documents as " + std::string(name(formats.front())),
        "name a folder or a pattern such as {stem}.{ext} with -o");
  }
  return {};
}

// A name such as out.pdf for a folder is a mistake.
Result<void> check_folder_name(const fs::path& output) {
  std::string ending = output.extension().string();
  if (!ending.empty()) ending.erase(0, 1);
  std::error_code ignored;
  if (ending.empty() || fs::exists(output, ignored)) return {};
  for (const std::string_view known :
       {"txt", "json", "tsv", "hocr", "xml", "md", "html", "docx", "xlsx", "pdf"}) {
    if (ending != known) continue;
    return fail(ErrorCode::invalid_argument,
                output.string() + " is the name of one file, but there are several results",
                "name a folder or a pattern such as {stem}.{ext} with -o");
  }
  return {};
}

// The file that an input is in: of a member of an archive the archive.
fs::path file_of(fs::path input) {
  std::error_code ignored;
  while (!fs::exists(input, ignored) && input.has_parent_path() && input != input.parent_path()) {
    input = input.parent_path();
  }
  return input;
}

}  // namespace

Result<OutputPlan> OutputPlan::make(const std::string& output, const std::vector<Format>& formats,
                                    const FoundInputs& found, bool has_provenance) {
  const std::vector<FoundInput>& inputs = found.files;
  OutputPlan plan;
  for (const FoundInput& input : inputs) {
    struct stat status {};
    if (input.path != "-" && ::stat(file_of(input.path).c_str(), &status) == 0) {
      plan.inputs_.insert({status.st_dev, status.st_ino});
    }
  }
  if (output.empty() || output == "-") {
    auto good = check_standard_output(formats, inputs.size());
    if (!good) return tl::unexpected(std::move(good.error()));
    return plan;
  }
  std::error_code ignored;
  const bool is_pattern = output.find('{') != std::string::npos;
  const bool is_file = !is_pattern && found.is_one_file && formats.size() == 1 &&
                       output.back() != '/' && !fs::is_directory(output, ignored);
  if (!is_pattern && !is_file) {
    if (auto good = check_folder_name(output); !good) return tl::unexpected(good.error());
  }
  if (is_file) {
    plan.files_.push_back({inputs.front().path, {{formats.front(), output}}});
    plan.places_[inputs.front().path] = 0;
  } else {
    const std::string pattern = is_pattern ? output : (fs::path(output) / "{path}.{ext}").string();
    auto made = plan.name_files(pattern, formats, inputs);
    if (made) made = plan.make_folders();
    if (!made) return tl::unexpected(std::move(made.error()));
  }
  if (has_provenance) plan.add_provenance();
  if (auto good = plan.check(); !good) return tl::unexpected(std::move(good.error()));
  return plan;
}

Result<void> OutputPlan::name_files(const std::string& pattern, const std::vector<Format>& formats,
                                    const std::vector<FoundInput>& inputs) {
  for (const FoundInput& input : inputs) {
    places_.emplace(input.path, files_.size());
    InputFiles& files = files_.emplace_back(InputFiles{input.path, {}});
    const bool is_file = input.path != "-" && input.path.find("://") == std::string::npos;
    const std::string source = is_file ? input.path : input.name;
    for (const Format format : formats) {
      auto path = expanded(pattern, {source, input.name, files_.size(), format});
      if (!path) return tl::unexpected(std::move(path.error()));
      files.files.push_back({format, std::move(*path)});
    }
  }
  return {};
}

void OutputPlan::add_provenance() {
  for (InputFiles& input : files_) {
    // A searchable PDF may turn out not to be possible.
    const auto tells = [](const PlannedFile& file) {
      return tells_provenance(file.format) && file.format != Format::pdf;
    };
    const bool is_told = std::any_of(input.files.begin(), input.files.end(), tells);
    if (is_told) continue;
    for (std::size_t i = 0; i < input.files.size(); ++i) {
      const PlannedFile& file = input.files[i];
      if (tells_provenance(file.format) || file.is_provenance) continue;
      std::error_code ignored;
      // A pipe or a device has nothing beside it.
      if (fs::exists(file.path, ignored) && !fs::is_regular_file(file.path, ignored)) continue;
      input.files.push_back({file.format, file.path.string() + ".provenance.json", true});
    }
  }
}

Result<void> OutputPlan::is_no_input(const fs::path& path) const {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  if (!inputs_.contains({status.st_dev, status.st_ino})) return {};
  return fail(ErrorCode::invalid_argument, path.string() + " is one of the inputs",
              "choose another name with -o");
}

Result<void> OutputPlan::check() const {
  std::set<fs::path> names;
  for (const InputFiles& input : files_) {
    for (const PlannedFile& file : input.files) {
      if (auto good = is_no_input(file.path); !good) return good;
      if (names.insert(file.path.lexically_normal()).second) continue;
      return fail(ErrorCode::invalid_argument,
                  "two results would both be written to " + file.path.string(),
                  std::string("-o can tell them apart by ") + kPlaceholders);
    }
  }
  return {};
}

Result<void> OutputPlan::make_folders() const {
  std::set<fs::path> folders;
  for (const InputFiles& input : files_) {
    for (const PlannedFile& file : input.files) {
      fs::path folder = file.path.parent_path();
      folders.insert(folder.empty() ? "." : std::move(folder));
    }
  }
  for (const fs::path& folder : folders) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
      return fail(ErrorCode::io_failed, folder.string() + ": " + problem.message(),
                  "several results need a folder with -o");
    }
    if (::access(folder.c_str(), W_OK) != 0) {
      return fail(ErrorCode::io_failed, folder.string() + ": cannot be written");
    }
  }
  return {};
}

std::vector<PlannedFile> OutputPlan::files_for(const std::string& source) const {
  const auto place = places_.find(source);
  return place == places_.end() ? std::vector<PlannedFile>() : files_[place->second].files;
}

}  // namespace emend::cli
