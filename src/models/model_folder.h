// SPDX-License-Identifier: Apache-2.0
// A plain folder of GGUF files, some downloaded by emend, some put there by hand.
//
// What emend knows of a file that it downloaded is in FOLDER/.emend/FILE.json; a file without such
// a note was put there by a person.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/shelf.h"

namespace emend {

class ModelFolder final : public Shelf {
 public:
  explicit ModelFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  [[nodiscard]] Result<std::vector<StoredModel>> models() const override;

  // In this order: what was downloaded from that repository and fits; what a person put there and
  // whose name fits repository and quantization; the only model there is, if a person put it there.
  [[nodiscard]] Result<std::optional<StoredModel>> find(const ModelName& name,
                                                        StoreObserver& observer) const override;
  // The only model. Fails with not_found or invalid_argument.
  [[nodiscard]] Result<StoredModel> only_model() const;
  // The model that this file is, or the first part of. Fails with not_found.
  [[nodiscard]] Result<StoredModel> model_of(const std::string& file_name) const;

  [[nodiscard]] Places places_for(const RepositoryState& state,
                                  const RepositoryFile& file) const override;
  [[nodiscard]] Result<void> prepare(const RepositoryState& state, const std::string& revision,
                                     const RepositoryFile& file,
                                     const Places& places) const override;
  [[nodiscard]] Result<void> finish(const RepositoryState& state, const std::string& revision,
                                    const std::vector<Places>& places) const override;
  [[nodiscard]] Result<Removal> remove(const StoredModel& model) const override;

 private:
  struct Origin;
  struct Entry;

  [[nodiscard]] std::string local_name(const std::string& repository,
                                       const std::string& path) const;
  [[nodiscard]] std::filesystem::path note_path(const std::string& file_name) const;
  [[nodiscard]] std::optional<Origin> origin_of_file(const std::string& file_name) const;
  [[nodiscard]] Result<std::vector<Entry>> entries() const;
  [[nodiscard]] StoredModel stored(const Entry& entry) const;
  [[nodiscard]] Result<std::optional<StoredModel>> find_among(const std::vector<Entry>& entries,
                                                              const ModelName& name,
                                                              bool by_hand) const;

  std::filesystem::path folder_;
};

}  // namespace emend
