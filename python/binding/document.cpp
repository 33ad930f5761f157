// SPDX-License-Identifier: Apache-2.0
// The values of include/emend/document.h. What a value holds is handed out by reference and kept
// alive by it, so walking through a large document copies nothing.
#include "emend/document.h"

#include <pybind11/operators.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "binding/errand.h"
#include "binding/errors.h"
#include "binding/module.h"
#include "emend/correct.h"
#include "emend/json.h"
#include "emend/output.h"
#include "emend/tables.h"

namespace py = pybind11;

namespace emend::python {

namespace {

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// References to all words of a page's text for which `wanted` is true.
template <typename Wanted>
std::vector<const Word*> words_of(const Page& page, Wanted wanted) {
  std::vector<const Word*> found;
  for (const Line& line : page.lines) {
    if (line.is_noise) continue;
    for (const Word& word : line.words) {
      if (wanted(word)) found.push_back(&word);
    }
  }
  return found;
}

std::vector<const Word*> all_words(const Page& page) {
  return words_of(page, [](const Word&) { return true; });
}

std::vector<const Word*> numbers(const Page& page) {
  return words_of(page, [](const Word& word) { return has_digit(word.text()); });
}

std::vector<const Word*> doubtful_numbers(const Page& page) {
  std::vector<const Word*> found;
  for (const WordPlace& place : uncertain_numbers(page)) {
    found.push_back(&page.lines[place.line].words[place.word]);
  }
  return found;
}

// The text of each cell of each row of each table, "" where a row has none.
std::vector<std::vector<std::vector<std::string>>> cells_of_tables(const Page& page) {
  std::vector<std::vector<std::vector<std::string>>> all;
  for (const Table& table : tables(page)) {
    auto& rows = all.emplace_back();
    for (const auto& cells : table.rows) {
      auto& row = rows.emplace_back(table.columns);
      for (const TableCell& cell : cells) row.at(cell.column) = text(page, cell);
    }
  }
  return all;
}

// What `of_page` finds on each page, as one list.
template <typename Found>
std::vector<const Found*> gathered(const Document& document,
                                   std::vector<const Found*> (*of_page)(const Page&)) {
  std::vector<const Found*> all;
  for (const Page& page : document.pages) {
    const auto found = of_page(page);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

std::vector<const Edit*> edits(const Page& page) {
  std::vector<const Edit*> found;
  for (const Edit& edit : page.edits) found.push_back(&edit);
  return found;
}

// "Word('Total')": enough to know a value by in a list.
std::string shown(const char* type, const std::string& text) {
  return std::string(type) + "(" + std::string(py::repr(py::str(text))) + ")";
}

// Getters of what a value holds: references that keep their owner alive.
constexpr auto kInside = py::return_value_policy::reference_internal;

template <typename Value>
std::string named(const Value& value) {
  return std::string(name(value));
}

void add_word(py::module_& module) {
  py::class_<Box>(module, "Box", "A rectangle in pixels of the page image, origin at the top left.")
      .def_readonly("x", &Box::x)
      .def_readonly("y", &Box::y)
      .def_readonly("width", &Box::width)
      .def_readonly("height", &Box::height)
      .def(py::self == py::self)
      .def("__repr__", [](const Box& box) {
        return py::str("Box(x={}, y={}, width={}, height={})")
            .format(box.x, box.y, box.width, box.height);
      });
  py::class_<Alternative>(
      module, "Alternative",
      "What the recogniser would also have accepted for one character. cost: nats by which it is\n"
      "less likely than what was printed.")
      .def_readonly("text", &Alternative::text)
      .def_readonly("cost", &Alternative::cost)
      .def(py::self == py::self)
      .def("__repr__", [](const Alternative& value) { return shown("Alternative", value.text); });
  py::class_<Reading>(module, "Reading",
                      "One way to read a word. confidence: calibrated probability 0..1 that text "
                      "is exactly what is\n"
                      "printed. characters: for each character its alternatives, the printed one "
                      "first; empty when there\n"
                      "are none that can be trusted. reader: who gave it: 'look' (at the page), "
                      "'crop' (at the word\n"
                      "alone) or 'emend' (emend's own reader of numbers).")
      .def_readonly("text", &Reading::text)
      .def_readonly("confidence", &Reading::confidence)
      .def_readonly("characters", &Reading::characters)
      .def_property_readonly("reader", [](const Reading& value) { return named(value.reader); })
      .def(py::self == py::self)
      .def("__repr__", [](const Reading& value) { return shown("Reading", value.text); });
  py::class_<Word>(module, "Word",
                   "A word with its box. readings[0] stands; after a correction readings[1] is "
                   "what was recognised.\n"
                   "light says how far a number can be trusted.")
      .def_readonly("box", &Word::box)
      .def_readonly("readings", &Word::readings)
      .def_readonly("other_readings", &Word::other_readings)
      .def_property_readonly("text", [](const Word& word) { return word.text(); })
      .def_property_readonly("confidence", [](const Word& word) { return word.confidence(); })
      .def_property_readonly("kind", [](const Word& word) { return named(word.kind); })
      .def_property_readonly("light", [](const Word& word) { return named(word.light); })
      .def_readonly("in_dictionary", &Word::in_dictionary)
      .def_readonly("number_pattern", &Word::number_pattern)
      .def(py::self == py::self)
      .def("__repr__", [](const Word& word) { return shown("Word", word.text()); });
}

void add_edit(py::module_& module) {
  py::class_<Evidence>(module, "Evidence", "What spoke for an edit; gains and costs in nats.")
      .def_readonly("source", &Evidence::source)
      .def_readonly("language_gain", &Evidence::language_gain)
      .def_readonly("channel_cost", &Evidence::channel_cost)
      .def_readonly("margin", &Evidence::margin)
      .def_readonly("check", &Evidence::check)
      .def(py::self == py::self);
  py::class_<Edit>(module, "Edit",
                   "One proposal and what became of it. page counts from 1, line from 0; words is "
                   "(first, count).")
      .def_readonly("page", &Edit::page)
      .def_readonly("line", &Edit::line)
      .def_property_readonly(
          "words",
          [](const Edit& edit) { return py::make_tuple(edit.words.first, edit.words.count); })
      .def_readonly("box", &Edit::box)
      .def_readonly("before", &Edit::before)
      .def_readonly("after", &Edit::after)
      .def_property_readonly("reason", [](const Edit& edit) { return named(edit.reason); })
      .def_property_readonly("verdict", [](const Edit& edit) { return named(edit.verdict); })
      .def_property_readonly("applied",
                             [](const Edit& edit) { return edit.verdict == Verdict::applied; })
      .def_readonly("evidence", &Edit::evidence)
      .def(py::self == py::self)
      .def("__repr__", [](const Edit& edit) {
        return py::str("Edit({!r} -> {!r}, {}, {})")
            .format(edit.before, edit.after, named(edit.reason), named(edit.verdict));
      });
  py::class_<Notice>(module, "Notice",
                     "Something the reader of the result must know although the rest arrived. page "
                     "0 is the whole\n"
                     "document.")
      .def_property_readonly("code", [](const Notice& notice) { return named(notice.code); })
      .def_readonly("page", &Notice::page)
      .def_property_readonly("message", [](const Notice& n) { return text_from(n.message); })
      .def(py::self == py::self)
      .def("__repr__", [](const Notice& notice) { return shown("Notice", named(notice.code)); });
}

void add_page(py::module_& module) {
  py::class_<Line>(
      module, "Line",
      "A line of words in reading order. starts_block: it begins a paragraph or column.\n"
      "is_noise: a logo, stamp or signature, which is not part of the text.")
      .def_readonly("box", &Line::box)
      .def_readonly("words", &Line::words)
      .def_readonly("starts_block", &Line::starts_block)
      .def_readonly("is_noise", &Line::is_noise)
      .def_property_readonly("text", [](const Line& line) { return text(line); })
      .def(py::self == py::self)
      .def("__repr__", [](const Line& line) { return shown("Line", text(line)); });
  py::class_<Page>(module, "Page",
                   "A page as it was recognised and proofread: width and height in pixels at dpi, "
                   "rotation in degrees\n"
                   "clockwise by which it was turned to stand upright.")
      .def_readonly("number", &Page::number)
      .def_readonly("width", &Page::width)
      .def_readonly("height", &Page::height)
      .def_readonly("dpi", &Page::dpi)
      .def_readonly("rotation", &Page::rotation)
      .def_readonly("segmentation", &Page::segmentation)
      .def_readonly("languages", &Page::languages)
      .def_property_readonly("text_source",
                             [](const Page& page) { return named(page.text_source); })
      .def_readonly("lines", &Page::lines)
      .def_readonly("edits", &Page::edits)
      .def_readonly("notices", &Page::notices)
      .def_property_readonly("words", &all_words, kInside)
      .def_property_readonly("numbers", &numbers, kInside)
      .def_property_readonly("uncertain_numbers", &doubtful_numbers, kInside)
      .def_property_readonly("tables", &cells_of_tables)
      .def_property_readonly("trust", [](const Page& page) { return trust(page); })
      .def_property_readonly("text", [](const Page& page) { return text(page); })
      .def("as_recognised", &as_recognised)
      .def("to_json", [](const Page& page) { return to_json(page); })
      .def_static("from_json",
                  [](const std::string& json) { return value_or_raise(page_from_json(json)); })
      .def(py::self == py::self)
      .def(py::pickle(
          [](const Page& page) { return py::bytes(to_json(page)); },
          [](const py::bytes& json) { return value_or_raise(page_from_json(std::string(json))); }))
      .def("__repr__", [](const Page& page) {
        return py::str("<Page {}: {} lines>").format(page.number, page.lines.size());
      });
}

void add_whole_document(py::module_& module) {
  py::class_<Provenance>(module, "Provenance",
                         "Everything that decides the bytes of a result; no times and no dates.")
      .def_readonly("emend", &Provenance::emend)
      .def_readonly("recogniser", &Provenance::recogniser)
      .def_readonly("languages", &Provenance::languages)
      .def_readonly("model", &Provenance::model)
      .def_readonly("model_hash", &Provenance::model_hash)
      .def_readonly("placement", &Provenance::placement)
      .def_readonly("options", &Provenance::options)
      .def(py::self == py::self);
  py::class_<Document>(module, "Document",
                       "What was read: pages, and notices about pages that are missing.")
      .def_property_readonly("source", [](const Document& all) { return text_from(all.source); })
      .def_readonly("pages", &Document::pages)
      .def_readonly("notices", &Document::notices)
      .def_readonly("provenance", &Document::provenance)
      .def_property_readonly(
          "words", [](const Document& all) { return gathered(all, &all_words); }, kInside)
      .def_property_readonly(
          "numbers", [](const Document& all) { return gathered(all, &numbers); }, kInside)
      .def_property_readonly(
          "edits", [](const Document& all) { return gathered(all, &edits); }, kInside)
      .def_property_readonly("text", [](const Document& all) { return text(all); })
      .def("to_json", [](const Document& all) { return to_json(all); })
      .def_static("from_json",
                  [](const std::string& json) { return value_or_raise(document_from_json(json)); })
      .def(py::self == py::self)
      .def(py::pickle([](const Document& all) { return py::bytes(to_json(all)); },
                      [](const py::bytes& json) {
                        return value_or_raise(document_from_json(std::string(json)));
                      }))
      .def("__repr__", [](const Document& all) {
        return py::str("<Document {!r}: {} pages>").format(text_from(all.source), all.pages.size());
      });
  py::class_<CorrectedText>(module, "CorrectedText", "A corrected text with its edits and notices.")
      .def_readonly("text", &CorrectedText::text)
      .def_readonly("edits", &CorrectedText::edits)
      .def_readonly("notices", &CorrectedText::notices)
      .def("to_json", [](const CorrectedText& corrected) { return to_json(corrected); });
}

Result<std::string> written(const Document& document, Format format, const WriterOptions& options) {
  std::string bytes;
  const Sink sink = [&](std::string_view more) -> Result<void> {
    bytes += more;
    return {};
  };
  const auto writer = make_writer(format, sink, options);
  auto done = writer->begin(document.source);
  for (auto page = document.pages.begin(); done && page != document.pages.end(); ++page) {
    done = writer->page(*page);
  }
  Document tail = document;
  tail.pages.clear();
  if (done) done = writer->end(tail);
  if (!done) return tl::unexpected(std::move(done.error()));
  return bytes;
}

// A document in one of the formats of output.h, named as the command names it. What is left of the
// file that was read is found by the document's own name for it, and opened with `options`.
py::bytes as_format(const Document& document, const std::string& name, const py::kwargs& options) {
  const Format format = value_or_raise(parse_format(name));
  WriterOptions how{.read = job_from(options).read};
  std::error_code ignored;
  if (std::filesystem::exists(document.source, ignored)) how.original = document.source;
  return errand<std::string>(
      [&](const std::stop_token&) { return written(document, format, how); });
}

// {ending of a file, with its dot: name of its format}
std::map<std::string, std::string> endings() {
  std::map<std::string, std::string> found;
  for (const Format format : formats()) found["." + std::string(extension(format))] = name(format);
  return found;
}

}  // namespace

void add_document(py::module_& module) {
  add_word(module);
  add_edit(module);
  add_page(module);
  add_whole_document(module);
  module.def("as_format", &as_format);
  module.def("endings", &endings);
}

}  // namespace emend::python
