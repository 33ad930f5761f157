// SPDX-License-Identifier: Apache-2.0
// What formats that are nothing but text have no place for, as a file of its own beside them.
#include <utility>

#include "core/json_form.h"
#include "emend/json.h"
#include "emend/output.h"

namespace emend {

namespace {

using nlohmann::json;

// The JSON form without its pages; the notices of the pages stand among those of the document.
class ProvenanceWriter final : public DocumentWriter {
 public:
  explicit ProvenanceWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& source) override {
    first_ = true;
    return sink_("{\"version\":" + std::to_string(kJsonVersion) +
                 ",\"source\":" + dumped(json(source)) + ",\"notices\":[");
  }

  Result<void> page(const Page& page) override { return add(page.notices); }

  Result<void> end(const Document& tail) override {
    if (auto added = add(tail.notices); !added) return added;
    return sink_("],\"provenance\":" + dumped(json(tail.provenance)) + "}\n");
  }

 private:
  // A file name need not be UTF-8.
  static std::string dumped(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
  }

  Result<void> add(const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      if (auto written = sink_((first_ ? "" : ",") + dumped(json(notice))); !written)
        return written;
      first_ = false;
    }
    return {};
  }

  Sink sink_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_provenance_writer(Sink sink) {
  return std::make_unique<ProvenanceWriter>(std::move(sink));
}

}  // namespace emend
