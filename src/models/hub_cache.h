// SPDX-License-Identifier: Apache-2.0
// The hub's cache as huggingface_hub lays it out, shared with it and with llama.cpp:
//
//   models--USER--NAME/refs/main              the commit that "main" was when it was last fetched
//   models--USER--NAME/snapshots/COMMIT/FILE  a link to
//   models--USER--NAME/blobs/OID              the bytes, under the name of their contents
//   .locks/models--USER--NAME/OID.lock        held while they are fetched
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/shelf.h"

namespace emend {

class HubCache final : public Shelf {
 public:
  explicit HubCache(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] Result<std::vector<StoredModel>> models() const override;
  [[nodiscard]] Result<std::optional<StoredModel>> find(const ModelName& name,
                                                        StoreObserver& observer) const override;
  [[nodiscard]] Places places_for(const RepositoryState& state,
                                  const RepositoryFile& file) const override;
  [[nodiscard]] Result<void> prepare(const RepositoryState& state, const std::string& revision,
                                     const RepositoryFile& file,
                                     const Places& places) const override;
  [[nodiscard]] Result<void> finish(const RepositoryState& state, const std::string& revision,
                                    const std::vector<Places>& places) const override;
  [[nodiscard]] Result<Removal> remove(const StoredModel& model) const override;

 private:
  struct Snapshot;

  [[nodiscard]] std::filesystem::path folder_of(const std::string& repository) const;
  [[nodiscard]] std::vector<Snapshot> snapshots(const std::filesystem::path& folder) const;
  [[nodiscard]] std::vector<Snapshot> snapshots_for(const ModelName& name) const;

  std::filesystem::path root_;
};

}  // namespace emend
