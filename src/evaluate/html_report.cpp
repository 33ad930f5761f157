// SPDX-License-Identifier: Apache-2.0
// The result as one page for a browser that needs nothing beside itself: no script, no network.
#include <algorithm>

#include "core/alignment.h"
#include "core/unicode.h"
#include "evaluate/figures.h"
#include "evaluate/words_of.h"

namespace emend {

namespace {

constexpr std::size_t kMostShown = 20'000;  // characters of one text

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>emend eval</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; color: #111; background: #fff; }
table { border-collapse: collapse; margin: 1em 0; }
td, th { border: 1px solid #ccc; padding: .2em .7em; text-align: right; vertical-align: top; }
td:first-child, th:first-child, .changes td { text-align: left; }
h2 { font-size: 1.1rem; margin: 2em 0 .5em; overflow-wrap: anywhere; }
.texts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }
.texts div { max-height: 24rem; overflow: auto; border: 1px solid #ccc; padding: .5rem; overflow-wrap: anywhere; }
.texts b { display: block; color: #555; font-size: .85rem; }
.part td:first-child { padding-left: 2em; }
mark { background: #ffd0d0; }
.fixed { background: #d7f5d7; }
.broken, .invented { background: #ffd0d0; }
.changed_wrong { background: #fff3bf; }
</style>
</head>
<body>
<h1>emend eval</h1>
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char32_t c : to_code_points(text)) {
    switch (c) {
      case U'&':
        out += "&amp;";
        break;
      case U'<':
        out += "&lt;";
        break;
      case U'>':
        out += "&gt;";
        break;
      case U'"':
        out += "&quot;";
        break;
      default:
        // What XML may not hold a browser shows as nothing.
        out += to_utf8(c < U' ' && c != U'\n' && c != U'\t' ? char32_t{0xFFFD} : c);
    }
  }
  return out;
}

std::string element(const char* tag, const std::string& content) {
  return std::string("<") + tag + '>' + content + "</" + tag + '>';
}

std::string rates(const Evaluation& evaluation) {
  std::string out = "<table>\n<tr><th></th><th>before</th><th>after</th><th>difference</th></tr>\n";
  for (std::size_t i = 0; i < kRates.size(); ++i) {
    out += "<tr>" + element("td", figures::title(kRates.at(i))) +
           element("td", figures::written(evaluation.before.at(i))) +
           element("td", figures::written(evaluation.after.at(i))) +
           element("td", figures::written(evaluation.difference.at(i))) + "</tr>\n";
  }
  return out + "</table>\n";
}

std::string counts(const DocumentScore& score) {
  std::string out = "<table>\n<tr><th></th>";
  for (const char* title : figures::kCountTitles) out += element("th", title);
  out += "</tr>\n";
  for (const figures::Row& row : figures::rows(score)) {
    out += row.is_part ? "<tr class=\"part\">" : "<tr>";
    out += element("td", row.title);
    for (const std::size_t value : row.values) out += element("td", std::to_string(value));
    out += "</tr>\n";
  }
  return out + "</table>\n";
}

std::string changes(const std::vector<TokenChange>& list) {
  if (list.empty()) return {};
  std::string out =
      "<table "
      "class=\"changes\">\n<tr><th>what</th><th>truth</th><th>before</th><th>after</th></tr>\n";
  for (const TokenChange& change : list) {
    const std::string fate(name(change.fate));
    out += "<tr class=\"" + fate + "\">" +
           element("td", std::string(name(change.kind)) + ' ' +
                             (change.fate == TokenFate::changed_wrong ? "wrong again" : fate)) +
           element("td", escaped(change.truth)) + element("td", escaped(change.before)) +
           element("td", escaped(change.after)) + "</tr>\n";
  }
  return out + "</table>\n";
}

// `text` with what is not as in `other` marked; its words are followed through an alignment.
std::string marked(std::u32string_view text, std::u32string_view other) {
  const Alignment alignment(text, other);
  std::string out;
  bool is_open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto [begin, end] = alignment.span(i, i + 1);
    const bool is_same = end > begin && other[begin] == text[i];
    if (is_same == is_open) out += is_open ? "</mark>" : "<mark>";
    is_open = !is_same;
    out += escaped(to_utf8(text[i]));
  }
  return out + (is_open ? "</mark>" : "");
}

std::string column(const char* title, const std::string& content) {
  return "<div><b>" + std::string(title) + "</b>" + content + "</div>\n";
}

std::string side_by_side(const EvaluationSample& sample, bool ignore_case) {
  const auto shown = [&](const std::string& text) {
    auto form = strict_form(text, ignore_case);
    if (!form) return std::u32string();
    if (form->size() > kMostShown) form->replace(kMostShown, std::u32string::npos, U" \u2026");
    return *form;
  };
  const std::u32string truth = shown(sample.truth);
  const std::u32string before = shown(sample.before);
  const std::u32string after = shown(sample.after);
  return "<div class=\"texts\">\n" +
         column("truth, marked where it is not in the text after", marked(truth, after)) +
         column("before", marked(before, truth)) + column("after", marked(after, truth)) +
         "</div>\n";
}

}  // namespace

std::string to_html(const Evaluation& evaluation) {
  std::string out = kHead;
  out +=
      element("p", figures::counted(evaluation.documents, "document") +
                       ". In brackets, where 95 of 100 samples of such documents would lie.") +
      '\n' + rates(evaluation) + counts(evaluation.total) +
      element("p", figures::documents(evaluation) + ' ' + figures::edits(evaluation.total.all())) +
      '\n';
  for (const EvaluationSample& sample : evaluation.worst) {
    const auto document =
        std::find_if(evaluation.by_document.begin(), evaluation.by_document.end(),
                     [&](const DocumentScore& one) { return one.id == sample.id; });
    if (document == evaluation.by_document.end()) continue;
    out += element("h2", escaped(sample.id));
    out +=
        element("p", "CER " + figures::percent(rate(document->before, Rate::cer)) + " % before, " +
                         figures::percent(rate(document->after, Rate::cer)) + " % after") +
        '\n';
    out += changes(document->changes) + side_by_side(sample, evaluation.options.ignore_case);
  }
  return out + "</body>\n</html>\n";
}

}  // namespace emend
