// SPDX-License-Identifier: Apache-2.0
// What went wrong between us and a server, in words that a person can act on.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "models/http_client.h"

namespace emend {

struct TransportFailure {
  CURLcode code = CURLE_OK;
  long proxy_status = 0;  // of a proxy that was asked for a tunnel
  std::string url;
  std::string_view detail;  // libcurl's own words
};

[[nodiscard]] Refusal transport_refusal(const TransportFailure& failure);

// For status 407, from a proxy that is asked for the page itself.
[[nodiscard]] Refusal proxy_wants_password();

}  // namespace emend
