// SPDX-License-Identifier: Apache-2.0
// CommonMark with the tables of GitHub. Every character that could be a sign is escaped, lines of a
// paragraph end in a hard break, pages are parted by a rule.
#include <utility>

#include "core/regions.h"
#include "output/writers.h"
#include "output/xml.h"

namespace emend {

namespace {

// A line that begins like a list, a heading or a rule is one for a reader of Markdown.
bool begins_like_a_sign(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits > 0) return digits < text.size() && (text[digits] == '.' || text[digits] == ')');
  return text.starts_with('-') || text.starts_with('+') || text.starts_with('=');
}

std::string escaped(std::string_view text, bool starts_line) {
  constexpr std::string_view kSigns = "\\`*_[]<>#|~&$";
  std::string out;
  if (starts_line && begins_like_a_sign(text)) {
    const std::size_t sign = text.find_first_not_of("0123456789");
    out = std::string(text.substr(0, sign)) + '\\' + text[sign];
    text.remove_prefix(sign + 1);
  }
  for (const char c : text) {
    if (kSigns.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string table_row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += ' ' + cell + " |";
  return out + '\n';
}

// The first row is the head, since a table has to have one.
std::string table_of(const Region& table) {
  std::string out;
  for (const Row& row : table.rows) {
    std::vector<std::string> cells(table.columns);
    for (const Cell& cell : row.cells) cells[cell.column] = escaped(text(cell), false);
    out += table_row(cells);
    if (&row == &table.rows.front()) {
      out += table_row(std::vector<std::string>(table.columns, "---"));
    }
  }
  return out;
}

std::string paragraphs_of(const Region& region) {
  std::string out;
  for (const Row& row : region.rows) {
    if (!out.empty()) out += row.starts_block ? "\n\n" : "  \n";
    out += escaped(text(row.cells.front()), true);
  }
  return out + '\n';
}

// A comment must not hold its own end.
std::string in_comment(std::string text) {
  for (std::size_t at = 0; (at = text.find("--", at)) != std::string::npos; ++at) {
    text.replace(at, 2, "- -");
  }
  return text;
}

class MarkdownWriter final : public DocumentWriter {
 public:
  explicit MarkdownWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& /*source*/) override { return {}; }

  Result<void> page(const Page& page) override {
    std::string out = first_ ? "" : "\n---\n\n";
    first_ = false;
    bool is_first_region = true;
    for (const Region& region : regions_of(page)) {
      if (!is_first_region) out += '\n';
      is_first_region = false;
      out += region.is_table ? table_of(region) : paragraphs_of(region);
    }
    return sink_(out);
  }

  Result<void> end(const Document& tail) override {
    return sink_("\n<!-- " + in_comment(xml_text(written(tail.provenance))) + " -->\n");
  }

 private:
  Sink sink_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_markdown_writer(Sink sink) {
  return std::make_unique<MarkdownWriter>(std::move(sink));
}

}  // namespace emend
