// SPDX-License-Identifier: Apache-2.0
// For formats whose head tells what is known only at the end: the pages wait in a temporary file.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "emend/output.h"
#include "process/unnamed_file.h"

namespace emend {

// A writer that says what stands before the pages, what each page is, and what stands after them.
class SetAsideWriter : public DocumentWriter {
 public:
  explicit SetAsideWriter(Sink sink) : sink_(std::move(sink)) {}

  [[nodiscard]] Result<void> begin(const std::string& source) final {
    source_ = source;
    pages_ = 0;
    auto body = UnnamedFile::create();
    if (!body) return tl::unexpected(std::move(body.error()));
    body_ = std::move(*body);
    return {};
  }

  [[nodiscard]] Result<void> page(const Page& page) final {
    ++pages_;
    return body_->write(body_of(page));
  }

  [[nodiscard]] Result<void> end(const Document& tail) final {
    auto written = sink_(head_of(tail));
    if (written) written = body_->pour(sink_);
    if (written) written = sink_(foot_of(tail));
    body_.reset();
    return written;
  }

 protected:
  [[nodiscard]] virtual std::string head_of(const Document& tail) = 0;
  [[nodiscard]] virtual std::string body_of(const Page& page) = 0;
  [[nodiscard]] virtual std::string foot_of(const Document& tail) = 0;

  [[nodiscard]] const std::string& source() const { return source_; }
  [[nodiscard]] int page_count() const { return pages_; }

 private:
  Sink sink_;
  std::string source_;
  int pages_ = 0;
  std::optional<UnnamedFile> body_;
};

}  // namespace emend
