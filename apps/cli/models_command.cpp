// SPDX-License-Identifier: Apache-2.0
#include "cli/models_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <utility>

#include "cli/console.h"
#include "cli/output_file.h"
#include "cli/transfer_view.h"

namespace emend::cli {

namespace {

using Action = ModelsCommand::Action;

std::uint64_t size_of(const StoredModel& model) {
  std::uint64_t sum = 0;
  for (const auto& file : model.files) sum += file.size_bytes;
  return sum;
}

std::string table(const std::vector<StoredModel>& models) {
  std::size_t width = 0;
  for (const auto& model : models) width = std::max(width, model.name.size());
  std::string text;
  for (const auto& model : models) {
    const std::string size = size_text(static_cast<double>(size_of(model)));
    text += model.name + std::string(width - model.name.size() + 2, ' ');
    text += size + std::string(size.size() < 9 ? 9 - size.size() : 1, ' ');
    text += model.files.front().path.string() + "\n";
  }
  return text;
}

const char* described(FileCheck::Verdict verdict) {
  switch (verdict) {
    case FileCheck::Verdict::intact:
      return "intact ";
    case FileCheck::Verdict::damaged:
      return "DAMAGED";
    default:
      return "unknown";
  }
}

std::string lines(const std::vector<FileCheck>& checks) {
  std::string text;
  for (const auto& check : checks) {
    text += std::string(described(check.verdict)) + "  " + check.file.path.string();
    if (check.verdict != FileCheck::Verdict::intact) text += "  " + check.actual;
    text += "\n";
  }
  return text;
}

// One run of the command: what it has found so far and how it will end.
class Run {
 public:
  Run(const ModelsCommand& command, const std::stop_token& stop)
      : command_(command), stop_(stop), console_(command.quiet), view_(console_, command.quiet) {}

  int list() {
    const auto models = list_models(command_.store);
    if (!models) return failed(models.error());
    if (models->empty() && !command_.json) {
      console_.warn("no models here yet; emend models pull NAME fetches one");
    }
    return write(command_.json ? to_json(*models) + "\n" : table(*models));
  }

  // pull and path: the models themselves.
  int find() {
    std::vector<StoredModel> models;
    for (const auto& name : command_.names) {
      auto model = command_.action == Action::pull
                       ? pull_model(name, command_.store, view_, stop_)
                       : resolve_model(name, without_download(), view_, stop_);
      console_.clear();
      if (model) models.push_back(std::move(*model));
      if (!model) failed(model.error());
      if (stop_.stop_requested()) break;
    }
    if (command_.json) return write(to_json(models) + "\n");
    std::string text;
    for (const auto& model : models) text += model.files.front().path.string() + "\n";
    return write(command_.action == Action::path ? text : table(models));
  }

  int verify() {
    auto names = command_.names;
    if (names.empty()) {
      const auto models = list_models(command_.store);
      if (!models) return failed(models.error());
      for (const auto& model : *models) names.push_back(model.name);
    }
    std::vector<FileCheck> all;
    for (const auto& name : names) {
      auto checks = verify_model(name, command_.store, view_, stop_);
      console_.clear();
      if (!checks) failed(checks.error());
      if (stop_.stop_requested()) break;
      if (checks) all.insert(all.end(), checks->begin(), checks->end());
    }
    for (const auto& check : all) {
      if (check.verdict != FileCheck::Verdict::damaged) continue;
      failed(Error{ErrorCode::unreadable_input, check.file.path.string() + " is damaged",
                   "Fetch it anew with emend models pull."});
    }
    return write(command_.json ? to_json(all) + "\n" : lines(all));
  }

  int remove() {
    Removal all;
    for (const auto& name : command_.names) {
      const auto removal = remove_model(name, command_.store);
      if (!removal) failed(removal.error());
      if (!removal) continue;
      all.files.insert(all.files.end(), removal->files.begin(), removal->files.end());
      all.freed_bytes += removal->freed_bytes;
    }
    if (command_.json) return write(to_json(all) + "\n");
    std::string text;
    for (const auto& file : all.files) text += "removed " + file.string() + "\n";
    if (!all.files.empty()) {
      text += size_text(static_cast<double>(all.freed_bytes)) + " freed\n";
    }
    return write(text);
  }

 private:
  [[nodiscard]] StoreOptions without_download() const {
    StoreOptions options = command_.store;
    options.allow_auto_download = false;
    return options;
  }

  int failed(const Error& error) {
    console_.fail(error);
    if (status_ == kExitOk) status_ = exit_status(error.code);
    return status_;
  }

  int write(const std::string& text) {
    OutputFile output = OutputFile::standard_output();
    auto written = output.write(text);
    if (written) written = output.commit();
    return written ? status_ : failed(written.error());
  }

  const ModelsCommand& command_;
  const std::stop_token& stop_;
  Console console_;
  TransferView view_;
  int status_ = kExitOk;
};

void add_action(CLI::App& app, ModelsCommand& command, Action action, const char* name,
                const char* what) {
  CLI::App* sub = app.add_subcommand(name, what);
  sub->fallthrough();
  sub->callback([&command, action] { command.action = action; });
  if (action == Action::list) return;
  sub->add_option("names", command.names,
                  "user/repository:quantization as the hub has it, such as\n"
                  "Qwen/Qwen2.5-3B-Instruct-GGUF:Q8_0; also :file.gguf, and @revision after it")
      ->type_name("NAME")
      ->required(action != Action::verify);
}

}  // namespace

CLI::App* add_models(CLI::App& app, ModelsCommand& command) {
  CLI::App* models =
      app.add_subcommand("models", "Language models on this machine: list, fetch, check, remove");
  models->require_subcommand(1);
  add_action(*models, command, Action::list, "list", "Every model that is here");
  add_action(*models, command, Action::pull, "pull", "Fetch a model, or its newest state");
  add_action(*models, command, Action::verify, "verify", "Read every byte and compare checksums");
  add_action(*models, command, Action::remove, "rm", "Delete a model that was downloaded");
  add_action(*models, command, Action::path, "path", "Where a model's (first) file is");
  models
      ->add_option("--directory-model-path", command.store.directory_model_path,
                   "Folder for models instead of the hub's cache (HF_HOME, HF_HUB_CACHE)")
      ->type_name("DIR");
  models->add_flag("--offline", command.store.offline, "Make no network request at all");
  models->add_flag("--json", command.json, "The result as JSON (docs/models.md)");
  models->add_flag("-q,--quiet", command.quiet, "No progress");
  return models;
}

int run_models(const ModelsCommand& command, const std::stop_token& stop) {
  Run run(command, stop);
  switch (command.action) {
    case Action::list:
      return run.list();
    case Action::verify:
      return run.verify();
    case Action::remove:
      return run.remove();
    default:
      return run.find();
  }
}

}  // namespace emend::cli
