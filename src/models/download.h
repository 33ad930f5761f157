// SPDX-License-Identifier: Apache-2.0
// One file from the hub onto the disk: resumed, repeated, hashed as it comes, and in its place only
// when every byte is right.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "models/clock.h"
#include "models/http_client.h"
#include "models/hub_refusals.h"
#include "models/model_choice.h"
#include "models/transfer_meter.h"

namespace emend {

struct Download {
  HubQuestion question;  // for messages
  std::string url;
  RepositoryFile file;            // what it must be
  std::filesystem::path partial;  // where it grows
  std::filesystem::path target;   // where it belongs when it is whole
};

struct DownloadContext {
  HttpClient& http;
  const StoreSettings& settings;
  Clock& clock;
  TransferMeter& meter;
  const std::stop_token& stop;
};

// The caller holds the lock of the partial file. Fails as resolve_model does; a partial file stays
// for the next attempt unless its bytes turned out to be wrong.
[[nodiscard]] Result<void> download(const Download& task, const DownloadContext& context);

}  // namespace emend
