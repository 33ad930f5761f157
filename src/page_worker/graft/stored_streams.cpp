// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/stored_streams.h"

#include <array>
#include <fstream>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <string>
#include <utility>

namespace emend {

namespace {

// Adds what comes to the file, and remembers what went wrong: a Pipeline cannot say so.
class IntoFile final : public Pipeline {
 public:
  explicit IntoFile(UnnamedFile& file) : Pipeline("temporary file", nullptr), file_(file) {}

  void write(unsigned char const* bytes, std::size_t count) override {
    if (!result_) return;
    result_ = file_.write({reinterpret_cast<const char*>(bytes), count});
    if (result_) written_ += count;
  }
  void finish() override {}

  [[nodiscard]] const Result<void>& result() const { return result_; }
  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  UnnamedFile& file_;
  Result<void> result_;
  std::uint64_t written_ = 0;
};

// A part of the file as a stream's data.
class FilePart final : public QPDFObjectHandle::StreamDataProvider {
 public:
  FilePart(std::shared_ptr<UnnamedFile> file, std::uint64_t from, std::uint64_t count)
      : file_(std::move(file)), from_(from), count_(count) {}

  void provideStreamData(QPDFObjGen const& /*object*/, Pipeline* pipeline) override {
    // A part that cannot be read makes the stream too short, which qpdf notices.
    (void)file_->pour(
        [pipeline](std::string_view bytes) -> Result<void> {
          pipeline->write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
          return {};
        },
        from_, count_);
    pipeline->finish();
  }

 private:
  std::shared_ptr<UnnamedFile> file_;
  std::uint64_t from_;
  std::uint64_t count_;
};

}  // namespace

Result<StoredStreams> StoredStreams::create() {
  auto file = UnnamedFile::create();
  if (!file) return tl::unexpected(std::move(file.error()));
  return StoredStreams(std::move(*file));
}

Result<QPDFObjectHandle> StoredStreams::add_filled(QPDF& pdf, const Filling& fill, bool compress,
                                                   const QPDFObjectHandle& filter,
                                                   const QPDFObjectHandle& parms) {
  IntoFile into(*file_);
  if (compress) {
    Pl_Flate flate("flate", &into, Pl_Flate::a_deflate);
    fill(flate);
    flate.finish();
  } else {
    fill(into);
  }
  if (!into.result()) return tl::unexpected(into.result().error());
  QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf);
  stream.replaceStreamData(std::make_shared<FilePart>(file_, size_, into.written()), filter, parms);
  size_ += into.written();
  return stream;
}

Result<QPDFObjectHandle> StoredStreams::add(QPDF& pdf, std::string_view bytes) {
  const auto fill = [bytes](Pipeline& pipeline) {
    pipeline.write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  };
  return add_filled(pdf, fill, true, QPDFObjectHandle::newName("/FlateDecode"),
                    QPDFObjectHandle::newNull());
}

Result<QPDFObjectHandle> StoredStreams::add_encoded(QPDF& pdf, std::string_view bytes,
                                                    const QPDFObjectHandle& filter,
                                                    const QPDFObjectHandle& parms) {
  const auto fill = [bytes](Pipeline& pipeline) {
    pipeline.write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  };
  return add_filled(pdf, fill, false, filter, parms);
}

Result<QPDFObjectHandle> StoredStreams::add_file(QPDF& pdf, const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorCode::io_failed, path.string() + ": cannot be read");
  const auto fill = [&in](Pipeline& pipeline) {
    std::array<char, std::size_t{1} << 16U> chunk{};
    while (in.read(chunk.data(), chunk.size()), in.gcount() > 0) {
      pipeline.write(reinterpret_cast<const unsigned char*>(chunk.data()),
                     static_cast<std::size_t>(in.gcount()));
    }
  };
  return add_filled(pdf, fill, true, QPDFObjectHandle::newName("/FlateDecode"),
                    QPDFObjectHandle::newNull());
}

}  // namespace emend
