// SPDX-License-Identifier: Apache-2.0
// What the hub says when it does not give what was asked for, in words that a person can act on.
#pragma once

#include <string>
#include <string_view>

#include "models/http_client.h"
#include "models/settings.h"

namespace emend {

// What was asked for.
struct HubQuestion {
  std::string repository;
  std::string revision;
  std::string file;  // empty = about the repository as a whole
};

// For any status that is not 200 or 206. `body` is the beginning of the answer.
[[nodiscard]] Refusal hub_refusal(const HubQuestion& question, const StoreSettings& settings,
                                  const HttpResponse& response, std::string_view body);

// Something that is no answer of a hub came with a status that says all is well.
[[nodiscard]] Refusal not_the_hub(const HttpResponse& response, std::string_view body);

[[nodiscard]] bool is_web_page(const HttpResponse& response, std::string_view body);

}  // namespace emend
