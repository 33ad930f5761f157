// SPDX-License-Identifier: Apache-2.0
// The short form of reading: load one file, recognise it, get its text.
//
//   emend::OcrEngine engine;
//   if (!engine.load_image("invoice.png")) return;
//   const auto recognized = engine.recognize();
//   if (recognized) std::cout << recognized->text;
//
// For several files, page by page as they finish, with progress, see run.h.
#pragma once

#include <stop_token>
#include <string>
#include <utility>

#include "emend/document.h"
#include "emend/error.h"
#include "emend/options.h"

namespace emend {

// Text together with the pages that it came from. They hold the recogniser's evidence, from which
// AI::run_postprocessor (ai.h) repairs more than from the text alone.
struct RecognizedText {
  std::string text;   // as recognised, pages parted by form feeds
  Document document;  // notices tell of pages that could not be read
};

// Use from one thread at a time.
class OcrEngine {
 public:
  explicit OcrEngine(ReadOptions options = {}) : options_(std::move(options)) {}

  // An image, or a document of any number of pages: PDF, TIFF. The two differ in name only. What
  // was loaded before is forgotten. Fail with not_found when there is no such file; whether it can
  // be read turns out in recognize().
  [[nodiscard]] Result<void> load_image(const std::string& path);
  [[nodiscard]] Result<void> load_document(const std::string& path);

  // Reads all pages. Fails with invalid_argument when nothing is loaded, as read_document() does,
  // and with engine_failed when not one page could be read. A page that fails while others arrive
  // is a notice of the document.
  [[nodiscard]] Result<RecognizedText> recognize(const std::stop_token& stop = {});

 private:
  ReadOptions options_;
  std::string path_;
};

}  // namespace emend
