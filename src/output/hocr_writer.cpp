// SPDX-License-Identifier: Apache-2.0
// hOCR 1.2 as XHTML, with the classes that Tesseract uses.
#include <cmath>
#include <utility>

#include "core/parts.h"
#include "output/set_aside.h"
#include "output/writers.h"
#include "output/xml.h"

namespace emend {

namespace {

std::string bbox(const Box& box) {
  return "bbox " + std::to_string(box.x) + ' ' + std::to_string(box.y) + ' ' +
         std::to_string(box.x + box.width) + ' ' + std::to_string(box.y + box.height);
}

// A name between quotation marks, in a property.
std::string quoted(std::string name) {
  for (char& c : name) {
    if (c == '"') c = '\'';
  }
  return '"' + name + '"';
}

class HocrWriter final : public SetAsideWriter {
 public:
  using SetAsideWriter::SetAsideWriter;

 private:
  std::string head_of(const Document& tail) override {
    pugi::xml_document html;
    pugi::xml_node head = html.append_child("head");
    add(head, "title", source());
    meta(head, "ocr-system", written(tail.provenance));
    meta(head, "ocr-capabilities", "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf");
    meta(head, "ocr-number-of-pages", std::to_string(page_count()));
    for (const Notice& notice : tail.notices) {
      const std::string page = notice.page > 0 ? "page " + std::to_string(notice.page) + ": " : "";
      meta(head, "emend-notice", page + notice.message);
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
           "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
           "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n" +
           bytes_of(html, true) + "\n<body>\n";
  }

  static void meta(pugi::xml_node head, const char* name, std::string_view content) {
    pugi::xml_node node = head.append_child("meta");
    set(node, "name", name);
    set(node, "content", content);
  }

  std::string body_of(const Page& page) override {
    page_id_ = std::to_string(page.number);
    blocks_ = lines_ = words_ = 0;
    pugi::xml_document document;
    pugi::xml_node node = element(document, "div", "ocr_page", "page_" + page_id_);
    std::string title = "image " + quoted(source()) + "; " + bbox({0, 0, page.width, page.height}) +
                        "; ppageno " + std::to_string(page.number - 1);
    const std::string dpi = std::to_string(page.dpi);
    if (page.dpi > 0) title += "; scan_res " + dpi + ' ' + dpi;
    set(node, "title", title);
    for (const auto& block : blocks_of(page)) add_block(node, block);
    return bytes_of(document, true) + '\n';
  }

  std::string foot_of(const Document& /*tail*/) override { return "</body>\n</html>\n"; }

  static pugi::xml_node element(pugi::xml_node parent, const char* name, const char* kind,
                                const std::string& id) {
    pugi::xml_node node = parent.append_child(name);
    set(node, "class", kind);
    set(node, "id", id);
    return node;
  }

  void add_block(pugi::xml_node page, std::span<const Line> lines) {
    const std::string title = bbox(union_of(lines));
    const std::string id = page_id_ + '_' + std::to_string(++blocks_);
    pugi::xml_node area = element(page, "div", "ocr_carea", "block_" + id);
    set(area, "title", title);
    pugi::xml_node paragraph = element(area, "p", "ocr_par", "par_" + id);
    set(paragraph, "title", title);
    for (const Line& line : lines) add_line(paragraph, line);
  }

  void add_line(pugi::xml_node paragraph, const Line& line) {
    const std::string id = "line_" + page_id_ + '_' + std::to_string(++lines_);
    pugi::xml_node node = element(paragraph, "span", "ocr_line", id);
    set(node, "title", bbox(line.box));
    for (const Word& word : line.words) {
      const long confidence = std::lround(word.confidence() * 100);
      for (const Piece& piece : pieces_of(word)) {
        if (node.first_child()) node.append_child(pugi::node_pcdata).set_value(" ");
        const std::string word_id = "word_" + page_id_ + '_' + std::to_string(++words_);
        pugi::xml_node span = element(node, "span", "ocrx_word", word_id);
        set(span, "title", bbox(piece.box) + "; x_wconf " + std::to_string(confidence));
        span.append_child(pugi::node_pcdata).set_value(xml_text(piece.text).c_str());
      }
    }
    paragraph.append_child(pugi::node_pcdata).set_value("\n");
  }

  std::string page_id_;
  int blocks_ = 0;
  int lines_ = 0;
  int words_ = 0;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_hocr_writer(Sink sink) {
  return std::make_unique<HocrWriter>(std::move(sink));
}

}  // namespace emend
