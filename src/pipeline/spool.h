// SPDX-License-Identifier: Apache-2.0
// What has no name of its own as a file, because a page worker opens its input by name: standard
// input, members of archives, and documents on the web.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>
#include <utility>

#include "emend/error.h"
#include "process/unnamed_file.h"

namespace emend {

class SpooledInput {
 public:
  // Copies `descriptor` to its end into a new file in the folder for temporary files. Fails with
  // io_failed, or cancelled when `stop` is requested while nothing comes.
  [[nodiscard]] static Result<SpooledInput> from(int descriptor, const std::stop_token& stop);

  // With nothing in it, for a child to write to.
  [[nodiscard]] static Result<SpooledInput> empty();

  [[nodiscard]] Result<void> pour(const std::function<Result<void>(std::string_view)>& sink) const {
    return file_.pour(sink);
  }

  [[nodiscard]] Result<void> add(std::string_view bytes) { return file_.write(bytes); }

  // Children of this process open it by that.
  [[nodiscard]] std::filesystem::path path() const { return file_.path(); }

 private:
  explicit SpooledInput(UnnamedFile file) : file_(std::move(file)) {}

  UnnamedFile file_;
};

}  // namespace emend
