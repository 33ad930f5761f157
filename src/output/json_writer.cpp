// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "core/json_form.h"
#include "emend/json.h"
#include "emend/output.h"

namespace emend {

namespace {

using nlohmann::json;

// The members in the order in which they become known: what to_json(Document) says of a whole
// document, without ever having one.
class JsonWriter final : public DocumentWriter {
 public:
  explicit JsonWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& source) override {
    first_ = true;
    return sink_("{\"version\":" + std::to_string(kJsonVersion) + ",\"source\":" +
                 json(source).dump(-1, ' ', false, kReplaceIllFormed) + ",\"pages\":[");
  }

  Result<void> page(const Page& page) override {
    const std::string separator = first_ ? "" : ",";
    first_ = false;
    return sink_(separator + json(page).dump());
  }

  Result<void> end(const Document& tail) override {
    return sink_("],\"notices\":" + json(tail.notices).dump(-1, ' ', false, kReplaceIllFormed) +
                 ",\"provenance\":" + json(tail.provenance).dump() + "}\n");
  }

 private:
  // A file name need not be UTF-8.
  static constexpr auto kReplaceIllFormed = json::error_handler_t::replace;

  Sink sink_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_json_writer(Sink sink) {
  return std::make_unique<JsonWriter>(std::move(sink));
}

}  // namespace emend
