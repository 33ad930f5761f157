// SPDX-License-Identifier: Apache-2.0
// The hub's calls: what a repository holds at a revision, and where its files are.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "emend/models.h"
#include "models/clock.h"
#include "models/http_client.h"
#include "models/hub_refusals.h"
#include "models/model_choice.h"

namespace emend {

// A repository at one commit.
struct RepositoryState {
  std::string repository;  // as the hub spells it
  std::string commit;
  Licence licence;
  std::vector<RepositoryFile> files;
};

// One thread at a time. Nothing that the hub says is believed before its form has been checked.
class HubClient {
 public:
  HubClient(HttpClient& http, const StoreSettings& settings, Clock& clock)
      : http_(http), settings_(settings), clock_(clock) {}

  // Fails with not_found (and names that are near), network_failed or cancelled.
  [[nodiscard]] Result<RepositoryState> state_of(const std::string& repository,
                                                 const std::string& revision,
                                                 const std::stop_token& stop);

  [[nodiscard]] std::string file_url(const std::string& repository, const std::string& revision,
                                     const std::string& path) const;

 private:
  struct Page;

  [[nodiscard]] Outcome<Page> ask_once(const std::string& url, const HubQuestion& question,
                                       const std::stop_token& stop);
  [[nodiscard]] Outcome<Page> ask(const std::string& path, const HubQuestion& question,
                                  const std::stop_token& stop);
  [[nodiscard]] Result<void> read_files(RepositoryState& state, const std::stop_token& stop);
  void suggest_revisions(Error& error, const HubQuestion& question, const std::stop_token& stop);
  void suggest_repositories(Error& error, const HubQuestion& question, const std::stop_token& stop);

  HttpClient& http_;
  const StoreSettings& settings_;
  Clock& clock_;
};

}  // namespace emend
