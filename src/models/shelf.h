// SPDX-License-Identifier: Apache-2.0
// A place where models lie: the hub's cache, or a plain folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emend/models.h"
#include "models/hub_client.h"
#include "models/model_choice.h"
#include "models/model_name.h"

namespace emend {

// Where one file of a repository has its places on a shelf.
struct Places {
  std::filesystem::path lock;
  std::filesystem::path partial;  // while it grows
  std::filesystem::path target;   // when it is whole
  std::filesystem::path path;     // by which it is handed out; finish() makes it
};

class Shelf {
 public:
  Shelf() = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  virtual ~Shelf() = default;

  // Every whole model. Fails with io_failed.
  [[nodiscard]] virtual Result<std::vector<StoredModel>> models() const = 0;

  // The model of that name, if it is here; no network. Fails with invalid_argument when several
  // fit, and io_failed.
  [[nodiscard]] virtual Result<std::optional<StoredModel>> find(const ModelName& name,
                                                                StoreObserver& observer) const = 0;

  [[nodiscard]] virtual Places places_for(const RepositoryState& state,
                                          const RepositoryFile& file) const = 0;

  // Notes what is about to be put at its places. Fails with io_failed.
  [[nodiscard]] virtual Result<void> prepare(const RepositoryState& state,
                                             const std::string& revision,
                                             const RepositoryFile& file,
                                             const Places& places) const = 0;

  // Makes files that are whole at their targets a model that find() finds. `revision` is what was
  // asked for. Fails with io_failed.
  [[nodiscard]] virtual Result<void> finish(const RepositoryState& state,
                                            const std::string& revision,
                                            const std::vector<Places>& places) const = 0;

  // Fails with invalid_argument for what was not downloaded, and io_failed.
  [[nodiscard]] virtual Result<Removal> remove(const StoredModel& model) const = 0;
};

// Writes a small file whole or not at all. Fails with io_failed.
[[nodiscard]] Result<void> write_small_file(const std::filesystem::path& path,
                                            std::string_view text);

}  // namespace emend
