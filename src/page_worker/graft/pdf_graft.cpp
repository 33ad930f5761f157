// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/pdf_graft.h"

#include <algorithm>
#include <exception>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>
#include <utility>
#include <vector>

#include "page_worker/graft/hidden_text.h"
#include "page_worker/graft/image_page.h"
#include "page_worker/graft/invisible_font.h"
#include "page_worker/graft/own_text.h"
#include "page_worker/graft/stored_streams.h"
#include "page_worker/graft/text_layer.h"
#include "page_worker/input/input_file.h"
#include "process/unnamed_file.h"

namespace emend {

namespace {

using Object = QPDFObjectHandle;

// What qpdf throws is about the document.
template <typename Step>
auto guarded(Step step) -> decltype(step()) {
  try {
    return step();
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::limit_exceeded, "not enough memory to make the PDF file",
                "Raise worker_memory_mib.");
  } catch (const std::exception& problem) {
    return fail(ErrorCode::unreadable_input, problem.what(),
                "`qpdf --check` tells more about damage in the file.");
  }
}

PageSpace space_of(QPDFPageObjectHelper& page) {
  const auto media = page.getMediaBox().getArrayAsRectangle();
  auto box = page.getCropBox().getArrayAsRectangle();
  // What lies outside of the page is not shown, whatever the crop box says.
  PageSpace space{std::max(box.llx, media.llx), std::max(box.lly, media.lly),
                  std::min(box.urx, media.urx), std::min(box.ury, media.ury)};
  if (space.left >= space.right || space.bottom >= space.top) {
    space = {media.llx, media.lly, media.urx, media.ury};
  }
  Object rotate = page.getAttribute("/Rotate", false);
  const int degrees = rotate.isInteger() ? rotate.getIntValueAsInt() : 0;
  space.rotate = (degrees % 360 + 360) % 360;
  return space;
}

}  // namespace

class PdfGraft::Work {
 public:
  Work(std::filesystem::path path, const ReadOptions& options, StoredStreams streams)
      : path_(std::move(path)), options_(options), streams_(std::move(streams)) {}

  Result<void> open() {
    auto file = open_input(path_, options_);
    if (!file) return tl::unexpected(std::move(file.error()));
    pdf_.setSuppressWarnings(true);
    if ((*file)->kind() != FileKind::pdf) {
      image_ = std::move(*file);
      pdf_.emptyPDF();
    } else {
      if (const auto copy = (*file)->copy()) {
        path_ = *copy;
        cut_file_ = std::move(*file);  // it holds the copy
      }
      pdf_.processFile(path_.c_str(), options_.password.c_str());
      auto own = OwnText::open(path_, options_.password);
      if (!own) return tl::unexpected(std::move(own.error()));
      own_text_ = std::move(*own);
    }
    font_object_ = pdf_.makeIndirectObject(Object::newDictionary());
    return {};
  }

  Result<void> add(const Page& page) {
    if (image_) {
      if (auto made = make_image_pages(page.number); !made) return made;
    }
    const auto pages = QPDFPageDocumentHelper(pdf_).getAllPages();
    if (page.number < 1 || static_cast<std::size_t>(page.number) > pages.size()) {
      return fail(ErrorCode::not_found,
                  "there is no page " + std::to_string(page.number) + " to write text into");
    }
    // Kept text is in the page already.
    if (page.text_source == TextSource::pdf) return {};
    return add_layer(page, pages[static_cast<std::size_t>(page.number) - 1]);
  }

  Result<void> write(const std::filesystem::path& attachment, const std::filesystem::path& output) {
    if (image_) {
      if (auto made = make_image_pages(image_->page_count()); !made) return made;
    }
    if (auto made = fill_font(); !made) return made;
    if (auto made = attach(attachment); !made) return made;
    QPDFWriter writer(pdf_, output.c_str());
    // Everything that the document had stays as it was, byte for byte.
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setObjectStreamMode(image_ ? qpdf_o_generate : qpdf_o_preserve);
    if (!pdf_.isEncrypted()) writer.setDeterministicID(true);
    writer.write();
    return {};
  }

 private:
  Result<void> make_image_pages(int last) {
    for (; image_pages_ < std::min(last, image_->page_count()); ++image_pages_) {
      auto added = add_image(image_pages_ + 1);
      if (!added && added.error().code != ErrorCode::io_failed) {
        added = add_empty_page(pdf_, streams_);
      }
      if (!added) return added;
    }
    return {};
  }

  Result<void> add_image(int page) {
    const auto place = image_->place_of(page, options_);
    if (!place) return tl::unexpected(place.error());
    const auto& path = place->path.empty() ? path_ : place->path;
    return add_image_page(pdf_, streams_, *place->file, path, place->page, options_);
  }

