// SPDX-License-Identifier: Apache-2.0
#include "page_worker/prepare/orientation.h"

#include <tesseract/baseapi.h>

namespace emend {

Orientation::Orientation() = default;
Orientation::~Orientation() = default;

std::optional<int> Orientation::needed_turn(Pix* page) {
  const auto seen = look_at(page);
  return seen ? seen->turn : std::nullopt;
}

std::optional<Orientation::Seen> Orientation::look_at(Pix* page) {
  // Wrong answers had 0.0 to 0.9 on turned receipts, right ones on letters 12 and more.
  constexpr float kSure = 1.5F;
  constexpr float kSureScript = 0.5F;
  constexpr int kSafeDpi = 300;
  if (is_missing_) return std::nullopt;
  if (!api_) {
    auto api = std::make_unique<tesseract::TessBaseAPI>();
    if (api->Init(nullptr, "osd", tesseract::OEM_TESSERACT_ONLY) != 0) {
      is_missing_ = true;
      return std::nullopt;
    }
    api->SetPageSegMode(tesseract::PSM_OSD_ONLY);
    api_ = std::move(api);
  }
  api_->SetImage(page);
  api_->SetSourceResolution(kSafeDpi);
  int degrees = 0;
  float confidence = 0;
  float script_confidence = 0;
  const char* script = nullptr;
  const bool is_found =
      api_->DetectOrientationScript(&degrees, &confidence, &script, &script_confidence);
  Seen seen;
  if (is_found && script != nullptr && script_confidence >= kSureScript) seen.script = script;
  api_->Clear();
  if (!is_found) return std::nullopt;
  // Tesseract says how far the page lies turned clockwise; the way back is the rest of the circle.
  if (confidence >= kSure) seen.turn = (360 - degrees) % 360;
  return seen;
}

}  // namespace emend
