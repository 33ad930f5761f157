// SPDX-License-Identifier: Apache-2.0
#include "models/model_folder.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "core/ascii.h"
#include "models/content_id.h"
#include "models/partial_file.h"
#include "models/quantization.h"

namespace emend {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kNotes = ".emend";

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// "user/Qwen2.5-3B-Instruct-GGUF" is likely to hold "qwen2.5-3b-instruct-q8_0.gguf".
bool resembles(const std::string& path, const std::string& repository) {
  constexpr std::string_view kEnding = "-gguf";
  std::string base = ascii::lowered(file_name(repository));
  if (base.ends_with(kEnding)) base.resize(base.size() - kEnding.size());
  return ascii::lowered(file_name(path)).starts_with(base);
}

Error several(const std::string& place, const std::string& wish,
              const std::vector<ModelParts>& models) {
  return {ErrorCode::invalid_argument,
          place + " has several models that fit" + wish + ":\n" + listing(models),
          "Give the path of the file that is meant."};
}

}  // namespace

struct ModelFolder::Origin {
  std::string repository;
  std::string revision;  // as it was asked for
  std::string commit;
  RepositoryFile file;  // as the repository has it
};

struct ModelFolder::Entry {
  ModelParts parts;             // as they lie here
  std::vector<Origin> origins;  // of each part; empty when a person put it there

  // The same model under the names that the repository has for it.
  [[nodiscard]] ModelParts at_origin() const {
    ModelParts there = parts;
    for (std::size_t i = 0; i < origins.size(); ++i) there.files[i] = origins[i].file;
    return there;
  }
  [[nodiscard]] bool is_from(const ModelName& name) const {
    return ascii::lowered(origins.front().repository) == ascii::lowered(name.repository) &&
           (name.revision.empty() || name.revision == origins.front().commit ||
            name.revision == origins.front().revision);
  }
  [[nodiscard]] bool is_by_hand_for(const ModelName& name) const {
    return origins.empty() &&
           (resembles(parts.path(), name.repository) || parts.path() == name.file);
  }
};

fs::path ModelFolder::note_path(const std::string& name) const {
  return folder_ / kNotes / (name + ".json");
}

