// SPDX-License-Identifier: Apache-2.0
// From what an AIModelConfig asks for to the model that serves.
#pragma once

#include <stop_token>

#include "emend/ai.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// With neither repository nor folder it is the embedded model. Fails with invalid_argument when the
// configuration makes no sense, and as resolve_model() does.
[[nodiscard]] Result<ModelOptions> configured_model(const AIModelConfig& config,
                                                    const std::stop_token& stop);

}  // namespace emend