  Result<void> add_layer(const Page& page, QPDFPageObjectHelper target) {
    const PageSpace space = space_of(target);
    const auto own_areas = areas_to_leave(page.number, target, space);
    if (!own_areas) return tl::unexpected(own_areas.error());
    const auto& areas = *own_areas;
    const auto is_taken = [&areas](Point point) {
      return std::any_of(areas.begin(), areas.end(),
                         [point](const OwnText::Area& area) { return area.holds(point); });
    };
    Object resources = target.getAttribute("/Resources", true);
    if (!resources.isDictionary()) {
      resources = Object::newDictionary();
      target.getObjectHandle().replaceKey("/Resources", resources);
    }
    int suffix = 0;
    const std::string name = resources.getUniqueResourceName("/EmendText", suffix);
    const std::string layer = text_layer(page, space, font_, name.substr(1), is_taken);
    if (layer.empty()) return {};
    auto contents = streams_.add(pdf_, layer);
    if (!contents) return tl::unexpected(std::move(contents.error()));
    Object fonts = resources.getKey("/Font");
    fonts = fonts.isDictionary() ? fonts.shallowCopy() : Object::newDictionary();
    fonts.replaceKey(name, font_object_);
    resources.replaceKey("/Font", fonts);
    // In front, where the page's own operators have not changed the space yet.
    target.addPageContents(*contents, true);
    return {};
  }

  // Where the page shows text of its own. An earlier reader's layer is taken out, since the new one
  // stands in its place.
  Result<std::vector<OwnText::Area>> areas_to_leave(int number, QPDFPageObjectHelper target,
                                                    const PageSpace& space) {
    if (!own_text_) return std::vector<OwnText::Area>();
    const auto has_removed = remove_hidden_text(pdf_, target, streams_);
    if (!has_removed) return tl::unexpected(has_removed.error());
    if (!*has_removed) return own_text_->areas(number, space);
    // What is left is asked of a file with this page alone.
    auto file = UnnamedFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    QPDF single;
    single.emptyPDF();
    QPDFPageDocumentHelper(single).addPage(target, false);
    QPDFWriter writer(single, file->path().c_str());
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.write();
    const auto left = OwnText::open(file->path(), {});
    if (!left) return tl::unexpected(left.error());
    return (*left)->areas(1, space);
  }

  Result<void> fill_font() {
    const std::string font_file = InvisibleFont::program();
    auto program = streams_.add(pdf_, font_file);
    auto to_unicode = streams_.add(pdf_, font_.to_unicode());
    auto glyphs = streams_.add(pdf_, font_.glyphs_of_codes());
    for (const auto* stream : {&program, &to_unicode, &glyphs}) {
      if (!*stream) return tl::unexpected(stream->error());
    }
    program->getDict().replaceKey("/Length1",
                                  Object::newInteger(static_cast<long long>(font_file.size())));
    Object descriptor = pdf_.makeIndirectObject(Object::parse(
        "<< /Type /FontDescriptor /FontName /EmendInvisible /Flags 5 /FontBBox [0 -200 500 800] "
        "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >>"));
    descriptor.replaceKey("/FontFile2", *program);
    Object descendant = pdf_.makeIndirectObject(Object::parse(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /EmendInvisible /DW 500 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"));
    descendant.replaceKey("/FontDescriptor", descriptor);
    descendant.replaceKey("/CIDToGIDMap", *glyphs);
    Object font = Object::parse(
        "<< /Type /Font /Subtype /Type0 /BaseFont /EmendInvisible /Encoding /Identity-H >>");
    font.replaceKey("/DescendantFonts", Object::newArray({descendant}));
    font.replaceKey("/ToUnicode", *to_unicode);
    pdf_.replaceObject(font_object_.getObjGen(), font);
    return {};
  }

  Result<void> attach(const std::filesystem::path& attachment) {
    constexpr const char* kName = "emend.json";
    auto stream = streams_.add_file(pdf_, attachment);
    if (!stream) return tl::unexpected(std::move(stream.error()));
    stream->getDict().replaceKey("/Type", Object::newName("/EmbeddedFile"));
    QPDFEFStreamObjectHelper file(*stream);
    file.setSubtype("application/json");
    auto specification = QPDFFileSpecObjectHelper::createFileSpec(pdf_, kName, file);
    specification.setDescription("What emend recognised and changed, and where it came from");
    QPDFEmbeddedFileDocumentHelper(pdf_).replaceEmbeddedFile(kName, specification);
    return {};
  }

  std::filesystem::path path_;
  ReadOptions options_;
  StoredStreams streams_;
  std::unique_ptr<InputFile> cut_file_;  // of which path_ is a copy; null for a whole one
  QPDF pdf_;
  std::unique_ptr<InputFile> image_;   // null for a PDF file
  std::unique_ptr<OwnText> own_text_;  // null for an image
  int image_pages_ = 0;                // that are in pdf_
  InvisibleFont font_;
  Object font_object_;  // filled when all characters are known
};

PdfGraft::PdfGraft(std::unique_ptr<Work> work) : work_(std::move(work)) {}
PdfGraft::~PdfGraft() = default;

Result<std::unique_ptr<PdfGraft>> PdfGraft::open(const std::filesystem::path& path,
                                                 const ReadOptions& options) {
  auto streams = StoredStreams::create();
  if (!streams) return tl::unexpected(std::move(streams.error()));
  auto work = std::make_unique<Work>(path, options, std::move(*streams));
  auto opened = guarded([&] { return work->open(); });
  if (!opened) return tl::unexpected(std::move(opened.error()));
  return std::unique_ptr<PdfGraft>(new PdfGraft(std::move(work)));
}

Result<void> PdfGraft::add(const Page& page) {
  return guarded([&] { return work_->add(page); });
}

Result<void> PdfGraft::write(const std::filesystem::path& attachment,
                             const std::filesystem::path& output) {
  return guarded([&] { return work_->write(attachment, output); });
}

}  // namespace emend
