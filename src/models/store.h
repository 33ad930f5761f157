// SPDX-License-Identifier: Apache-2.0
// What the functions of include/emend/models.h do, with time and place given from outside.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "emend/models.h"
#include "models/clock.h"
#include "models/download.h"
#include "models/http_client.h"
#include "models/hub_client.h"
#include "models/settings.h"
#include "models/shelf.h"

namespace emend {

// One call of one caller. One thread at a time.
class Store {
 public:
  Store(StoreSettings settings, Clock& clock, StoreObserver& observer);

  [[nodiscard]] Result<StoredModel> resolve(std::string_view model, const std::stop_token& stop);
  [[nodiscard]] Result<StoredModel> pull(std::string_view model, const std::stop_token& stop);
  [[nodiscard]] Result<std::vector<StoredModel>> list() const;
  [[nodiscard]] Result<std::vector<FileCheck>> verify(std::string_view model,
                                                      const std::stop_token& stop);
  [[nodiscard]] Result<Removal> remove(std::string_view model);

 private:
  struct Order;

  [[nodiscard]] Result<std::optional<StoredModel>> find(const ModelName& name);
  [[nodiscard]] Result<StoredModel> find_or_fail(const ModelName& name);
  [[nodiscard]] Result<StoredModel> checked(StoredModel model, const std::stop_token& stop);
  [[nodiscard]] Result<StoredModel> pull(const ModelName& name, const std::stop_token& stop);
  [[nodiscard]] Result<Order> order_for(const ModelName& name, HubClient& hub,
                                        const std::stop_token& stop);
  [[nodiscard]] Result<void> fetch(const Order& order, HttpClient& http, HubClient& hub,
                                   const std::stop_token& stop);
  [[nodiscard]] Result<void> fetch_one(const Order& order, std::size_t index, HubClient& hub,
                                       const DownloadContext& context) const;
  [[nodiscard]] Result<void> check_space(const Order& order, std::size_t first) const;
  [[nodiscard]] Error not_here(const ModelName& name) const;
  [[nodiscard]] std::string by_hand(const std::string& url) const;

  StoreSettings settings_;
  Clock& clock_;
  StoreObserver& observer_;
  std::unique_ptr<Shelf> shelf_;                       // where downloads go
  std::vector<std::unique_ptr<Shelf>> other_shelves_;  // looked at
};

}  // namespace emend
