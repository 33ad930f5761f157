// SPDX-License-Identifier: Apache-2.0
#include "core/json_form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/names.h"
#include "core/skew.h"
#include "emend/json.h"
#include "emend/numbers.h"
#include "emend/tables.h"

namespace emend {

namespace {

using nlohmann::json;

// An enumerator by its written name.
template <typename Enum, std::size_t N>
Enum parse_name(const json& value, const std::array<std::string_view, N>& names) {
  const auto& text = value.get_ref<const std::string&>();
  const auto* found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) {
    throw json::other_error::create(501, "unknown name \"" + text + "\"", &value);
  }
  return static_cast<Enum>(found - names.begin());
}

template <typename Enum, std::size_t N>
std::string written(Enum value, const std::array<std::string_view, N>& names) {
  return std::string(names.at(static_cast<std::size_t>(value)));
}

// Three decimals are more than any of these figures is good for, and they keep files small and the
// same on every machine.
double rounded(double value) {
  return std::round(value * 1000.0) / 1000.0;
}

}  // namespace

void to_json(json& out, const Error& error) {
  out = {{"code", std::string(name(error.code))}, {"message", error.message}, {"hint", error.hint}};
}

void from_json(const json& in, Error& error) {
  static const auto names = [] {
    std::array<std::string_view, 9> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all.at(i) = name(static_cast<ErrorCode>(i));
    return all;
  }();
  error.code = parse_name<ErrorCode>(in.at("code"), names);
  error.message = in.at("message").get<std::string>();
  error.hint = in.value("hint", "");
}

void to_json(json& out, const Box& box) {
  out = {box.x, box.y, box.width, box.height};
}
void from_json(const json& in, Box& box) {
  const auto values = in.get<std::array<int, 4>>();
  box = {values[0], values[1], values[2], values[3]};
}

void to_json(json& out, const Alternative& alternative) {
  out = {alternative.text, rounded(alternative.cost)};
}
void from_json(const json& in, Alternative& alternative) {
  alternative = {in.at(0).get<std::string>(), in.at(1).get<double>()};
}

void to_json(json& out, const Reading& reading) {
  out = {{"text", reading.text}, {"confidence", rounded(reading.confidence)}};
  if (!reading.characters.empty()) out["characters"] = reading.characters;
  if (reading.reader != Reader::look) out["reader"] = written(reading.reader, kReaderNames);
}
void from_json(const json& in, Reading& reading) {
  reading.text = in.at("text").get<std::string>();
  reading.confidence = in.at("confidence").get<double>();
  reading.characters = in.value("characters", decltype(reading.characters){});
  reading.reader =
      in.contains("reader") ? parse_name<Reader>(in.at("reader"), kReaderNames) : Reader::look;
}

void to_json(json& out, const Word& word) {
  out = {
      {"box", word.box}, {"readings", word.readings}, {"kind", written(word.kind, kWordKindNames)}};
  if (!word.other_readings.empty()) out["other_readings"] = word.other_readings;
  if (word.in_dictionary) out["in_dictionary"] = true;
  if (word.number_pattern) out["number_pattern"] = true;
  if (word.light != Light::none) out["light"] = written(word.light, kLightNames);
}
void from_json(const json& in, Word& word) {
  word.box = in.at("box").get<Box>();
  word.readings = in.at("readings").get<std::vector<Reading>>();
  if (word.readings.empty()) throw json::other_error::create(501, "a word without a reading", &in);
  word.other_readings = in.value("other_readings", std::vector<Reading>{});
  word.kind = parse_name<WordKind>(in.at("kind"), kWordKindNames);
  word.in_dictionary = in.value("in_dictionary", false);
  word.number_pattern = in.value("number_pattern", false);
  word.light = in.contains("light") ? parse_name<Light>(in.at("light"), kLightNames) : Light::none;
}

void to_json(json& out, const Line& line) {
  out = {{"box", line.box}, {"words", line.words}};
  if (line.starts_block) out["starts_block"] = true;
  if (line.is_noise) out["is_noise"] = true;
}
void from_json(const json& in, Line& line) {
  line.box = in.at("box").get<Box>();
  line.words = in.at("words").get<std::vector<Word>>();
  line.starts_block = in.value("starts_block", false);
  line.is_noise = in.value("is_noise", false);
}

