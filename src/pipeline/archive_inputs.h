// SPDX-License-Identifier: Apache-2.0
// Archives among the inputs. A page worker looks into them; no foreign byte is parsed here.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "emend/error.h"
#include "emend/options.h"

namespace emend {

struct MemberFile {
  std::string label;           // its path in the archive
  bool is_document = false;    // something that emend reads
  std::optional<Error> error;  // why it cannot be unpacked
};

// In natural order. Fails as the page worker does, which is started for this and ended.
[[nodiscard]] Result<std::vector<MemberFile>> list_archive(const std::filesystem::path& path,
                                                           const ReadOptions& read,
                                                           const std::stop_token& stop);

struct MemberPlace {
  std::filesystem::path archive;
  std::string label;
};

// Where a path leads that is none by itself but goes on behind a file: "scans.zip/march/1.png".
[[nodiscard]] std::optional<MemberPlace> find_member(const std::string& path);

}  // namespace emend
