// SPDX-License-Identifier: Apache-2.0
// The JSON form of what was read: docs/json.md and docs/document.schema.json describe it. It is the
// same from command, C++ and every other face.
//
//   #include <emend/run.h>
//   const auto document = emend::read_document("invoice.png");
//   if (!document) return;
//   const std::string json = emend::to_json(*document);
//   const auto again = emend::document_from_json(json);  // equal to *document
#pragma once

#include <string>
#include <string_view>

#include "emend/correct.h"
#include "emend/document.h"
#include "emend/error.h"

namespace emend {

inline constexpr int kJsonVersion =
    1;  // raised when a reader of the old form would misread the new

[[nodiscard]] std::string to_json(const Document& document);
[[nodiscard]] std::string to_json(const Page& page);
[[nodiscard]] std::string to_json(const CorrectedText& corrected);

// Fail with unreadable_input, saying where the text is not of the form.
[[nodiscard]] Result<Document> document_from_json(std::string_view json);
[[nodiscard]] Result<Page> page_from_json(std::string_view json);

}  // namespace emend
