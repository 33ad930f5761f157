// SPDX-License-Identifier: Apache-2.0
// Tesseract: from a prepared picture to lines of words.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emend/document.h"
#include "emend/error.h"
#include "page_worker/prepare/steps.h"

namespace tesseract {
class TessBaseAPI;
}

namespace emend {

[[nodiscard]] std::string recogniser_version();  // "tesseract 5.3.0"

// Keeps its language models between pages and nothing else: a page comes out the same whatever was
// read before it.
class Recogniser {
 public:
  // Fails with missing_dependency when a language is not installed or its data are damaged.
  [[nodiscard]] static Result<std::unique_ptr<Recogniser>> open(
      const std::vector<std::string>& languages);
  ~Recogniser();

  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }

  // Whether the first language's dictionary holds it.
  [[nodiscard]] bool knows(std::string_view word) const;

  // The lines of the page in reading order. Without options.alternatives Reading::characters stay
  // empty and reading is a little faster. Fails with engine_failed.
  [[nodiscard]] Result<std::vector<Line>> recognise(const PreparedPage& page,
                                                    const ReadOptions& options);

  // The same once more, but given up with limit_exceeded when it takes longer than `patience`.
  [[nodiscard]] Result<std::vector<Line>> recognise_within(const PreparedPage& page,
                                                           const ReadOptions& options,
                                                           std::chrono::milliseconds patience);

 private:
  Recogniser(std::unique_ptr<tesseract::TessBaseAPI> api, std::vector<std::string> languages);

  std::unique_ptr<tesseract::TessBaseAPI> api_;
  std::vector<std::string> languages_;
};

}  // namespace emend