std::optional<ModelFolder::Origin> ModelFolder::origin_of_file(const std::string& name) const {
  std::ifstream file(note_path(name));
  if (!file) return std::nullopt;
  const json note = json::parse(file, nullptr, false);
  if (!note.is_object()) return std::nullopt;
  const auto text = [&note](const char* key) {
    const auto found = note.find(key);
    return found != note.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  Origin origin{text("repository"), text("revision"), text("commit"), {text("file"), 0, ""}};
  if (const auto oid = text("oid"); is_oid(oid)) origin.file.oid = oid;
  if (origin.repository.empty() || !is_safe_path(origin.file.path)) return std::nullopt;
  return origin;
}

Result<std::vector<ModelFolder::Entry>> ModelFolder::entries() const {
  std::vector<RepositoryFile> files;
  std::error_code problem;
  fs::directory_iterator at(folder_, problem);
  for (; !problem && at != fs::directory_iterator(); at.increment(problem)) {
    std::error_code unreadable;
    const auto size = fs::file_size(at->path(), unreadable);
    if (!unreadable) files.push_back({at->path().filename().string(), size, ""});
  }
  if (problem && problem != std::errc::no_such_file_or_directory) {
    return fail(ErrorCode::io_failed, folder_.string() + ": " + problem.message());
  }
  std::vector<Entry> found;
  for (auto& parts : models_among(files)) {
    Entry entry{std::move(parts), {}};
    if (!entry.parts.is_complete) continue;
    for (auto& file : entry.parts.files) {
      auto origin = origin_of_file(file.path);
      if (!origin) break;
      file.oid = origin->file.oid;
      entry.origins.push_back(std::move(*origin));
    }
    if (entry.origins.size() != entry.parts.files.size()) entry.origins.clear();
    found.push_back(std::move(entry));
  }
  return found;
}

StoredModel ModelFolder::stored(const Entry& entry) const {
  StoredModel model;
  model.quantization = quantization_of(entry.parts.path());
  model.name = (folder_ / entry.parts.path()).string();
  for (const auto& file : entry.parts.files) {
    model.files.push_back({folder_ / file.path, file.size_bytes, checksum_text(file.oid)});
  }
  if (!entry.origins.empty()) {
    const Origin& origin = entry.origins.front();
    model.repository = origin.repository;
    model.revision = origin.commit;
    model.name = origin.repository + ":" +
                 (model.quantization.empty() ? origin.file.path : model.quantization);
  }
  return model;
}

Result<std::vector<StoredModel>> ModelFolder::models() const {
  auto all = entries();
  if (!all) return tl::unexpected(std::move(all.error()));
  std::vector<StoredModel> found;
  for (const auto& entry : *all) found.push_back(stored(entry));
  return found;
}

// What was downloaded goes by the names that its repository has for it, what was put there by hand
// by the file's own.
Result<std::optional<StoredModel>> ModelFolder::find_among(const std::vector<Entry>& entries,
                                                           const ModelName& name,
                                                           bool by_hand) const {
  ModelName wish = name;
  if (by_hand) wish.file = file_name(name.file);
  std::vector<ModelParts> candidates;
  std::vector<const Entry*> owners;
  for (const auto& entry : entries) {
    const bool is_candidate =
        by_hand ? entry.is_by_hand_for(wish) : !entry.origins.empty() && entry.is_from(name);
    if (!is_candidate) continue;
    candidates.push_back(by_hand ? entry.parts : entry.at_origin());
    owners.push_back(&entry);
  }
  const auto fits = fitting(candidates, wish);
  if (fits.size() > 1) {
    return tl::unexpected(several(folder_.string(), " \"" + name.text + "\"", fits));
  }
  for (std::size_t i = 0; !fits.empty() && i < owners.size(); ++i) {
    if (candidates[i].path() == fits.front().path()) return stored(*owners[i]);
  }
  return std::optional<StoredModel>();
}

Result<std::optional<StoredModel>> ModelFolder::find(const ModelName& name,
                                                     StoreObserver& observer) const {
  auto all = entries();
  if (!all) return tl::unexpected(std::move(all.error()));
  for (const bool by_hand : {false, true}) {
    auto found = find_among(*all, name, by_hand);
    if (!found || *found) return found;
  }
  if (all->size() == 1 && all->front().origins.empty()) {
    observer.on_remark("using " + stored(all->front()).name +
                       ", the only model in its folder, for " + name.text);
    return stored(all->front());
  }
  return std::optional<StoredModel>();
}

Result<StoredModel> ModelFolder::only_model() const {
  auto all = entries();
  if (!all) return tl::unexpected(std::move(all.error()));
  if (all->size() == 1) return stored(all->front());
  if (all->empty()) {
    return fail(ErrorCode::not_found, folder_.string() + " has no whole GGUF file",
                "Put one there, or name a model of the hub.");
  }
  std::vector<ModelParts> models;
  for (const auto& entry : *all) models.push_back(entry.parts);
  return tl::unexpected(several(folder_.string(), "", models));
}

Result<StoredModel> ModelFolder::model_of(const std::string& name) const {
  auto all = entries();
  if (!all) return tl::unexpected(std::move(all.error()));
  for (const auto& entry : *all) {
    for (const auto& file : entry.parts.files) {
      if (file.path == name) return stored(entry);
    }
  }
  return fail(ErrorCode::not_found, (folder_ / name).string() + ": parts of it are missing",
              "A split model (-00001-of-0000N) needs all its parts in one folder.");
}

// The file's own name, unless that is taken by something else.
std::string ModelFolder::local_name(const std::string& repository, const std::string& path) const {
  std::string name = file_name(path);
  std::error_code ignored;
  if (!fs::exists(folder_ / name, ignored)) return name;
  const auto origin = origin_of_file(name);
  if (origin && origin->repository == repository && origin->file.path == path) return name;
  std::string longer;
  for (const char c : repository + "/" + path) longer += c == '/' ? "--" : std::string(1, c);
  return longer;
}

Places ModelFolder::places_for(const RepositoryState& state, const RepositoryFile& file) const {
  const std::string name = local_name(state.repository, file.path);
  Places places;
  places.lock = folder_ / kNotes / (name + ".lock");
  // By contents, so that the rest of one file is never taken for the beginning of another.
  places.partial = folder_ / kNotes / (file.oid + ".incomplete");
  places.target = folder_ / name;
  places.path = places.target;
  return places;
}

Result<void> ModelFolder::prepare(const RepositoryState& state, const std::string& revision,
                                  const RepositoryFile& file, const Places& places) const {
  const json note = {{"repository", state.repository},
                     {"revision", revision},
                     {"commit", state.commit},
                     {"file", file.path},
                     {"oid", file.oid},
                     {"licence", state.licence.tag}};
  return write_small_file(note_path(places.target.filename().string()), note.dump(1) + "\n");
}

Result<void> ModelFolder::finish(const RepositoryState& /*state*/, const std::string& /*revision*/,
                                 const std::vector<Places>& /*places*/) const {
  return {};
}

Result<Removal> ModelFolder::remove(const StoredModel& model) const {
  if (model.repository.empty()) {
    return fail(ErrorCode::invalid_argument, model.name + " was put there by hand, so it stays",
                "Delete it yourself if you do not need it.");
  }
  Removal removal;
  for (const auto& file : model.files) {
    std::error_code problem;
    fs::remove(file.path, problem);
    if (problem) return tl::unexpected(write_error(file.path, problem.value()));
    for (const char* ending : {".json", ".lock"}) {
      fs::remove(folder_ / kNotes / (file.path.filename().string() + ending), problem);
    }
    removal.files.push_back(file.path);
    removal.freed_bytes += file.size_bytes;
  }
  return removal;
}

}  // namespace emend