void to_json(json& out, const Edit& edit) {
  out = {{"page", edit.page},
         {"line", edit.line},
         {"words", {edit.words.first, edit.words.count}},
         {"box", edit.box},
         {"before", edit.before},
         {"after", edit.after},
         {"reason", written(edit.reason, kEditReasonNames)},
         {"verdict", written(edit.verdict, kVerdictNames)},
         {"evidence",
          {{"source", edit.evidence.source},
           {"language_gain", rounded(edit.evidence.language_gain)},
           {"channel_cost", rounded(edit.evidence.channel_cost)},
           {"margin", rounded(edit.evidence.margin)}}}};
  if (!edit.evidence.check.empty()) out["evidence"]["check"] = edit.evidence.check;
}
void from_json(const json& in, Edit& edit) {
  edit.page = in.at("page").get<int>();
  edit.line = in.at("line").get<std::size_t>();
  const auto words = in.at("words").get<std::array<std::size_t, 2>>();
  edit.words = {words[0], words[1]};
  edit.box = in.at("box").get<Box>();
  edit.before = in.at("before").get<std::string>();
  edit.after = in.at("after").get<std::string>();
  edit.reason = parse_name<EditReason>(in.at("reason"), kEditReasonNames);
  edit.verdict = parse_name<Verdict>(in.at("verdict"), kVerdictNames);
  const json& evidence = in.at("evidence");
  edit.evidence = {evidence.at("source").get<std::string>(),
                   evidence.at("language_gain").get<double>(),
                   evidence.at("channel_cost").get<double>(), evidence.at("margin").get<double>(),
                   evidence.value("check", std::string())};
}

void to_json(json& out, const Notice& notice) {
  out = {{"code", written(notice.code, kNoticeNames)},
         {"page", notice.page},
         {"message", notice.message}};
}
void from_json(const json& in, Notice& notice) {
  notice.code = parse_name<NoticeCode>(in.at("code"), kNoticeNames);
  notice.page = in.at("page").get<int>();
  notice.message = in.at("message").get<std::string>();
}

namespace {

std::size_t words_total(const Page& page) {
  std::size_t count = 0;
  for (const Line& line : page.lines) {
    if (!line.is_noise) count += line.words.size();
  }
  return count;
}

std::size_t words_corrected(const Page& page) {
  std::size_t count = 0;
  for (const Edit& edit : page.edits) {
    if (edit.verdict == Verdict::applied) count += edit.words.count;
  }
  return count;
}

json form_of(const NumberFact& number) {
  json form = {{"line", number.place.line},
               {"words", {number.place.word, number.words}},
               {"text", number.text},
               {"kind", name(number.kind)},
               {"confidence", rounded(number.confidence)}};
  if (number.identifier != IdentifierKind::none) form["identifier"] = name(number.identifier);
  if (!number.value.empty()) form["value"] = number.value;
  if (number.light != Light::none) form["light"] = written(number.light, kLightNames);
  for (const NumberCheck& check : number.checks) {
    form["checks"].push_back({{"rule", name(check.rule)}, {"passed", check.passed}});
  }
  if (!number.edits.empty()) form["edits"] = number.edits;
  return form;
}

json form_of(const Page& page, const Table& table) {
  json rows = json::array();
  for (const auto& cells : table.rows) {
    json& row = rows.emplace_back(json::array());
    for (const TableCell& cell : cells) {
      json words = json::array();
      for (const WordPlace& place : cell.words) words.push_back({place.line, place.word});
      row.push_back({{"column", cell.column},
                     {"box", cell.box},
                     {"text", text(page, cell)},
                     {"words", std::move(words)}});
    }
  }
  return {{"columns", table.columns}, {"box", table.box}, {"rows", std::move(rows)}};
}

}  // namespace

json stored_form(const Page& page) {
  json out = {{"number", page.number},
              {"width", page.width},
              {"height", page.height},
              {"dpi", page.dpi},
              {"rotation", page.rotation},
              {"segmentation", page.segmentation},
              {"text_source", written(page.text_source, kTextSourceNames)},
              {"lines", page.lines},
              {"edits", page.edits},
              {"notices", page.notices}};
  if (!page.languages.empty()) out["languages"] = page.languages;
  return out;
}

void to_json(json& out, const Page& page) {
  out = stored_form(page);
  out["trust"] = rounded(trust(page));
  if (const auto degrees = skew(page)) out["skew"] = rounded(*degrees);
  out["words_total"] = words_total(page);
  out["words_corrected"] = words_corrected(page);
  json& uncertain = out["uncertain_numbers"] = json::array();
  for (const WordPlace& place : uncertain_numbers(page)) {
    uncertain.push_back({place.line, place.word});
  }
  json& all_numbers = out["numbers"] = json::array();
  for (const NumberFact& number : numbers(page)) all_numbers.push_back(form_of(number));
  json& found = out["tables"] = json::array();
  for (const Table& table : tables(page)) found.push_back(form_of(page, table));
}
void from_json(const json& in, Page& page) {
  page.number = in.at("number").get<int>();
  page.width = in.at("width").get<int>();
  page.height = in.at("height").get<int>();
  page.dpi = in.at("dpi").get<int>();
  page.rotation = in.at("rotation").get<int>();
  page.languages = in.value("languages", std::string());
  page.segmentation = in.at("segmentation").get<std::string>();
  page.text_source = in.contains("text_source")
                         ? parse_name<TextSource>(in.at("text_source"), kTextSourceNames)
                         : TextSource::recognised;
  page.lines = in.at("lines").get<std::vector<Line>>();
  page.edits = in.at("edits").get<std::vector<Edit>>();
  page.notices = in.at("notices").get<std::vector<Notice>>();
}

