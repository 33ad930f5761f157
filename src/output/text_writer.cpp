// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "emend/output.h"

namespace emend {

namespace {

class TextWriter final : public DocumentWriter {
 public:
  explicit TextWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& /*source*/) override { return {}; }

  Result<void> page(const Page& page) override {
    const std::string separator = first_ ? "" : "\f";
    first_ = false;
    return sink_(separator + text(page));
  }

  Result<void> end(const Document& /*tail*/) override { return {}; }

 private:
  Sink sink_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_text_writer(Sink sink) {
  return std::make_unique<TextWriter>(std::move(sink));
}

}  // namespace emend
