// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/pdf_file.h"

#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "page_worker/input/cut_pdf.h"
#include "page_worker/input/image_header.h"
#include "page_worker/input/pdf_text.h"

namespace emend {

namespace {

constexpr double kPointsPerInch = 72.0;
// Below this small print cannot be read, so refusing the page is the better answer.
constexpr int kMinDpi = 72;
constexpr const char* kRepaired = "the PDF file is damaged; what could be found was read";
constexpr const char* kRepairHint =
    "Fetch the file again, or try to repair it with `qpdf damaged.pdf repaired.pdf`.";

// What poppler says while it works. It would print that on standard error; most of it concerns
// features that do not change the picture. Only the part that tells of lost content is kept.
class Complaints {
 public:
  Complaints() { poppler::set_debug_error_function(&Complaints::hear, this); }
  Complaints(const Complaints&) = delete;
  Complaints& operator=(const Complaints&) = delete;
  ~Complaints() { poppler::set_debug_error_function(&Complaints::ignore, nullptr); }

  [[nodiscard]] bool tell_of_damage() const { return tell_of_damage_; }

 private:
  static void hear(const std::string& message, void* self) {
    using namespace std::string_view_literals;
    // Not every fault of form, of which there are many that lose nothing.
    static constexpr std::array kDamage = {"xref table"sv,         "trailer dictionary"sv,
                                           "try to reconstruct"sv, "Premature end"sv,
                                           "Unexpected end of"sv,  "Bad image"sv};
    for (const auto sign : kDamage) {
      if (message.find(sign) != std::string::npos) {
        static_cast<Complaints*>(self)->tell_of_damage_ = true;
      }
    }
  }
  static void ignore(const std::string& /*message*/, void* /*self*/) {}

