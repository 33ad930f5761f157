// SPDX-License-Identifier: Apache-2.0
#include "emend/models.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "models/store.h"

namespace emend {

namespace {

using nlohmann::json;

template <typename Call>
auto with_store(const StoreOptions& options, StoreObserver& observer, Call call)
    -> decltype(call(std::declval<Store&>())) {
  auto settings = settings_from(options);
  if (!settings) return tl::unexpected(std::move(settings.error()));
  SystemClock clock;
  Store store(std::move(*settings), clock, observer);
  return call(store);
}

json form(const ModelFile& file) {
  return {
      {"path", file.path.string()}, {"size_bytes", file.size_bytes}, {"checksum", file.checksum}};
}

json form(const StoredModel& model) {
  json files = json::array();
  for (const auto& file : model.files) files.push_back(form(file));
  return {{"name", model.name},
          {"repository", model.repository},
          {"revision", model.revision},
          {"quantization", model.quantization},
          {"files", std::move(files)}};
}

const char* name_of(FileCheck::Verdict verdict) {
  switch (verdict) {
    case FileCheck::Verdict::intact:
      return "intact";
    case FileCheck::Verdict::damaged:
      return "damaged";
    default:
      return "unknown";
  }
}

// Names of files need not be UTF-8.
std::string text_of(const json& value) {
  return value.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Result<StoredModel> resolve_model(std::string_view model, const StoreOptions& options,
                                  StoreObserver& observer, const std::stop_token& stop) {
  return with_store(options, observer, [&](Store& store) { return store.resolve(model, stop); });
}

Result<StoredModel> pull_model(std::string_view model, const StoreOptions& options,
                               StoreObserver& observer, const std::stop_token& stop) {
  return with_store(options, observer, [&](Store& store) { return store.pull(model, stop); });
}

Result<std::vector<StoredModel>> list_models(const StoreOptions& options) {
  StoreObserver nobody;
  return with_store(options, nobody, [](Store& store) { return store.list(); });
}

Result<std::vector<FileCheck>> verify_model(std::string_view model, const StoreOptions& options,
                                            StoreObserver& observer, const std::stop_token& stop) {
  return with_store(options, observer, [&](Store& store) { return store.verify(model, stop); });
}

Result<Removal> remove_model(std::string_view model, const StoreOptions& options) {
  StoreObserver nobody;
  return with_store(options, nobody, [&](Store& store) { return store.remove(model); });
}

std::string to_json(const StoredModel& model) {
  return text_of(form(model));
}

std::string to_json(const std::vector<StoredModel>& models) {
  json list = json::array();
  for (const auto& model : models) list.push_back(form(model));
  return text_of(list);
}

std::string to_json(const std::vector<FileCheck>& checks) {
  json list = json::array();
  for (const auto& check : checks) {
    json item = form(check.file);
    item["verdict"] = name_of(check.verdict);
    item["actual"] = check.actual;
    list.push_back(std::move(item));
  }
  return text_of(list);
}

std::string to_json(const Removal& removal) {
  json files = json::array();
  for (const auto& file : removal.files) files.push_back(file.string());
  return text_of({{"files", std::move(files)}, {"freed_bytes", removal.freed_bytes}});
}

}  // namespace emend
