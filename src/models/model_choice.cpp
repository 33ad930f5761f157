// SPDX-License-Identifier: Apache-2.0
#include "models/model_choice.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/ascii.h"
#include "models/near_names.h"
#include "models/quantization.h"

namespace emend {

namespace {

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool is_model(std::string_view path) {
  constexpr std::array<std::string_view, 6> kCompanions = {"mmproj",  "imatrix", "mtp-",
                                                           "eagle3-", "dflash-", "dspark-"};
  const std::string name = ascii::lowered(file_name(path));
  return name.ends_with(".gguf") &&
         std::none_of(kCompanions.begin(), kCompanions.end(),
                      [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

struct SplitName {
  std::string prefix;
  int index = 1;
  int count = 1;
};

// "a-00002-of-00003.gguf" -> {"a", 2, 3}; any other name stands for itself.
SplitName split_name(std::string_view path) {
  constexpr std::string_view kForm = "-00001-of-00001.gguf";
  if (path.size() > kForm.size()) {
    const std::string_view end = path.substr(path.size() - kForm.size());
    bool matches = true;
    for (std::size_t i = 0; i < kForm.size(); ++i) {
      matches = matches && (ascii::is_digit(kForm[i]) ? ascii::is_digit(end[i])
                                                      : ascii::lower(end[i]) == kForm[i]);
    }
    const int index = matches ? std::stoi(std::string(end.substr(1, 5))) : 0;
    const int count = matches ? std::stoi(std::string(end.substr(10, 5))) : 0;
    if (index >= 1 && index <= count) {
      return {std::string(path.substr(0, path.size() - kForm.size())), index, count};
    }
  }
  return {std::string(path), 1, 1};
}

bool holds_file(const ModelParts& model, const std::string& path) {
  return std::any_of(model.files.begin(), model.files.end(),
                     [&](const RepositoryFile& file) { return file.path == path; });
}

std::vector<ModelParts> with_file(const std::vector<ModelParts>& models, const std::string& path) {
  std::vector<ModelParts> found;
  std::copy_if(models.begin(), models.end(), std::back_inserter(found),
               [&](const ModelParts& model) { return holds_file(model, path); });
  return found;
}

std::vector<ModelParts> with_tag(const std::vector<ModelParts>& models, const std::string& tag) {
  std::vector<ModelParts> found;
  std::vector<ModelParts> exact;
  for (const auto& model : models) {
    if (!has_tag(model.path(), tag)) continue;
    found.push_back(model);
    // Beside "a-Q4_K_M.gguf" there may be "a-UD-Q4_K_M.gguf", which is another recipe.
    if (quantization_of(model.path()) == tag) exact.push_back(model);
  }
  return exact.empty() ? found : exact;
}

std::vector<ModelParts> unquantised(const std::vector<ModelParts>& models) {
  std::vector<ModelParts> found;
  std::copy_if(models.begin(), models.end(), std::back_inserter(found),
               [](const ModelParts& model) { return quantization_of(model.path()).empty(); });
  return found;
}

std::optional<std::vector<ModelParts>> first_match(const std::vector<ModelParts>& models,
                                                   const std::vector<std::string>& tags) {
  for (const auto& tag : tags) {
    if (auto found = with_tag(models, tag); !found.empty()) return found;
  }
  return std::nullopt;
}

std::vector<std::string> names_for_wish(const std::vector<ModelParts>& models,
                                        const ModelName& name) {
  std::vector<std::string> names;
  names.reserve(models.size());
  for (const auto& model : models) {
    names.push_back(name.file.empty() ? quantization_of(model.path()) : model.path());
  }
  return near_names(name.file.empty() ? quantization_tags(name.quantization).front() : name.file,
                    names, 3);
}

Error nothing_fits(const std::vector<RepositoryFile>& files, const std::vector<ModelParts>& models,
                   const ModelName& name, const std::string& place) {
  if (models.empty()) {
    std::vector<std::string> some;
    for (const auto& file : files) {
      if (some.size() < 5) some.push_back(file.path);
    }
    return {ErrorCode::not_found,
            place + " has no GGUF file" + (some.empty() ? "" : "; it has " + enumerated(some)),
            "Models in another form often have a sister repository whose name ends in -GGUF."};
  }
  const std::string wish = name.file.empty() ? name.quantization : name.file;
  const auto near = names_for_wish(models, name);
  return {ErrorCode::not_found, place + " has no \"" + wish + "\". It has:\n" + listing(models),
          near.empty() ? "Put one of these after the colon of the model's name."
                       : "Did you mean " + enumerated(near) + "?"};
}

}  // namespace

std::uint64_t ModelParts::size_bytes() const {
  std::uint64_t sum = 0;
  for (const auto& file : files) sum += file.size_bytes;
  return sum;
}

std::vector<ModelParts> models_among(const std::vector<RepositoryFile>& files) {
  std::map<std::pair<std::string, int>, std::map<int, RepositoryFile>> groups;
  for (const auto& file : files) {
    if (!is_model(file.path)) continue;
    auto split = split_name(file.path);
    groups[{std::move(split.prefix), split.count}].emplace(split.index, file);
  }
  std::vector<ModelParts> models;
  for (const auto& [key, parts] : groups) {
    ModelParts model;
    model.is_complete = parts.size() == static_cast<std::size_t>(key.second);
    for (const auto& [index, file] : parts) model.files.push_back(file);
    models.push_back(std::move(model));
  }
  return models;
}

std::vector<ModelParts> fitting(const std::vector<ModelParts>& models, const ModelName& name) {
  if (!name.file.empty()) return with_file(models, name.file);
  if (name.quantization.empty()) {
    return first_match(models, {"Q4_K_M", "Q8_0"}).value_or(models);
  }
  if (auto found = first_match(models, quantization_tags(name.quantization))) return *found;
  return is_unquantised_wish(name.quantization) ? unquantised(models) : std::vector<ModelParts>();
}

Result<ModelParts> choose_model(const std::vector<RepositoryFile>& files, const ModelName& name,
                                const std::string& place) {
  const auto models = models_among(files);
  auto found = fitting(models, name);
  if (found.empty()) return tl::unexpected(nothing_fits(files, models, name, place));
  if (found.size() > 1) {
    return fail(ErrorCode::invalid_argument,
                place + " has several models that fit \"" + name.text + "\":\n" + listing(found),
                "Say which one: put its quantization, or the whole name of its file, after a "
                "colon.");
  }
  if (!found.front().is_complete) {
    return fail(ErrorCode::not_found,
                place + " has only some of the parts of " + found.front().path(),
                "Choose another quantization.");
  }
  return std::move(found.front());
}

std::string listing(std::vector<ModelParts> models) {
  constexpr std::size_t kMost = 40;
  std::sort(models.begin(), models.end(), [](const ModelParts& a, const ModelParts& b) {
    return std::tuple(a.size_bytes(), a.path()) < std::tuple(b.size_bytes(), b.path());
  });
  std::string text;
  for (const auto& model : models) {
    if (&model - models.data() == kMost) {
      return text + "\n  and " + std::to_string(models.size() - kMost) + " more";
    }
    char line[64];
    std::snprintf(line, sizeof line, "  %-12s %9s  ", quantization_of(model.path()).c_str(),
                  size_text(model.size_bytes()).c_str());
    text += (text.empty() ? "" : "\n") + std::string(line) + model.path();
    if (model.files.size() > 1) text += " and " + std::to_string(model.files.size() - 1) + " more";
  }
  return text;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text,
                value < 10    ? "%.2f %s"
                : value < 100 ? "%.1f %s"
                              : "%.0f %s",
                value, kUnits[unit]);
  return text;
}

}  // namespace emend
