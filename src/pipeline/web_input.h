// SPDX-License-Identifier: Apache-2.0
// Documents on the web, which are fetched because somebody named them.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "emend/error.h"
#include "emend/options.h"
#include "pipeline/spool.h"

namespace emend {

// Whether an input is one: "https://host/scan.pdf".
[[nodiscard]] bool is_web_address(std::string_view input);

// What results of it are called: "scan.pdf", or the host where the address names no file.
[[nodiscard]] std::string name_of_web_address(std::string_view address);

// Fetches it, by one request; redirects are followed, not from https to http. Fails with not_found,
// network_failed, limit_exceeded above 512 MiB, io_failed, cancelled, and with invalid_argument
// when `store` allows no request.
[[nodiscard]] Result<SpooledInput> fetch_input(const std::string& address,
                                               const StoreOptions& store,
                                               const std::stop_token& stop);

}  // namespace emend
