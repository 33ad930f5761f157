// SPDX-License-Identifier: Apache-2.0
// The columns of `tesseract FILE OUT tsv`, so that whoever reads those reads these.
#include <cstdio>
#include <utility>

#include "core/parts.h"
#include "output/writers.h"

namespace emend {

namespace {

constexpr std::string_view kHead =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_"
    "num\tleft\ttop\twidth\theight\tconf\ttext\n";

// Where a row stands: its level and the numbers of what it is in.
struct Place {
  int level = 0;
  int page = 0;
  int block = 0;
  int paragraph = 0;
  int line = 0;
  int word = 0;
};

std::string row(const Place& place, const Box& box, const std::string& confidence,
                const std::string& text) {
  std::string out;
  for (const int number : {place.level, place.page, place.block, place.paragraph, place.line,
                           place.word, box.x, box.y, box.width, box.height}) {
    out += std::to_string(number) + '\t';
  }
  return out + confidence + '\t' + text + '\n';
}

std::string row(const Place& place, const Box& box) {
  return row(place, box, "-1", "");
}

// 0..100, as Tesseract writes it, but calibrated. Hundredths without a locale's decimal comma.
std::string percent(double confidence) {
  const auto hundredths = static_cast<int>(confidence * 10000 + 0.5);
  const std::string digits = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + '.' + std::string(2 - digits.size(), '0') + digits;
}

std::string rows_of(const Line& line, Place place) {
  std::string out = row(place, line.box);
  place.level = 5;
  for (const Word& word : line.words) {
    for (const Piece& piece : pieces_of(word)) {
      ++place.word;
      out += row(place, piece.box, percent(word.confidence()), piece.text);
    }
  }
  return out;
}

class TsvWriter final : public DocumentWriter {
 public:
  explicit TsvWriter(Sink sink) : sink_(std::move(sink)) {}

  Result<void> begin(const std::string& /*source*/) override { return sink_(kHead); }

  Result<void> page(const Page& page) override {
    std::string out = row({1, page.number}, {0, 0, page.width, page.height});
    int number = 0;
    for (const auto& block : blocks_of(page)) {
      ++number;
      const Box box = union_of(block);
      out += row({2, page.number, number}, box) + row({3, page.number, number, 1}, box);
      int line_number = 0;
      for (const Line& line : block) {
        out += rows_of(line, {4, page.number, number, 1, ++line_number});
      }
    }
    return sink_(out);
  }

  Result<void> end(const Document& /*tail*/) override { return {}; }

 private:
  Sink sink_;
};

}  // namespace

std::unique_ptr<DocumentWriter> make_tsv_writer(Sink sink) {
  return std::make_unique<TsvWriter>(std::move(sink));
}

}  // namespace emend
