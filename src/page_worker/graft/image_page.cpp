// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/image_page.h"

#include <cstdlib>
#include <memory>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <utility>

#include "page_worker/graft/affine.h"
#include "page_worker/input/exif.h"
#include "page_worker/input/file.h"

namespace emend {

namespace {

using Object = QPDFObjectHandle;

struct Free {
  void operator()(L_COMP_DATA* image) const { l_CIDataDestroy(&image); }
};
using EncodedImage = std::unique_ptr<L_COMP_DATA, Free>;

[[nodiscard]] tl::unexpected<Error> cannot_embed() {
  return fail(ErrorCode::engine_failed, "the image cannot be put into a PDF file",
              "Convert it to PNG or JPEG.");
}

std::string_view bytes_of(const EncodedImage& image) {
  return {reinterpret_cast<const char*>(image->datacomp), image->nbytescomp};
}

// PDF knows no transparency inside an image, and Leptonica mixes it with white on the way.
bool is_opaque_png(const std::vector<std::uint8_t>& start) {
  constexpr std::size_t kColourType = 25;
  constexpr std::size_t kInterlace = 28;
  constexpr std::uint8_t kHasAlpha = 4;
  if (start.size() <= kInterlace) return false;
  const std::string_view text(reinterpret_cast<const char*>(start.data()), start.size());
  const bool names_transparent = text.substr(0, text.find("IDAT")).find("tRNS") != text.npos;
  return (start[kColourType] & kHasAlpha) == 0 && start[kInterlace] == 0 && !names_transparent;
}

// The pixels, packed without loss. One bit as fax, which is smallest for scans.
EncodedImage packed(Pix* pixels) {
  PixPtr opaque(pixGetSpp(pixels) == 4 ? pixAlphaBlendUniform(pixels, 0xffffff00)
                                       : pixClone(pixels));
  const bool is_fax = pixGetDepth(pixels) == 1 && pixGetColormap(pixels) == nullptr;
  L_COMP_DATA* image = nullptr;
  pixGenerateCIData(opaque.get(), is_fax ? L_G4_ENCODE : L_FLATE_ENCODE, 0, 0, &image);
  return EncodedImage(image);
}

EncodedImage encoded(FileKind kind, const std::filesystem::path& path,
                     const std::vector<std::uint8_t>& start, Pix* pixels) {
  const bool is_kept = kind == FileKind::jpeg || kind == FileKind::jpeg2000 ||
                       (kind == FileKind::png && is_opaque_png(start));
  L_COMP_DATA* image = nullptr;
  if (is_kept) l_generateCIDataForPdf(path.c_str(), nullptr, 0, &image);
  EncodedImage kept(image);
  // Leptonica decodes a PNG of one bit and gives its own pixels, in which black is 1.
  const bool is_negative =
      kept && kept->type == L_FLATE_ENCODE && kept->bps == 1 && kept->predictor == 0;
  return kept && !is_negative ? std::move(kept) : packed(pixels);
}

Object colour_space(const L_COMP_DATA& image) {
  if (image.ncolors > 0 && image.cmapdatahex != nullptr) {
    Object space = Object::parse("[/Indexed /DeviceRGB " + std::to_string(image.ncolors - 1) + " " +
                                 image.cmapdatahex + "]");
    return space;
  }
  const char* name = image.spp == 1 ? "/DeviceGray" : image.spp == 3 ? "/DeviceRGB" : "/DeviceCMYK";
  return Object::newName(name);
}

Object parms_of(const L_COMP_DATA& image) {
  Object parms = Object::newDictionary();
  const auto set = [&parms](const char* key, int value) {
    parms.replaceKey(key, Object::newInteger(value));
  };
  set("/Columns", image.w);
  if (image.type == L_G4_ENCODE) {
    set("/K", -1);
    set("/Rows", image.h);
    parms.replaceKey("/BlackIs1", Object::newBool(image.minisblack != 0));
    return parms;
  }
  if (image.type != L_FLATE_ENCODE || image.predictor == 0) return Object::newNull();
  set("/Predictor", 15);
  set("/Colors", image.spp);
  set("/BitsPerComponent", image.bps);
  return parms;
}

const char* filter_of(const L_COMP_DATA& image) {
  switch (image.type) {
    case L_JPEG_ENCODE:
      return "/DCTDecode";
    case L_JP2K_ENCODE:
      return "/JPXDecode";
    case L_G4_ENCODE:
      return "/CCITTFaxDecode";
    default:
      return "/FlateDecode";
  }
}

Result<Object> image_object(QPDF& pdf, StoredStreams& streams, const EncodedImage& image,
                            bool is_adobe) {
  auto stream = streams.add_encoded(pdf, bytes_of(image), Object::newName(filter_of(*image)),
                                    parms_of(*image));
  if (!stream) return stream;
  Object dict = stream->getDict();
  dict.replaceKey("/Type", Object::newName("/XObject"));
  dict.replaceKey("/Subtype", Object::newName("/Image"));
  dict.replaceKey("/Width", Object::newInteger(image->w));
  dict.replaceKey("/Height", Object::newInteger(image->h));
  if (image->type == L_JP2K_ENCODE) return stream;  // tells its colours itself
  dict.replaceKey("/ColorSpace", colour_space(*image));
  dict.replaceKey("/BitsPerComponent", Object::newInteger(image->bps));
  // What Adobe's programs write as CMYK in JPEG is its negative.
  if (image->spp == 4 && is_adobe) dict.replaceKey("/Decode", Object::parse("[1 0 1 0 1 0 1 0]"));
  return stream;
}

// What phones and screens write (72, 96) is not the resolution of a page.
double believable(int dpi, double otherwise) {
  return dpi >= 100 && dpi <= 2400 ? dpi : otherwise;
}

// Where the unit square of the image goes on a page of `width` times `height`.
Affine placement(const ExifTurn& turn, double width, double height) {
  const auto place = [&](double x, double y_up) {
    Point shown{x, 1 - y_up};
    for (int i = 0; i < turn.quarters; ++i) shown = {1 - shown.y, shown.x};
    if (turn.is_mirrored) shown.x = 1 - shown.x;
    return Point{shown.x * width, (1 - shown.y) * height};
  };
  return affine_by(place(0, 0), place(1, 0), place(0, 1));
}

Result<void> add_page(QPDF& pdf, StoredStreams& streams, double width, double height,
                      const std::string& contents, const Object& resources) {
  auto stream = streams.add(pdf, contents);
  if (!stream) return tl::unexpected(std::move(stream.error()));
  Object page = pdf.makeIndirectObject(Object::newDictionary());
  page.replaceKey("/Type", Object::newName("/Page"));
  page.replaceKey("/MediaBox", Object::newArray(Object::Rectangle(0, 0, width, height)));
  page.replaceKey("/Resources", resources);
  page.replaceKey("/Contents", *stream);
  QPDFPageDocumentHelper(pdf).addPage(QPDFPageObjectHelper(page), false);
  return {};
}

}  // namespace

Result<void> add_image_page(QPDF& pdf, StoredStreams& streams, InputFile& file,
                            const std::filesystem::path& path, int number,
                            const ReadOptions& options) {
  constexpr double kUsualDpi = 300;
  constexpr double kPointsPerInch = 72;
  constexpr std::size_t kHeaderBytes = std::size_t{1} << 16U;
  auto decoded = file.decode(number, options);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  auto opened = File::open(path);
  if (!opened) return tl::unexpected(std::move(opened.error()));
  const bool is_jpeg = file.kind() == FileKind::jpeg;
  auto start = opened->read_start(is_jpeg ? opened->size() : kHeaderBytes);
  if (!start) return tl::unexpected(std::move(start.error()));
  const EncodedImage image = encoded(file.kind(), path, *start, decoded->pixels.get());
  if (!image) return cannot_embed();
  const std::string_view bytes(reinterpret_cast<const char*>(start->data()), start->size());
  const bool is_adobe = is_jpeg && bytes.substr(0, kHeaderBytes).find("Adobe") != bytes.npos;
  auto object = image_object(pdf, streams, image, is_adobe);
  if (!object) return tl::unexpected(std::move(object.error()));

  Pix* pixels = decoded->pixels.get();  // turned as the camera says
  const double x_dpi = believable(pixGetXRes(pixels), kUsualDpi);
  const double y_dpi = believable(pixGetYRes(pixels), x_dpi);
  const double width = pixGetWidth(pixels) * kPointsPerInch / x_dpi;
  const double height = pixGetHeight(pixels) * kPointsPerInch / y_dpi;
  const ExifTurn turn = exif_turn(is_jpeg ? find_exif_orientation(*start) : 1);
  const Affine m = placement(turn, width, height);
  std::string contents = "q ";
  for (const double value : {m.a, m.b, m.c, m.d, m.e, m.f}) {
    contents += Object::newReal(value, 6).unparse() + ' ';
  }
  Object resources = Object::parse("<< /XObject << >> >>");
  resources.getKey("/XObject").replaceKey("/Image", *object);
  return add_page(pdf, streams, width, height, contents + "cm /Image Do Q\n", resources);
}

Result<void> add_empty_page(QPDF& pdf, StoredStreams& streams) {
  constexpr double kA4Width = 595;
  constexpr double kA4Height = 842;
  return add_page(pdf, streams, kA4Width, kA4Height, "", Object::newDictionary());
}

}  // namespace emend
