// SPDX-License-Identifier: Apache-2.0
// Streams of a PDF file that is being made, kept in a temporary file until it is written, so that
// memory does not grow with the number of pages.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <string_view>

#include "emend/error.h"
#include "process/unnamed_file.h"

namespace emend {

// The streams of one PDF file. Functions of this class throw what qpdf throws.
class StoredStreams {
 public:
  [[nodiscard]] static Result<StoredStreams> create();

  // A new stream object of `pdf` with these bytes, which are compressed.
  [[nodiscard]] Result<QPDFObjectHandle> add(QPDF& pdf, std::string_view bytes);
  // The same with the content of a file. Fails with io_failed.
  [[nodiscard]] Result<QPDFObjectHandle> add_file(QPDF& pdf, const std::filesystem::path& path);
  // With bytes that are encoded already, as `filter` and `parms` (which may be null) say.
  [[nodiscard]] Result<QPDFObjectHandle> add_encoded(QPDF& pdf, std::string_view bytes,
                                                     const QPDFObjectHandle& filter,
                                                     const QPDFObjectHandle& parms);

 private:
  using Filling = std::function<void(Pipeline&)>;
  explicit StoredStreams(UnnamedFile file)
      : file_(std::make_shared<UnnamedFile>(std::move(file))) {}

  [[nodiscard]] Result<QPDFObjectHandle> add_filled(QPDF& pdf, const Filling& fill, bool compress,
                                                    const QPDFObjectHandle& filter,
                                                    const QPDFObjectHandle& parms);

  std::shared_ptr<UnnamedFile> file_;
  std::uint64_t size_ = 0;
};

}  // namespace emend
