// SPDX-License-Identifier: Apache-2.0
// One page for a browser that needs nothing beside itself: no script, no network.
#include <algorithm>
#include <cmath>
#include <utility>

#include "output/original.h"
#include "core/regions.h"
#include "output/set_aside.h"
#include "output/writers.h"
#include "output/xml.h"

namespace emend {

namespace {

constexpr const char* kStyle = R"(
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color: #111; background: #fff; }
section { border-top: 1px solid #ccc; padding: 1rem 0; }
h2, footer { font-size: .85rem; font-weight: normal; color: #555; }
.page { display: flex; gap: 2rem; align-items: flex-start; flex-wrap: wrap; }
.picture { position: relative; flex: 1 1 30rem; max-width: 48rem; border: 1px solid #ccc; }
.picture, .crop { background: var(--picture, none) no-repeat; background-size: 100% 100%; }
.picture i { position: absolute; outline: 2px solid #2a2; }
.picture i.doubtful { outline-color: #d22; }
.text { flex: 1 1 30rem; }
.text p { margin: 0 0 1em; }
.text table { border-collapse: collapse; margin: 0 0 1em; }
.text td { border: 1px solid #ccc; padding: .1em .5em; vertical-align: top; }
ins { background: #d7f5d7; text-decoration: none; }
.yellow { background: #fff3bf; }
.red { background: #ffd0d0; }
.findings td, .findings th { text-align: left; padding: .1em 1em .1em 0; font-size: .9rem; }
)";

// A share in hundredths, without a locale's decimal comma.
std::string percent(int part, int whole) {
  const long long thousandths = whole > 0 ? 100000LL * part / whole : 0;
  const std::string digits = std::to_string(thousandths % 1000);
  return std::to_string(thousandths / 1000) + '.' + std::string(3 - digits.size(), '0') + digits +
         '%';
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(bytes.size() * 4 / 3 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? kDigits[group >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

// What a reader should look at: a corrected word, and a number by its light.
void add_word(pugi::xml_node parent, const PlacedWord& placed) {
  const Word& word = *placed.word;
  pugi::xml_node node = parent;
  if (placed.edit != nullptr) {
    node = node.append_child("ins");
    set(node, "title",
        "recognised: " + placed.edit->before + " (" + std::string(name(placed.edit->reason)) + ")");
  }
  if (word.light == Light::yellow || word.light == Light::red) {
    node = node.append_child("span");
    set(node, "class", name(word.light));
    set(node, "title", std::to_string(std::lround(word.confidence() * 100)) + " % sure");
  }
  node.append_child(pugi::node_pcdata).set_value(xml_text(word.text()).c_str());
}

void add_words(pugi::xml_node parent, const Cell& cell) {
  bool is_first = true;
  for (const PlacedWord& placed : cell.words) {
    if (!is_first) parent.append_child(pugi::node_pcdata).set_value(" ");
    is_first = false;
    add_word(parent, placed);
  }
}

void add_table(pugi::xml_node parent, const Region& region) {
  pugi::xml_node table = parent.append_child("table").append_child("tbody");
  for (const Row& row : region.rows) {
    pugi::xml_node table_row = table.append_child("tr");
    std::size_t column = 0;
    for (const Cell& cell : row.cells) {
      while (column++ < cell.column) table_row.append_child("td");
      add_words(table_row.append_child("td"), cell);
    }
  }
}

void add_paragraphs(pugi::xml_node parent, const Region& region) {
  pugi::xml_node paragraph;
  for (const Row& row : region.rows) {
    if (!paragraph || row.starts_block) {
      paragraph = parent.append_child("p");
    } else {
      paragraph.append_child("br");
    }
    add_words(paragraph, row.cells.front());
  }
}

// The part of the page's picture in which `box` is, small; the picture is --picture of the section.
void add_crop(pugi::xml_node cell, const Page& page, const Box& box) {
  constexpr double kHeight = 28;
  if (box.height <= 0) return;
  const double scale = kHeight / box.height;
  const auto pixels = [scale](int value) {
    return std::to_string(std::lround(value * scale)) + "px";
  };
  pugi::xml_node crop = cell.append_child("div");
  set(crop, "class", "crop");
  set(crop, "style",
      "width:" + pixels(box.width) + ";height:" + pixels(box.height) +
          ";background-size:" + pixels(page.width) + ' ' + pixels(page.height) +
          ";background-position:" + pixels(-box.x) + ' ' + pixels(-box.y));
}

// What a person may want to compare with the picture: every change, every doubtful number.
class Findings {
 public:
  Findings(pugi::xml_node parent, const Page& page) : parent_(parent), page_(page) {}

  void add_all() {
    for (const Edit& edit : page_.edits) {
      if (edit.verdict != Verdict::applied) continue;
      add_row(edit.line, edit.box, edit.before, edit.after,
              std::string(name(edit.reason)) + ", " + edit.evidence.source);
    }
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      for (const Word& word : page_.lines[i].words) {
        if (word.light != Light::red) continue;
        const std::string sure = std::to_string(std::lround(word.confidence() * 100));
        add_row(i, word.box, word.text(), "", "a doubtful number, " + sure + " % sure");
      }
    }
  }

 private:
  void add_row(std::size_t line, const Box& box, const std::string& recognised,
               const std::string& corrected, const std::string& why) {
    if (!table_) begin();
    pugi::xml_node row = table_.append_child("tr");
    add(row, "td", std::to_string(line + 1));
    add_crop(row.append_child("td"), page_, box);
    add(row, "td", recognised);
    add(row, "td", corrected);
    add(row, "td", why);
  }

  void begin() {
    pugi::xml_node whole = parent_.append_child("table");
    set(whole, "class", "findings");
    table_ = whole.append_child("tbody");
    pugi::xml_node head = table_.append_child("tr");
    for (const char* title : {"line", "picture", "recognised", "corrected", "why"}) {
      add(head, "th", title);
    }
  }

  pugi::xml_node parent_;
  const Page& page_;
  pugi::xml_node table_;
};

class HtmlWriter final : public SetAsideWriter {
 public:
  HtmlWriter(Sink sink, const WriterOptions& options)
      : SetAsideWriter(std::move(sink)), original_(options.original, options.read) {}

 private:
  std::string head_of(const Document& /*tail*/) override {
    pugi::xml_document document;
    add(document.append_child("head"), "title", source());
    std::string title = bytes_of(document.child("head").child("title"), false);
    return "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "img-src data:; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n" +
           title + "\n<style>" + kStyle + "</style>\n</head>\n<body>\n";
  }

  std::string body_of(const Page& page) override {
    pugi::xml_document document;
    pugi::xml_node section = document.append_child("section");
    set(section, "id", "page_" + std::to_string(page.number));
    add(section, "h2", "page " + std::to_string(page.number));
    pugi::xml_node both = section.append_child("div");
    set(both, "class", "page");
    add_picture(section, both, page);
    pugi::xml_node body = both.append_child("div");
    set(body, "class", "text");
    for (const Region& region : regions_of(page)) {
      region.is_table ? add_table(body, region) : add_paragraphs(body, region);
    }
    Findings(section, page).add_all();
    add_notices(section, page.notices);
    return bytes_of(document, false) + '\n';
  }

  std::string foot_of(const Document& tail) override {
    pugi::xml_document document;
    pugi::xml_node foot = document.append_child("footer");
    add_notices(foot, tail.notices);
    add(foot, "p", written(tail.provenance));
    return bytes_of(document, false) + "\n</body>\n</html>\n";
  }

  static void add_notices(pugi::xml_node parent, const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      const std::string page = notice.page > 0 ? "page " + std::to_string(notice.page) + ": " : "";
      set(add(parent, "p", page + notice.message), "class", "notice");
    }
  }

  // A page can be shown without its picture, so one that cannot be had is no failure.
  void add_picture(pugi::xml_node section, pugi::xml_node both, const Page& page) {
    const std::string picture = original_.picture(page);
    if (picture.empty()) return;
    pugi::xml_node frame = both.append_child("div");
    set(frame, "class", "picture");
    set(frame, "role", "img");
    set(frame, "aria-label", "page " + std::to_string(page.number) + " as it was read");
    set(frame, "style",
        "aspect-ratio:" + std::to_string(page.width) + '/' + std::to_string(page.height));
    set(section, "style", "--picture:url(data:image/jpeg;base64," + base64(picture) + ")");
    const auto add_mark = [&](const Box& box, std::string_view kind) {
      pugi::xml_node mark = frame.append_child("i");
      set(mark, "class", kind);
      set(mark, "style",
          "left:" + percent(box.x, page.width) + ";top:" + percent(box.y, page.height) + ";width:" +
              percent(box.width, page.width) + ";height:" + percent(box.height, page.height));
    };
    for (const Edit& edit : page.edits) {
      if (edit.verdict == Verdict::applied) add_mark(edit.box, "edited");
    }
    for (const Line& line : page.lines) {
      for (const Word& word : line.words) {
        if (word.light == Light::red) add_mark(word.box, "doubtful");
      }
    }
  }

  OriginalFile original_;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_html_writer(Sink sink, const WriterOptions& options) {
  return std::make_unique<HtmlWriter>(std::move(sink), options);
}

}  // namespace emend
