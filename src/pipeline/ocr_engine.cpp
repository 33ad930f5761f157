// SPDX-License-Identifier: Apache-2.0
#include "emend/ocr_engine.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "emend/run.h"

namespace emend {

Result<void> OcrEngine::load_image(const std::string& path) {
  path_.clear();
  std::error_code problem;
  if (!std::filesystem::exists(path, problem)) {
    return fail(ErrorCode::not_found, path + ": no such file");
  }
  path_ = path;
  return {};
}

Result<void> OcrEngine::load_document(const std::string& path) {
  return load_image(path);
}

Result<RecognizedText> OcrEngine::recognize(const std::stop_token& stop) {
  if (path_.empty()) {
    return fail(ErrorCode::invalid_argument, "nothing is loaded",
                "Call load_image() or load_document() first.");
  }
  Job job;
  job.read = options_;
  job.model.model = "none";  // proofreading is AI::run_postprocessor's
  auto document = read_document(path_, job, stop);
  if (!document) return tl::unexpected(std::move(document.error()));
  const auto& notices = document->notices;
  const auto failed = std::find_if(notices.begin(), notices.end(), [](const Notice& notice) {
    return notice.code == NoticeCode::page_failed;
  });
  if (document->pages.empty() && failed != notices.end()) {
    return fail(ErrorCode::engine_failed,
                path_ + ": page " + std::to_string(failed->page) + ": " + failed->message);
  }
  std::string all = text(*document);
  return RecognizedText{std::move(all), std::move(*document)};
}

}  // namespace emend
