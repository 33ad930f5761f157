// SPDX-License-Identifier: Apache-2.0
// A searchable PDF. A page worker does the work, since it parses the original; what is decided here
// is what the attachment tells: the JSON form, without what else each character could have been.
#include <chrono>
#include <optional>
#include <utility>

#include "core/json_form.h"
#include "output/original.h"
#include "output/writers.h"
#include "process/unnamed_file.h"

namespace emend {

namespace {

using namespace std::chrono_literals;

// Alternatives are nine tenths of the JSON form and of no use to a reader of the PDF file.
Page without_alternatives(Page page) {
  for (Line& line : page.lines) {
    for (Word& word : line.words) {
      for (Reading& reading : word.readings) reading.characters.clear();
      for (Reading& reading : word.other_readings) reading.characters.clear();
    }
  }
  return page;
}

class PdfWriter final : public DocumentWriter {
 public:
  PdfWriter(Sink sink, const WriterOptions& options)
      : sink_(std::move(sink)), original_(options.original, options.read) {}

  Result<void> begin(const std::string& source) override {
    auto file = UnnamedFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    attachment_ = std::move(*file);
    json_ = make_json_writer([this](std::string_view bytes) { return attachment_->write(bytes); });
    if (auto begun = json_->begin(source); !begun) return begun;
    return done(original_.ask({{"op", "graft_open"}}, original_.page_patience()));
  }

  Result<void> page(const Page& page) override {
    const Page lean = without_alternatives(page);
    if (auto written = json_->page(lean); !written) return written;
    return done(original_.ask({{"op", "graft_page"}, {"text", stored_form(without_noise(lean))}},
                              original_.page_patience()));
  }

  Result<void> end(const Document& tail) override {
    // A document of thousands of pages takes a while to be written.
    constexpr auto kPatience = 30min;
    if (auto written = json_->end(tail); !written) return written;
    auto result = UnnamedFile::create();
    if (!result) return tl::unexpected(std::move(result.error()));
    auto written = done(original_.ask({{"op", "graft_write"},
                                       {"attachment", attachment_->path().string()},
                                       {"output", result->path().string()}},
                                      kPatience));
    return written ? result->pour(sink_) : written;
  }

 private:
  static Result<void> done(const Result<nlohmann::json>& answer) {
    if (!answer) return tl::unexpected(answer.error());
    return {};
  }

  Sink sink_;
  OriginalFile original_;
  std::optional<UnnamedFile> attachment_;
  std::unique_ptr<DocumentWriter> json_;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_pdf_writer(Sink sink, const WriterOptions& options) {
  return std::make_unique<PdfWriter>(std::move(sink), options);
}

}  // namespace emend