  bool tell_of_damage_ = false;
};

// The resolution to render at, and the size that results.
struct Scale {
  double dpi = 0;
  ImageSize size;
};

Scale scale_at(const poppler::rectf& box, double dpi) {
  const auto pixels = [dpi](double points) {
    return static_cast<std::int64_t>(std::ceil(std::abs(points) * dpi / kPointsPerInch));
  };
  return {dpi, {pixels(box.width()), pixels(box.height())}};
}

// That of the image which makes up the page, as a scanner's does; else the usual one. A coarse scan
// is read better enlarged, a very fine one no better than at 400 (docs/decisions/0009).
double natural_dpi(const PdfContent& content, const poppler::rectf& box) {
  constexpr double kUsual = 300;
  constexpr double kCoarse = 200;
  constexpr double kHighest = 400;
  constexpr double kMostOfThePage = 0.5;
  const double page_area = std::abs(box.width() * box.height());
  double dpi = kUsual;
  double largest = page_area * kMostOfThePage;
  for (const DrawnImage& image : content.images) {
    const double area = image.width_pt * image.height_pt;
    if (area < largest) continue;
    largest = area;
    dpi = std::max(image.width / image.width_pt, image.height / image.height_pt) * kPointsPerInch;
  }
  dpi = std::round(std::min(dpi, kHighest));
  return dpi < kCoarse ? kUsual : dpi;
}

// The highest resolution up to the wanted one at which the page is within the limits.
Scale fitting_scale(const poppler::rectf& box, double wanted_dpi, const ReadOptions& options) {
  const Scale wanted = scale_at(box, wanted_dpi);
  const auto width = static_cast<double>(wanted.size.width);
  const auto height = static_cast<double>(wanted.size.height);
  const double longest = std::max({width, height, 1.0});
  const double area = std::max(width * height, 1.0);
  const double factor = std::min(static_cast<double>(kMaxSidePixels) / longest,
                                 std::sqrt(static_cast<double>(options.max_pixels) / area));
  if (factor >= 1.0) return wanted;
  return scale_at(box, std::floor(wanted_dpi * factor));
}

// Poppler's rows are packed bytes; Leptonica's are 32-bit words with the first pixel in the highest
// byte.
PixPtr to_pix(const poppler::image& image) {
  PixPtr pix(pixCreateNoInit(image.width(), image.height(), 8));
  if (!pix) return nullptr;
  for (int row = 0; row < image.height(); ++row) {
    const char* source =
        image.const_data() + static_cast<std::ptrdiff_t>(row) * image.bytes_per_row();
    l_uint32* target =
        pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(row) * pixGetWpl(pix.get());
    std::memset(target, 0xff, static_cast<std::size_t>(pixGetWpl(pix.get())) * 4);
    std::memcpy(target, source, static_cast<std::size_t>(image.width()));
  }
  pixEndianByteSwap(pix.get());
  return pix;
}

// In grey; null when that fails.
PixPtr rendered(const poppler::page& page, double dpi) {
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hints(poppler::page_renderer::antialiasing |
                            poppler::page_renderer::text_antialiasing);
  const poppler::image image = renderer.render_page(&page, dpi, dpi);
  return image.is_valid() ? to_pix(image) : nullptr;
}

}  // namespace

PdfFile::PdfFile(std::unique_ptr<poppler::document> document, std::optional<UnnamedFile> copy,
                 std::unique_ptr<PdfContents> contents, bool is_repaired)
    : copy_(std::move(copy)),
      document_(std::move(document)),
      contents_(std::move(contents)),
      is_repaired_(is_repaired) {}
PdfFile::~PdfFile() = default;

Result<std::unique_ptr<PdfFile>> PdfFile::open(const std::filesystem::path& path,
                                               const std::string& password) {
  const Complaints complaints;
  const auto load = [&password](const std::filesystem::path& from) {
    return std::unique_ptr<poppler::document>(
        poppler::document::load_from_file(from.string(), password, password));
  };
  auto document = load(path);
  std::optional<UnnamedFile> copy;
  if (!document) {
    auto rebuilt = with_new_trailer(path);
    if (!rebuilt) return tl::unexpected(std::move(rebuilt.error()));
    copy = std::move(*rebuilt);
    if (copy) document = load(copy->path());
  }
  if (!document) {
    return fail(ErrorCode::unreadable_input,
                "this PDF file is damaged or incomplete, and no page can be found in it",
                kRepairHint);
  }
  if (document->is_locked()) {
    return password.empty()
               ? fail(ErrorCode::unreadable_input, "this PDF file is encrypted",
                      "Give its password with --password.")
               : fail(ErrorCode::unreadable_input, "the password does not open this PDF file",
                      "Check the password; capital letters count.");
  }
  if (document->pages() < 1) {
    return fail(ErrorCode::unreadable_input, "this PDF file has no pages", kRepairHint);
  }
  auto contents = std::make_unique<PdfContents>(copy ? copy->path() : path, password);
  const bool is_repaired = copy.has_value() || complaints.tell_of_damage();
  return std::unique_ptr<PdfFile>(
      new PdfFile(std::move(document), std::move(copy), std::move(contents), is_repaired));
}

std::optional<std::filesystem::path> PdfFile::copy() const {
  if (!copy_) return std::nullopt;
  return copy_->path();
}

int PdfFile::page_count() const {
  return document_->pages();
}

const PdfContent& PdfFile::content_of(int page) {
  if (page != content_page_) content_ = contents_->of(page);
  content_page_ = page;
  return content_;
}

double PdfFile::dpi_of(int page, const poppler::page& source, const ReadOptions& options) {
  if (options.pdf_dpi != kAutoDpi) return options.pdf_dpi;
  return natural_dpi(content_of(page), source.page_rect(poppler::crop_box));
}

Result<DecodedPage> PdfFile::decode(int page, const ReadOptions& options) {
  const Complaints complaints;
  const std::unique_ptr<poppler::page> source(document_->create_page(page - 1));
  if (!source) {
    return fail(ErrorCode::unreadable_input, "this page of the PDF file is damaged", kRepairHint);
  }
  const double wanted_dpi = dpi_of(page, *source, options);
  const Scale scale = fitting_scale(source->page_rect(poppler::crop_box), wanted_dpi, options);
  if (scale.dpi < kMinDpi) {
    return fail(ErrorCode::limit_exceeded, "the page is too large to be rendered legibly",
                "Raise max_pixels if you trust the file.");
  }
  if (auto checked = check_size(scale.size, options.max_pixels); !checked) {
    return tl::unexpected(std::move(checked.error()));
  }
  DecodedPage decoded{.pixels = rendered(*source, scale.dpi), .dpi = static_cast<int>(scale.dpi)};
  if (!decoded.pixels) {
    return fail(ErrorCode::unreadable_input, "this page of the PDF file cannot be rendered",
                kRepairHint);
  }
  if (is_repaired_ || complaints.tell_of_damage() || contents_->is_repaired()) {
    decoded.repaired = kRepaired;
  }
  if (scale.dpi < wanted_dpi) {
    decoded.reduced = "the page is so large that it was rendered at " +
                      std::to_string(decoded.dpi) + " dpi instead of " +
                      std::to_string(static_cast<int>(wanted_dpi));
  }
  return decoded;
}

std::optional<PageText> PdfFile::own_text(int page, const ReadOptions& options) {
  constexpr double kGlanceDpi = 100;
  const Complaints complaints;
  const std::unique_ptr<poppler::page> source(document_->create_page(page - 1));
  if (!source) return std::nullopt;
  const double wanted_dpi = dpi_of(page, *source, options);
  const Scale scale = fitting_scale(source->page_rect(poppler::crop_box), wanted_dpi, options);
  if (scale.dpi < kMinDpi) return std::nullopt;
  const PdfContent& content = content_of(page);
  const bool is_hidden = content.hidden_texts > content.shown_texts;
  PageText text = text_of(*source, scale.dpi, is_hidden, options.area);
  if (text.lines.empty()) return std::nullopt;
  // What is printed around the area says nothing about the words in it.
  if (options.pdf_text == PdfText::automatic && options.area == Area()) {
    text.glance = rendered(*source, std::min(kGlanceDpi, scale.dpi));
    if (text.glance && text.rotation != 0) {
      text.glance.reset(pixRotateOrth(text.glance.get(), text.rotation / 90));
    }
  }
  if (is_repaired_ || complaints.tell_of_damage() || contents_->is_repaired())
    text.repaired = kRepaired;
  return text;
}

}  // namespace emend
