// SPDX-License-Identifier: Apache-2.0
#include "page_worker/input/pdf_content.h"

#include <array>
#include <cmath>
#include <exception>
#include <optional>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <utility>

#include "page_worker/graft/affine.h"

namespace emend {

namespace {

using Object = QPDFObjectHandle;

constexpr int kMostOperators = 300'000;  // a map has millions, and they tell nothing new
constexpr std::size_t kMostOperands = 64;
constexpr std::size_t kMostStates = 256;
constexpr int kDeepestForm = 6;
constexpr int kInvisible = 3;

// `inner` first, then `outer`.
Affine joined(const Affine& inner, const Affine& outer) {
  return {inner.a * outer.a + inner.b * outer.c,
          inner.a * outer.b + inner.b * outer.d,
          inner.c * outer.a + inner.d * outer.c,
          inner.c * outer.b + inner.d * outer.d,
          inner.e * outer.a + inner.f * outer.c + outer.e,
          inner.e * outer.b + inner.f * outer.d + outer.f};
}

std::optional<Affine> matrix_of(std::vector<Object> numbers) {
  if (numbers.size() != 6) return std::nullopt;
  std::array<double, 6> v{};
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (!numbers[i].isNumber()) return std::nullopt;
    v.at(i) = numbers[i].getNumericValue();
  }
  return Affine{v[0], v[1], v[2], v[3], v[4], v[5]};
}

double number_at(Object dictionary, const char* key) {
  Object value = dictionary.getKey(key);
  return value.isNumber() ? value.getNumericValue() : 0;
}

// What the operators of a page, and of the forms in it, have set up to now.
struct State {
  Affine space;
  int render_mode = 0;
};

class Watcher final : public Object::ParserCallbacks {
 public:
  Watcher(PdfContent& content, int& operators, const State& state, Object resources, int depth)
      : content_(content),
        operators_(operators),
        states_{state},
        resources_(std::move(resources)),
        depth_(depth) {}

  void handleObject(Object object) override {
    if (object.isOperator()) {
      if (++operators_ > kMostOperators) terminateParsing();
      obey(object.getOperatorValue());
      operands_.clear();
    } else if (operands_.size() < kMostOperands) {
      operands_.push_back(std::move(object));
    }
  }
  void handleEOF() override {}

 private:
  void obey(const std::string& name) {
    State& state = states_.back();
    if (name == "q" && states_.size() < kMostStates) {
      states_.push_back(State(state));
    } else if (name == "Q" && states_.size() > 1) {
      states_.pop_back();
    } else if (name == "cm") {
      if (const auto matrix = matrix_of(operands_)) state.space = joined(*matrix, state.space);
    } else if (name == "Tr" && !operands_.empty() && operands_.back().isInteger()) {
      state.render_mode = operands_.back().getIntValueAsInt();
    } else if (name == "Tj" || name == "TJ" || name == "'" || name == "\"") {
      ++(state.render_mode == kInvisible ? content_.hidden_texts : content_.shown_texts);
    } else if (name == "Do" && !operands_.empty() && operands_.back().isName()) {
      draw(operands_.back().getName());
    } else if (name == "ID") {
      draw_inline();
    }
  }

  void draw(const std::string& name) {
    Object objects = resources_.isDictionary() ? resources_.getKey("/XObject") : Object::newNull();
    Object object = objects.isDictionary() ? objects.getKey(name) : Object::newNull();
    if (!object.isStream()) return;
    Object dictionary = object.getDict();
    if (object.isImage(false)) {
      add_image(number_at(dictionary, "/Width"), number_at(dictionary, "/Height"));
    } else if (object.isFormXObject() && depth_ < kDeepestForm) {
      State inside = states_.back();
      Object matrix = dictionary.getKey("/Matrix");
      if (matrix.isArray()) {
        if (const auto own = matrix_of(matrix.getArrayAsVector())) {
          inside.space = joined(*own, inside.space);
        }
      }
      Object own = dictionary.getKey("/Resources");
      Watcher watcher(content_, operators_, inside, own.isDictionary() ? own : resources_,
                      depth_ + 1);
      object.parseAsContents(&watcher);
    }
  }

  // The operands are names and values in turn: /W 100 /H 50 ...
  void draw_inline() {
    double width = 0;
    double height = 0;
    for (std::size_t i = 0; i + 1 < operands_.size(); i += 2) {
      if (!operands_[i].isName() || !operands_[i + 1].isNumber()) continue;
      const std::string key = operands_[i].getName();
      if (key == "/W" || key == "/Width") width = operands_[i + 1].getNumericValue();
      if (key == "/H" || key == "/Height") height = operands_[i + 1].getNumericValue();
    }
    add_image(width, height);
  }

  // An image fills the unit square of the space in which it is drawn.
  void add_image(double width, double height) {
    constexpr std::size_t kMostImages = 10'000;
    const Affine& space = states_.back().space;
    if (width < 1 || height < 1 || content_.images.size() >= kMostImages) return;
    content_.images.push_back(
        {width, height, std::hypot(space.a, space.b), std::hypot(space.c, space.d)});
  }

  PdfContent& content_;
  int& operators_;  // of the whole page
  std::vector<State> states_;
  std::vector<Object> operands_;
  Object resources_;
  int depth_;
};

}  // namespace

class PdfContents::Source {
 public:
  Source(const std::filesystem::path& path, const std::string& password) {
    pdf_.setSuppressWarnings(true);
    pdf_.processFile(path.c_str(), password.c_str());
    pages_ = QPDFPageDocumentHelper(pdf_).getAllPages();
    for (const QPDFExc& warning : pdf_.getWarnings()) {
      is_repaired_ |= warning.getMessageDetail().find("econstruct") != std::string::npos ||
                      warning.getMessageDetail().find("damaged") != std::string::npos;
    }
  }

  [[nodiscard]] bool is_repaired() const { return is_repaired_; }

  PdfContent of(int number) {
    PdfContent content;
    if (number < 1 || static_cast<std::size_t>(number) > pages_.size()) return content;
    QPDFPageObjectHelper& page = pages_[static_cast<std::size_t>(number) - 1];
    int operators = 0;
    Watcher watcher(content, operators, {}, page.getAttribute("/Resources", false), 0);
    page.parseContents(&watcher);
    return content;
  }

 private:
  QPDF pdf_;
  std::vector<QPDFPageObjectHelper> pages_;
  bool is_repaired_ = false;
};

PdfContents::PdfContents(std::filesystem::path path, std::string password)
    : path_(std::move(path)), password_(std::move(password)) {}
PdfContents::~PdfContents() = default;

PdfContents::Source* PdfContents::source() {
  if (!has_tried_) {
    has_tried_ = true;
    source_ = std::make_unique<Source>(path_, password_);
  }
  return source_.get();
}

PdfContent PdfContents::of(int number) {
  try {
    Source* const file = source();
    return file != nullptr ? file->of(number) : PdfContent();
  } catch (const std::exception&) {  // also where memory is short
    return {};
  }
}

bool PdfContents::is_repaired() {
  try {
    Source* const file = source();
    return file != nullptr && file->is_repaired();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace emend
