// SPDX-License-Identifier: Apache-2.0
// What a PDF page draws, found in its operators without rendering it: which images at which
// resolution, and whether its text is there to be seen.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace emend {

struct DrawnImage {
  double width = 0;  // pixels
  double height = 0;
  double width_pt = 0;  // as drawn on the page
  double height_pt = 0;
};

struct PdfContent {
  std::vector<DrawnImage> images;
  int shown_texts = 0;   // operators that show text
  int hidden_texts = 0;  // those in text render mode 3, which draws nothing: a layer under a scan
};

// Opens its file when first asked. What cannot be understood draws nothing: the answers help to
// decide, and a page never fails for their sake.
class PdfContents {
 public:
  PdfContents(std::filesystem::path path, std::string password);
  ~PdfContents();
  PdfContents(const PdfContents&) = delete;
  PdfContents& operator=(const PdfContents&) = delete;

  // Of page `number`, from 1. Very long contents are looked at in part.
  [[nodiscard]] PdfContent of(int number);
  // Whether qpdf had to put the file together again: poppler does the same in silence.
  [[nodiscard]] bool is_repaired();

 private:
  class Source;
  [[nodiscard]] Source* source();

  std::filesystem::path path_;
  std::string password_;
  bool has_tried_ = false;          // to open it
  std::unique_ptr<Source> source_;  // null before the first question, and when it cannot be opened
};

}  // namespace emend
