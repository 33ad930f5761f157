// SPDX-License-Identifier: Apache-2.0
// ALTO 4 (https://www.loc.gov/standards/alto/), in pixels. Of a word that was corrected, what was
// recognised stands in an ALTERNATIVE.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

#include "core/parts.h"
#include "output/set_aside.h"
#include "output/writers.h"
#include "output/xml.h"

namespace emend {

namespace {

void set_box(pugi::xml_node node, const Box& box) {
  set(node, "HPOS", box.x);
  set(node, "VPOS", box.y);
  set(node, "WIDTH", box.width);
  set(node, "HEIGHT", box.height);
}

// 0..1 with two decimals.
std::string share(double value) {
  const long hundredths = std::lround(std::clamp(value, 0.0, 1.0) * 100);
  if (hundredths == 100) return "1.00";
  return (hundredths < 10 ? "0.0" : "0.") + std::to_string(hundredths);
}

class AltoWriter final : public SetAsideWriter {
 public:
  using SetAsideWriter::SetAsideWriter;

 private:
  std::string head_of(const Document& tail) override {
    pugi::xml_document document;
    pugi::xml_node description = document.append_child("Description");
    add(description, "MeasurementUnit", "pixel");
    pugi::xml_node source_image = description.append_child("sourceImageInformation");
    add(source_image, "fileName", source());
    pugi::xml_node processing = description.append_child("Processing");
    set(processing, "ID", "processing_1");
    for (const Notice& notice : tail.notices) {
      const std::string page = notice.page > 0 ? "page " + std::to_string(notice.page) + ": " : "";
      add(processing, "processingStepDescription", page + notice.message);
    }
    add(processing, "processingStepSettings", written(tail.provenance));
    pugi::xml_node software = processing.append_child("processingSoftware");
    add(software, "softwareName", "emend");
    add(software, "softwareVersion", tail.provenance.emend);
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
           "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
           "http://www.loc.gov/standards/alto/v4/alto-4-2.xsd\">\n" +
           bytes_of(document, true) + "\n<Layout>\n";
  }

  std::string body_of(const Page& page) override {
    page_id_ = std::to_string(page.number);
    blocks_ = words_ = 0;
    line_index_ = 0;
    pugi::xml_document document;
    pugi::xml_node node = document.append_child("Page");
    set(node, "ID", "page_" + page_id_);
    set(node, "PHYSICAL_IMG_NR", page.number);
    set(node, "WIDTH", page.width);
    set(node, "HEIGHT", page.height);
    pugi::xml_node space = node.append_child("PrintSpace");
    set_box(space, {0, 0, page.width, page.height});
    for (const auto& block : blocks_of(page)) {
      pugi::xml_node text_block = space.append_child("TextBlock");
      set(text_block, "ID", "block_" + page_id_ + '_' + std::to_string(++blocks_));
      set_box(text_block, union_of(block));
      for (const Line& line : block) add_line(text_block, page, line);
    }
    return bytes_of(document, true) + '\n';
  }

  // A layout has at least one page, and ALTO a word for one that is not there.
  std::string foot_of(const Document& tail) override {
    constexpr const char* kEnd = "</Layout>\n</alto>\n";
    if (page_count() > 0) return kEnd;
    const auto missing = std::find_if(tail.notices.begin(), tail.notices.end(),
                                      [](const Notice& notice) { return notice.page > 0; });
    const int number = missing == tail.notices.end() ? 1 : missing->page;
    pugi::xml_document document;
    pugi::xml_node node = document.append_child("Page");
    set(node, "ID", "page_" + std::to_string(number));
    set(node, "PHYSICAL_IMG_NR", number);
    set(node, "QUALITY", "Missing");
    return bytes_of(document, true) + '\n' + kEnd;
  }

  void add_line(pugi::xml_node block, const Page& page, const Line& line) {
    pugi::xml_node node = block.append_child("TextLine");
    set(node, "ID", "line_" + page_id_ + '_' + std::to_string(line_index_ + 1));
    set_box(node, line.box);
    std::optional<Box> last;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      const Edit* edit = applied_edit(page, line_index_, i);
      for (const Piece& piece : pieces_of(line.words[i])) {
        if (last) add_space(node, *last, piece.box);
        last = piece.box;
        add_string(node, piece, line.words[i].confidence(), edit);
        edit = nullptr;  // of a word that was split, the first part tells
      }
    }
    ++line_index_;
  }

  static void add_space(pugi::xml_node line, const Box& before, const Box& after) {
    pugi::xml_node space = line.append_child("SP");
    set(space, "HPOS", before.x + before.width);
    set(space, "VPOS", before.y);
    set(space, "WIDTH", std::max(after.x - before.x - before.width, 0));
  }

  void add_string(pugi::xml_node line, const Piece& piece, double confidence, const Edit* edit) {
    pugi::xml_node node = line.append_child("String");
    set(node, "ID", "string_" + page_id_ + '_' + std::to_string(++words_));
    set_box(node, piece.box);
    set(node, "CONTENT", piece.text);
    set(node, "WC", share(confidence));
    if (edit == nullptr) return;
    pugi::xml_node alternative = add(node, "ALTERNATIVE", edit->before);
    set(alternative, "PURPOSE", "as recognised");
  }

  std::string page_id_;
  int blocks_ = 0;
  std::size_t line_index_ = 0;
  int words_ = 0;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_alto_writer(Sink sink) {
  return std::make_unique<AltoWriter>(std::move(sink));
}

}  // namespace emend
