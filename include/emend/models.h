// SPDX-License-Identifier: Apache-2.0
// Language models on this machine: which there are, and how one gets here.
//
// A model is named in one of these ways:
//   embedded                            the one that comes with emend
//   Qwen/Qwen2.5-3B-Instruct-GGUF:Q8_0  a repository of the Hugging Face hub and a quantization;
//                                       int8, int4, fp16 and none are understood too
//   user/repository:folder/model.gguf   one file of a repository
//   model.gguf, /srv/models             a GGUF file, or a folder with one model in it
// A name of the hub may end in @REVISION: a branch, a tag or, to pin it for good, a commit.
//
// What is here is used as it is, without a single request. Only a model that is not here yet, and
// pull_model, go to the network. A file counts as here when its bytes have the checksum that the
// hub gives for them, if the hub is where it came from. docs/models.md has the whole story.
//
//   emend::StoreObserver nobody;
//   const auto model = emend::resolve_model("Qwen/Qwen2.5-3B-Instruct-GGUF:int8", {}, nobody);
//   if (model) std::cout << model->files.front().path << '\n';
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

// The environment decides what is not said here: HF_HOME and HF_HUB_CACHE (place), HF_ENDPOINT
// (mirror), HF_TOKEN (private and gated repositories), HF_HUB_OFFLINE, HTTPS_PROXY, NO_PROXY.
struct StoreOptions {
  // A plain folder for models instead of the hub's cache. A GGUF file that lies in it is used
  // without any request; downloads go into it.
  std::filesystem::path directory_model_path;
  bool allow_auto_download = true;  // fetch a model that is not here
  bool offline = false;             // make no request at all, whoever asks
};

struct ModelFile {
  std::filesystem::path path;
  std::uint64_t size_bytes = 0;
  std::string checksum;  // that it must have, "sha256:..." ("git:..." for small files); or empty
};

// A model that is on this machine, whole.
struct StoredModel {
  std::string name;              // that finds it again, such as "user/repository:Q8_0"
  std::string repository;        // empty for a file that did not come from the hub
  std::string revision;          // commit of the repository
  std::string quantization;      // as the file's name tells it; may be empty
  std::vector<ModelFile> files;  // the parts of a split model in order; the first is to be loaded
};

// How far a download is, counted over all files of the model.
struct Transfer {
  enum class Step : std::uint8_t {
    waiting,      // for another process that downloads the same file
    checking,     // reading what is on the disk already
    downloading,  //
    retrying,     // waiting before another attempt
  };
  Step step = Step::downloading;
  std::string file;
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;
  double bytes_per_second = 0;  // of late; 0 while unknown
  double seconds_left = -1;     // negative while unknown
};

struct Licence {
  std::string repository;
  std::string tag;       // as its repository names it, such as "apache-2.0"; may be empty
  std::string page;      // where it can be read
  bool is_free = false;  // known to allow any use, also in a business
};

// Told what happens, always from the thread that called.
class StoreObserver {
 public:
  StoreObserver() = default;
  StoreObserver(const StoreObserver&) = delete;
  StoreObserver& operator=(const StoreObserver&) = delete;
  virtual ~StoreObserver() = default;

  virtual void on_licence(const Licence& /*licence*/) {}     // before the first byte is fetched
  virtual void on_transfer(const Transfer& /*transfer*/) {}  // ten times a second at most
  virtual void on_remark(const std::string& /*remark*/) {}   // something a person should know
};

// The model of that name, fetched first if it is not here and options allow it. Fails with
// - invalid_argument: the name has no meaning, or fits several files (the message lists them);
// - not_found: the hub has no such repository, revision or file (the message lists what it has);
// - missing_dependency: the model is not here and may not be fetched;
// - network_failed: it could not be fetched whole; what has arrived is kept for the next attempt;
// - io_failed: the disk is full or cannot be written;
// - unreadable_input: a file is no GGUF, or its bytes are not those of the hub;
// - cancelled: `stop` was requested; what has arrived is kept.
[[nodiscard]] Result<StoredModel> resolve_model(std::string_view model, const StoreOptions& options,
                                                StoreObserver& observer,
                                                const std::stop_token& stop = {});

// Asks the hub for the newest state of the model's revision and fetches what is missing or damaged.
// Fails as resolve_model does.
[[nodiscard]] Result<StoredModel> pull_model(std::string_view model, const StoreOptions& options,
                                             StoreObserver& observer,
                                             const std::stop_token& stop = {});

// Everything that resolve_model finds without the hub: what is in the folder of `options`, or else
// in the hub's cache, whoever put it there.
[[nodiscard]] Result<std::vector<StoredModel>> list_models(const StoreOptions& options);

struct FileCheck {
  enum class Verdict : std::uint8_t {
    intact,   // the bytes are those of the hub
    damaged,  // they are not
    unknown,  // no one told what they should be
  };
  ModelFile file;
  Verdict verdict = Verdict::unknown;
  std::string actual;  // checksum of the bytes that are there, "sha256:..." or "git:..."
};

// Reads every byte of the model and compares. A damaged file is no failure of this function.
[[nodiscard]] Result<std::vector<FileCheck>> verify_model(std::string_view model,
                                                          const StoreOptions& options,
                                                          StoreObserver& observer,
                                                          const std::stop_token& stop = {});

struct Removal {
  std::vector<std::filesystem::path> files;
  std::uint64_t freed_bytes = 0;  // less than the files' sizes when another revision shares them
};

// Deletes a model that was downloaded. Fails with invalid_argument for a file that nobody
// downloaded into the store: what a person put somewhere, a person takes away.
[[nodiscard]] Result<Removal> remove_model(std::string_view model, const StoreOptions& options);

// The JSON forms that `emend models --json` prints; docs/models.md describes them.
[[nodiscard]] std::string to_json(const StoredModel& model);
[[nodiscard]] std::string to_json(const std::vector<StoredModel>& models);
[[nodiscard]] std::string to_json(const std::vector<FileCheck>& checks);
[[nodiscard]] std::string to_json(const Removal& removal);

}  // namespace emend
