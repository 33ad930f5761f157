// SPDX-License-Identifier: Apache-2.0
#include "pipeline/chosen_options.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "core/joined.h"
#include "core/names.h"

namespace emend {

namespace {

class Listing {
 public:
  template <typename T>
  void add(std::string_view name, const T& value, const T& usual) {
    if (value == usual) return;
    // JSON's form of a number is the shortest that reads back the same.
    add(name, nlohmann::json(value).dump());
  }
  void add(std::string_view name, const std::string& value) {
    out_ += (out_.empty() ? "" : " ") + std::string(name) + "=" + value;
  }
  void add_digest(std::string_view name, const std::string& hex) {
    constexpr std::size_t kEnough = 16;  // digits, to tell which it was
    if (!hex.empty()) add(name, "sha256:" + hex.substr(0, kEnough));
  }
  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  std::string out_;
};

}  // namespace

std::string chosen_options(const Job& job, const OwnDigests& own) {
  const Job usual;
  Listing listing;
  if (job.read.pdf_text != usual.read.pdf_text) {
    listing.add("pdf_text",
                std::string(kPdfTextNames.at(static_cast<std::size_t>(job.read.pdf_text))));
  }
  listing.add("pdf_dpi", job.read.pdf_dpi, usual.read.pdf_dpi);
  if (job.read.segmentation != usual.read.segmentation) {
    listing.add(
        "segmentation",
        std::string(kSegmentationNames.at(static_cast<std::size_t>(job.read.segmentation))));
  }
  if (job.read.quality != usual.read.quality) {
    listing.add("quality", std::string(name(job.read.quality)));
  }
  listing.add("keep_noise", job.read.keep_noise, usual.read.keep_noise);
  if (const Area& area = job.read.area; area != usual.read.area) {
    const std::string unit = area.is_percent ? "%" : "";
    std::string text;
    for (const double value : {area.x, area.y, area.width, area.height}) {
      text += (text.empty() ? "" : ",") + nlohmann::json(value).dump() + unit;
    }
    listing.add("area", text);
  }
  listing.add("allow_characters", job.read.allow_characters, usual.read.allow_characters);
  listing.add("deny_characters", job.read.deny_characters, usual.read.deny_characters);
  listing.add("turn_upright", job.read.turn_upright, usual.read.turn_upright);
  if (!job.read.skip_steps.empty()) listing.add("skip_steps", joined(job.read.skip_steps, ","));
  listing.add("alternatives", job.read.alternatives, usual.read.alternatives);
  listing.add("max_pixels", job.read.max_pixels, usual.read.max_pixels);
  listing.add("margin", job.correct.margin, usual.correct.margin);
  listing.add("keep_confidence", job.correct.keep_confidence, usual.correct.keep_confidence);
  listing.add("max_candidates", job.correct.max_candidates, usual.correct.max_candidates);
  if (job.correct.numbers != usual.correct.numbers) {
    listing.add("numbers", std::string(name(job.correct.numbers)));
  }
  if (!job.correct.prompt.empty()) {
    listing.add_digest("prompt", to_hex(sha256(job.correct.prompt)));
  }
  listing.add_digest("words", own.words);
  listing.add_digest("domain", own.domain);
  listing.add("context", job.model.context, usual.model.context);
  return listing.text();
}

}  // namespace emend