void to_json(json& out, const Provenance& provenance) {
  out = {{"emend", provenance.emend},           {"recogniser", provenance.recogniser},
         {"languages", provenance.languages},   {"model", provenance.model},
         {"model_hash", provenance.model_hash}, {"placement", provenance.placement},
         {"options", provenance.options}};
}
void from_json(const json& in, Provenance& provenance) {
  provenance = {in.at("emend").get<std::string>(),      in.at("recogniser").get<std::string>(),
                in.at("languages").get<std::string>(),  in.at("model").get<std::string>(),
                in.at("model_hash").get<std::string>(), in.value("placement", std::string()),
                in.value("options", std::string())};
}

void to_json(json& out, const Document& document) {
  out = {{"version", kJsonVersion},
         {"source", document.source},
         {"pages", document.pages},
         {"notices", document.notices},
         {"provenance", document.provenance}};
}
void from_json(const json& in, Document& document) {
  if (const int version = in.at("version").get<int>(); version != kJsonVersion) {
    throw json::other_error::create(
        501, "version " + std::to_string(version) + " of the form is not known here", &in);
  }
  document.source = in.at("source").get<std::string>();
  document.pages = in.at("pages").get<std::vector<Page>>();
  document.notices = in.at("notices").get<std::vector<Notice>>();
  document.provenance = in.at("provenance").get<Provenance>();
}

void to_json(json& out, const Area& area) {
  out = {area.x, area.y, area.width, area.height, area.is_percent};
}
void from_json(const json& in, Area& area) {
  area = {in.at(0).get<double>(), in.at(1).get<double>(), in.at(2).get<double>(),
          in.at(3).get<double>(), in.at(4).get<bool>()};
}

void to_json(json& out, const ReadOptions& options) {
  out = {{"languages", options.languages},
         {"password", options.password},
         {"pdf_text", written(options.pdf_text, kPdfTextNames)},
         {"pdf_dpi", options.pdf_dpi},
         {"segmentation", written(options.segmentation, kSegmentationNames)},
         {"quality", written(options.quality, kQualityNames)},
         {"keep_noise", options.keep_noise},
         {"area", options.area},
         {"allow_characters", options.allow_characters},
         {"deny_characters", options.deny_characters},
         {"turn_upright", options.turn_upright},
         {"skip_steps", options.skip_steps},
         {"alternatives", options.alternatives},
         {"page_timeout_s", options.page_timeout_s},
         {"max_pixels", options.max_pixels}};
}
void from_json(const json& in, ReadOptions& options) {
  options.languages = in.at("languages").get<std::vector<std::string>>();
  options.password = in.at("password").get<std::string>();
  options.pdf_text = parse_name<PdfText>(in.at("pdf_text"), kPdfTextNames);
  options.pdf_dpi = in.at("pdf_dpi").get<int>();
  options.segmentation = parse_name<Segmentation>(in.at("segmentation"), kSegmentationNames);
  options.quality = in.contains("quality") ? parse_name<Quality>(in.at("quality"), kQualityNames)
                                           : Quality::balanced;
  options.keep_noise = in.value("keep_noise", false);
  options.page_timeout_s = in.value("page_timeout_s", options.page_timeout_s);
  options.area = in.value("area", Area());
  options.allow_characters = in.value("allow_characters", std::string());
  options.deny_characters = in.value("deny_characters", std::string());
  options.turn_upright = in.at("turn_upright").get<bool>();
  options.skip_steps = in.value("skip_steps", std::vector<std::string>{});
  options.alternatives = in.at("alternatives").get<bool>();
  options.max_pixels = in.at("max_pixels").get<std::int64_t>();
}

namespace {

// A file name need not be UTF-8; where it is not, U+FFFD stands.
std::string dumped(const json& value) {
  return value.dump(1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Document& document) {
  return dumped(document);
}
std::string to_json(const Page& page) {
  return dumped(page);
}

std::string to_json(const CorrectedText& corrected) {
  return dumped({{"version", kJsonVersion},
                 {"text", corrected.text},
                 {"edits", corrected.edits},
                 {"notices", corrected.notices}});
}

namespace {

template <typename T>
Result<T> from_text(std::string_view text) {
  try {
    return json::parse(text).get<T>();
  } catch (const json::exception& problem) {
    return fail(ErrorCode::unreadable_input,
                std::string("not the JSON form of emend: ") + problem.what());
  }
}

}  // namespace

Result<Document> document_from_json(std::string_view text) {
  return from_text<Document>(text);
}
Result<Page> page_from_json(std::string_view text) {
  return from_text<Page>(text);
}

}  // namespace emend
