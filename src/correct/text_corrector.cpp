// SPDX-License-Identifier: Apache-2.0
#include "correct/text_corrector.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/token.h"
#include "core/unicode.h"

namespace emend {

namespace {

// A text is corrected in pieces, so that memory does not grow with it.
constexpr std::size_t kLinesOfPiece = 400;

// Words of plain text have no confidence: known ones are left alone, unknown ones looked at.
constexpr double kTextConfidence = 0.6;

struct TextLine {
  std::vector<std::string> gaps;  // white space before each word and after the last one
  std::string end;                // "\n", "\r\n" or nothing
};

struct Piece {
  Page page;
  std::vector<TextLine> lines;
};

bool is_trimmed(char32_t c) {
  return is_space(c) && (c == U' ' || c == U'\t' || c >= 0xA0) && c != 0x2028 && c != 0x2029;
}

std::string trimmed(std::string_view gap) {
  std::string kept;
  for (const char32_t c : to_code_points(gap)) {
    if (!is_trimmed(c)) kept += to_utf8(c);
  }
  return kept;
}

void add_line(std::string_view text, std::string_view end, Piece& piece) {
  Line line;
  TextLine layout{{""}, std::string(end)};
  bool in_word = false;
  for (const char32_t c : to_code_points(text)) {
    const bool space = is_space(c);
    if (!space && !in_word) {
      Word word;
      word.readings = {{"", kTextConfidence, {}}};
      line.words.push_back(std::move(word));
    }
    if (space && in_word) layout.gaps.emplace_back();
    in_word = !space;
    (space ? layout.gaps.back() : line.words.back().readings[0].text) += to_utf8(c);
  }
  if (in_word) layout.gaps.emplace_back();
  for (Word& word : line.words) word.kind = classify(word.text());
  piece.page.lines.push_back(std::move(line));
  piece.lines.push_back(std::move(layout));
}

// Takes lines off the front of `text`.
Piece next_piece(std::string_view& text) {
  Piece piece;
  piece.page.number = 1;
  while (!text.empty() && piece.lines.size() < kLinesOfPiece) {
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    std::string_view end = newline == std::string_view::npos ? "" : "\n";
    text.remove_prefix(line.size() + end.size());
    if (!end.empty() && line.ends_with('\r')) {
      line.remove_suffix(1);
      end = "\r\n";
    }
    add_line(line, end, piece);
  }
  return piece;
}

// A capitalised word that comes twice is more likely a name than the same misreading twice.
void trust_repeated_names(Page& page) {
  std::map<std::string, int> times;
  const auto name_of = [](const Word& word) {
    const std::string core(strip_outer(word.text()).core);
    const std::u32string points = to_code_points(core);
    return !points.empty() && is_upper(points.front()) ? core : std::string();
  };
  for (const Line& line : page.lines) {
    for (const Word& word : line.words) ++times[name_of(word)];
  }
  for (Line& line : page.lines) {
    for (Word& word : line.words) {
      const std::string name = name_of(word);
      if (!name.empty() && times[name] > 1) word.readings[0].confidence = 1;
    }
  }
}

std::string joined(const Page& page, const std::vector<TextLine>& lines, bool keep_space) {
  std::string out;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const std::vector<Word>& words = page.lines[l].words;
    const std::vector<std::string>& gaps = lines[l].gaps;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      const bool outer = i == 0 || i == words.size();
      out += outer && !keep_space ? trimmed(gaps[i]) : gaps[i];
      if (i < words.size()) out += words[i].text();
    }
    out += lines[l].end;
  }
  return out;
}

}  // namespace

Result<CorrectedText> proofread(std::string_view text, const CorrectOptions& options,
                                const CorrectionSources& sources, const std::stop_token& stop) {
  if (!is_valid_utf8(text)) {
    return fail(ErrorCode::unreadable_input, "the text is not valid UTF-8",
                "convert it to UTF-8, for example with iconv");
  }
  CorrectOptions text_options = options;
  text_options.keep_confidence = CorrectOptions().keep_confidence;
  std::optional<Corrector> corrector;
  if (sources.lexicon != nullptr || sources.fast != nullptr) {
    auto made = Corrector::create(text_options, sources);
    if (!made) return tl::unexpected(made.error());
    corrector = std::move(*made);
  }
  CorrectedText corrected;
  std::size_t lines_done = 0;
  while (!text.empty()) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "correction was stopped");
    Piece piece = next_piece(text);
    trust_repeated_names(piece.page);
    Page page = corrector ? corrector->correct(piece.page, stop) : piece.page;
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "correction was stopped");
    corrected.text += joined(page, piece.lines, options.keep_space);
    for (Edit& edit : page.edits) {
      edit.line += lines_done;
      corrected.edits.push_back(std::move(edit));
    }
    for (Notice& notice : page.notices) corrected.notices.push_back(std::move(notice));
    lines_done += piece.lines.size();
  }
  return corrected;
}

}  // namespace emend
