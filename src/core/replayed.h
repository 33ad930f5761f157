// SPDX-License-Identifier: Apache-2.0
// How the model host calls what is played back in place of a model (model_host/replay.h).
#pragma once

namespace emend {

inline constexpr const char* kReplayArchitecture = "replay";  // LoadedModel::architecture

}  // namespace emend
