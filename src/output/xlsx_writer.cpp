// SPDX-License-Identifier: Apache-2.0
// A workbook with a sheet for each page: rows as they are printed, the cells of tables in columns.
// libxlsxwriter keeps the cells of all pages until the end.
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/regions.h"
#include "output/writers.h"
#include "output/xml.h"
#include "process/unnamed_file.h"

namespace emend {

namespace {

struct Close {
  void operator()(lxw_workbook* book) const { workbook_close(book); }
};

struct Number {
  double value = 0;
  int decimals = 0;
};

// A number that every country reads alike and that a cell shows again as it is printed: no leading
// zeros, no separators of thousands, a point with one or two digits after it. 1.234 may be a
// thousand or one and a bit, so it stays text.
std::optional<Number> plain_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 15;
  std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t decimals = point < digits.size() ? digits.size() - point - 1 : 0;
  const bool is_shown_again = point == 1 || (point > 1 && digits.front() != '0');
  if (!is_shown_again || digits.size() > kMostDigits || decimals > 2 || digits.ends_with('.')) {
    return std::nullopt;
  }
  Number number{0, static_cast<int>(decimals)};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number.value, std::chars_format::fixed);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (number.value == 0 && text.starts_with('-')) return std::nullopt;
  return number;
}

struct Look {
  Light light = Light::none;
  bool is_edited = false;
  int decimals = -1;  // of a number; -1 for text

  friend bool operator<(const Look& a, const Look& b) {
    return std::tie(a.light, a.is_edited, a.decimals) < std::tie(b.light, b.is_edited, b.decimals);
  }
};

class XlsxWriter final : public DocumentWriter {
 public:
  explicit XlsxWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& source) override {
    auto file = UnnamedFile::create();
    if (!file) return tl::unexpected(std::move(file.error()));
    file_ = std::move(*file);
    source_ = xml_text(source);
    looks_.clear();
    book_.reset(workbook_new(file_->path().c_str()));
    if (!book_) return fail(ErrorCode::io_failed, "a workbook cannot be begun");
    return {};
  }

  Result<void> page(const Page& page) override {
    const std::string name = "Page " + std::to_string(page.number);
    lxw_worksheet* sheet = workbook_add_worksheet(book_.get(), name.c_str());
    if (sheet == nullptr) return cannot_hold(name);
    lxw_row_t at = 0;
    for (const Region& region : regions_of(page)) {
      for (const Row& row : region.rows) {
        if (row.starts_block && at > 0) ++at;
        for (const Cell& cell : row.cells) {
          if (!put(sheet, at, cell)) return cannot_hold(name);
        }
        ++at;
      }
    }
    return {};
  }

  Result<void> end(const Document& tail) override {
    constexpr time_t kNever = 315532800;  // the first day that ZIP knows, 1980-01-01
    std::string origin = xml_text(written(tail.provenance));
    lxw_doc_properties properties{};
    properties.title = source_.data();
    properties.comments = origin.data();
    properties.created = kNever;
    workbook_set_properties(book_.get(), &properties);
    const lxw_error problem = workbook_close(book_.release());
    if (problem != LXW_NO_ERROR) {
      return fail(ErrorCode::io_failed,
                  std::string("the workbook cannot be written: ") + lxw_strerror(problem));
    }
    return file_->pour(sink_);
  }

 private:
  static tl::unexpected<Error> cannot_hold(const std::string& sheet) {
    return fail(ErrorCode::limit_exceeded, "a workbook cannot hold " + sheet,
                "write another format, or fewer pages");
  }

  bool put(lxw_worksheet* sheet, lxw_row_t row, const Cell& cell) {
    const std::string content = xml_text(text(cell));
    const auto column = static_cast<lxw_col_t>(cell.column);
    const auto number = plain_number(content);
    Look look{.decimals = number ? number->decimals : -1};
    std::string recognised;
    for (const PlacedWord& placed : cell.words) {
      look.light = std::max(look.light, placed.word->light);
      if (placed.edit == nullptr) continue;
      look.is_edited = true;
      recognised += (recognised.empty() ? "" : ", ") + placed.edit->before;
    }
    lxw_format* format = format_of(look);
    const lxw_error problem =
        number ? worksheet_write_number(sheet, row, column, number->value, format)
               : worksheet_write_string(sheet, row, column, content.c_str(), format);
    if (problem == LXW_NO_ERROR && !recognised.empty()) {
      worksheet_write_comment(sheet, row, column, xml_text("recognised: " + recognised).c_str());
    }
    return problem == LXW_NO_ERROR;
  }

  // What a reader should look at has a background, as in the other formats.
  lxw_format* format_of(const Look& look) {
    auto [known, is_new] = looks_.try_emplace(look, nullptr);
    if (!is_new) return known->second;
    lxw_format* format = workbook_add_format(book_.get());
    if (look.light == Light::red) {
      format_set_bg_color(format, 0xffd0d0);
    } else if (look.light == Light::yellow) {
      format_set_bg_color(format, 0xfff3bf);
    } else if (look.is_edited) {
      format_set_bg_color(format, 0xd7f5d7);
    }
    if (look.decimals == 0) format_set_num_format(format, "0");
    if (look.decimals == 1) format_set_num_format(format, "0.0");
    if (look.decimals == 2) format_set_num_format(format, "0.00");
    known->second = format;
    return format;
  }

  Sink sink_;
  std::string source_;
  std::optional<UnnamedFile> file_;
  std::unique_ptr<lxw_workbook, Close> book_;
  std::map<Look, lxw_format*> looks_;  // the book owns them
};

}  // namespace

std::unique_ptr<DocumentWriter> make_xlsx_writer(Sink sink) {
  return std::make_unique<XlsxWriter>(std::move(sink));
}

}  // namespace emend
