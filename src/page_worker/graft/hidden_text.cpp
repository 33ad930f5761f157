// SPDX-License-Identifier: Apache-2.0
#include "page_worker/graft/hidden_text.h"

#include <array>
#include <optional>
#include <qpdf/Pl_String.hh>
#include <string>
#include <utility>
#include <vector>

namespace emend {

namespace {

using Object = QPDFObjectHandle;
using Token = QPDFTokenizer::Token;

// Passes every operator with its operands on, except those that show hidden text.
class HiddenTextFilter final : public Object::TokenFilter {
 public:
  void handleToken(const Token& token) override {
    operation_.push_back(token);
    if (token.getType() != QPDFTokenizer::tt_word) return;
    obey(token.getValue());
    operation_.clear();
  }
  void handleEOF() override { pass_on(); }

  [[nodiscard]] bool has_removed() const { return has_removed_; }

 private:
  void obey(const std::string& name) {
    constexpr std::size_t kMostStates = 256;
    constexpr int kInvisible = 3;
    if (name == "q" && modes_.size() < kMostStates) modes_.push_back(int(modes_.back()));
    if (name == "Q" && modes_.size() > 1) modes_.pop_back();
    if (name == "Tr") modes_.back() = last_integer().value_or(modes_.back());
    const bool shows = name == "Tj" || name == "TJ" || name == "'" || name == "\"";
    if (!shows || modes_.back() != kInvisible) return pass_on();
    has_removed_ = true;
    // These two also go to the next line.
    if (name == "'" || name == "\"") write(" T* ");
  }

  void pass_on() {
    for (const Token& token : operation_) writeToken(token);
    operation_.clear();
  }

  [[nodiscard]] std::optional<int> last_integer() const {
    for (auto token = operation_.rbegin(); token != operation_.rend(); ++token) {
      if (token->getType() != QPDFTokenizer::tt_integer) continue;
      const std::string& digits = token->getValue();
      if (digits.size() == 1) return digits[0] - '0';
      return std::nullopt;
    }
    return std::nullopt;
  }

  std::vector<Token> operation_;  // operands up to their operator
  std::vector<int> modes_ = {0};
  bool has_removed_ = false;
};

// The filtered contents; nothing when there was no hidden text.
std::optional<std::string> without_hidden_text(QPDFPageObjectHelper contents) {
  HiddenTextFilter filter;
  std::string kept;
  Pl_String sink("kept", nullptr, kept);
  contents.filterContents(&filter, &sink);
  if (!filter.has_removed()) return std::nullopt;
  return kept;
}

// Forms hold contents like a page, and forms in turn.
class Cleaner {
 public:
  Cleaner(QPDF& pdf, StoredStreams& streams) : pdf_(pdf), streams_(streams) {}

  Result<bool> clean_page(QPDFPageObjectHelper page) {
    const auto kept = without_hidden_text(page);
    if (kept) {
      auto contents = streams_.add(pdf_, *kept);
      if (!contents) return tl::unexpected(std::move(contents.error()));
      page.getObjectHandle().replaceKey("/Contents", *contents);
    }
    auto has_cleaned = clean_forms(page.getAttribute("/Resources", true), 0);
    if (has_cleaned) *has_cleaned |= kept.has_value();
    return has_cleaned;
  }

 private:
  // `resources` belongs to this page alone. Whether there was anything to take out.
  Result<bool> clean_forms(Object resources, int depth) {
    constexpr int kDeepest = 6;
    Object objects = resources.isDictionary() ? resources.getKey("/XObject") : Object::newNull();
    if (!objects.isDictionary() || depth > kDeepest) return false;
    Object own = objects.shallowCopy();
    bool is_changed = false;
    for (const std::string& name : objects.getKeys()) {
      Object form = objects.getKey(name);
      if (!form.isFormXObject()) continue;
      auto clean = cleaned(form, depth);
      if (!clean) return tl::unexpected(std::move(clean.error()));
      if (!*clean) continue;
      own.replaceKey(name, **clean);
      is_changed = true;
    }
    if (is_changed) resources.replaceKey("/XObject", own);
    return is_changed;
  }

  // Another form in the place of `form`; nothing when it can stay.
  Result<std::optional<Object>> cleaned(Object form, int depth) {
    const auto kept = without_hidden_text(QPDFPageObjectHelper(form));
    Object resources = form.getDict().getKey("/Resources");
    Object own_resources = resources.isDictionary() ? resources.shallowCopy() : resources;
    const auto has_cleaned = clean_forms(own_resources, depth + 1);
    if (!has_cleaned) return tl::unexpected(has_cleaned.error());
    if (!kept && !*has_cleaned) return std::optional<Object>();
    std::string bytes;
    if (!kept) {
      const auto data = form.getStreamData(qpdf_dl_generalized);
      bytes.assign(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    }
    auto stream = streams_.add(pdf_, kept ? *kept : bytes);
    if (!stream) return tl::unexpected(std::move(stream.error()));
    Object dictionary = form.getDict();
    for (const std::string& key : dictionary.getKeys()) {
      if (key == "/Length" || key == "/Filter" || key == "/DecodeParms") continue;
      stream->getDict().replaceKey(key, dictionary.getKey(key));
    }
    if (own_resources.isDictionary()) stream->getDict().replaceKey("/Resources", own_resources);
    return std::optional<Object>(*stream);
  }

  QPDF& pdf_;
  StoredStreams& streams_;
};

}  // namespace

Result<bool> remove_hidden_text(QPDF& pdf, QPDFPageObjectHelper page, StoredStreams& streams) {
  return Cleaner(pdf, streams).clean_page(page);
}

}  // namespace emend
