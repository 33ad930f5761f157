// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/text_layer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/pieces.h"
#include "core/unicode.h"

namespace emend {

namespace {

// The shortest decimal form with at most `decimals`, the same in every locale.
std::string number(double value, int decimals) {
  std::array<char, 40> text{};
  const auto done = std::to_chars(text.data(), text.data() + text.size(), value,
                                  std::chars_format::fixed, decimals);
  std::string out(text.data(), done.ptr);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return out == "-0" ? "0" : out;
}

// Pixels of the upright page, with the origin at its bottom left, in PDF.
Affine pixels_in(const Page& page, const PageSpace& space) {
  const auto place = [&](double x, double y_up) {
    const Point share{x / page.width, 1 - y_up / page.height};
    return from_shown(space, shown_from_upright(page.rotation, share));
  };
  return affine_by(place(0, 0), place(1, 0), place(0, 1));
}

std::string written(const Affine& m) {
  std::string out;
  for (const double value : {m.a, m.b, m.c, m.d, m.e, m.f}) out += number(value, 6) + ' ';
  return out + "cm\n";
}

class LayerText {
 public:
  LayerText(const Page& page, InvisibleFont& font, const IsTaken& is_taken)
      : page_(page), font_(font), is_taken_(is_taken) {}

  std::string operators() {
    for (const Line& line : page_.lines) add(line);
    return std::move(out_);
  }

 private:
  void add(const Line& line) {
    std::vector<Piece> pieces;
    for (const Word& word : line.words) {
      for (Piece& piece : pieces_of(word)) pieces.push_back(std::move(piece));
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const bool is_last = i + 1 == pieces.size();
      if (!is_taken_(shown_middle(pieces[i].box))) add(pieces[i], is_last);
    }
  }

  [[nodiscard]] Point shown_middle(const Box& box) const {
    const Point share{(box.x + box.width / 2.0) / page_.width,
                      (box.y + box.height / 2.0) / page_.height};
    return shown_from_upright(page_.rotation, share);
  }

  // Every character has the same width, so that all of a word fill its box. A space follows for
  // viewers that do not see a gap; it may reach into the next word, which hurts nobody.
  void add(const Piece& piece, bool is_last) {
    const std::u32string logical = to_code_points(piece.text);
    if (logical.empty()) return;
    // As print of scripts that run from the right is stored; viewers turn it round again. Their
    // spaces would stand on the wrong side.
    const std::u32string text = in_visual_order(logical);
    const bool has_space = !is_last && text == logical;
    constexpr double kEm = InvisibleFont::kUnitsPerEm;
    const double advance = static_cast<double>(text.size()) * InvisibleFont::kAdvance / kEm;
    const int height = std::max(piece.box.height, 1);
    const double baseline = page_.height - piece.box.y - height -
                            height * static_cast<double>(InvisibleFont::kDescent) / kEm;
    out_ += number(std::max(piece.box.width, 1) / advance, 3) + " 0 0 " + std::to_string(height) +
            ' ' + std::to_string(piece.box.x) + ' ' + number(baseline, 1) + " Tm<" +
            font_.codes(has_space ? text + U' ' : text) + ">Tj\n";
  }

  const Page& page_;
  InvisibleFont& font_;
  const IsTaken& is_taken_;
  std::string out_;
};

}  // namespace

std::string text_layer(const Page& page, const PageSpace& space, InvisibleFont& font,
                       const std::string& font_name, const IsTaken& is_taken) {
  if (page.width < 1 || page.height < 1) return {};
  const std::string operators = LayerText(page, font, is_taken).operators();
  if (operators.empty()) return {};
  return "q " + written(pixels_in(page, space)) + "BT 3 Tr /" + font_name + " 1 Tf\n" + operators +
         "ET Q\n";
}

}  // namespace emend
