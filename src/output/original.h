// SPDX-License-Identifier: Apache-2.0
// The document as it came, for formats that hold more of it than its words. A page worker opens it;
// no foreign byte is parsed here.
#pragma once

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"
#include "process/child.h"

namespace emend {

// Has a page worker of its own, from the first request to its end.
class OriginalFile {
 public:
  OriginalFile(std::filesystem::path path, ReadOptions options)
      : path_(std::move(path)), options_(std::move(options)) {}

  // `request` with the path and the options of the file. Fails as the worker's answer does, or with
  // invalid_argument when there is no file.
  [[nodiscard]] Result<nlohmann::json> ask(nlohmann::json request,
                                           std::chrono::milliseconds patience);
  // One page has as much time as it has for being read.
  [[nodiscard]] std::chrono::milliseconds page_patience() const;

  // The page as a JPEG image, upright; empty when it cannot be had.
  [[nodiscard]] std::string picture(const Page& page);

 private:
  std::filesystem::path path_;
  ReadOptions options_;
  std::optional<Child> worker_;
};

}  // namespace emend
