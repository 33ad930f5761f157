// SPDX-License-Identifier: Apache-2.0
// Where emend's own programs and data are.
//
// The build tree has the same shape as an installation: lib/ (or lib/<triplet>/), bin/,
// libexec/emend/ and share/emend/ under one prefix, which is found from where this code was loaded.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "emend/error.h"

namespace emend {

// A program of ours, such as "emend-page-worker": in EMEND_LIBEXEC_DIR when that is set, else in
// <prefix>/libexec/emend. Fails with missing_dependency.
[[nodiscard]] Result<std::filesystem::path> find_program(std::string_view name);

// A data file of ours, such as "models/english.ngram": in EMEND_DATA_DIR when that is set, else in
// <prefix>/share/emend. Fails with missing_dependency.
[[nodiscard]] Result<std::filesystem::path> find_data(std::string_view name);

// Folders that may hold GPU backends, each with one folder for a version of ggml:
// EMEND_BACKENDS_DIR when that is set, else the user's own ($XDG_DATA_HOME/emend/backends) and
// <prefix>/lib/emend/backends. They need not exist.
[[nodiscard]] std::vector<std::filesystem::path> backend_directories();

}  // namespace emend
