// SPDX-License-Identifier: Apache-2.0
#include "page_worker/number_reader/number_reader.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/unicode.h"
#include "process/locations.h"

namespace emend {

namespace {

// Printed alike, so one class stands for all of them; as in training/reader/alphabet.py.
char32_t printed_as(char32_t c) {
  switch (c) {
    case 0x2018:  // quotation marks and accents
    case 0x2019:
    case U'`':
      return U'\'';
    case 0x2013:  // dashes and the minus sign
    case 0x2014:
    case 0x2212:
      return U'-';
    case 0xD7:  // the sign of multiplication
      return U'x';
    case 0xA0:
      return U' ';
    default:
      return c;
  }
}

// A space more or less is no other reading.
std::u32string without_spaces(std::string_view text) {
  std::u32string signs = to_code_points(text);
  std::erase_if(signs, is_space);
  return signs;
}

Labels labels_of(const std::vector<Emission>& path) {
  Labels labels;
  for (const Emission& emission : path) labels.push_back(emission.label);
  return labels;
}

}  // namespace

CropReading::CropReading(LogProbabilities probabilities, const std::vector<char32_t>& alphabet)
    : probabilities_(std::move(probabilities)),
      alphabet_(alphabet),
      path_(best_path(probabilities_)) {
  labels_ = labels_of(path_);
  std::u32string text;
  for (const std::size_t label : labels_) text += alphabet_.at(label - 1);
  text_ = to_utf8(text);
  ln_likelihood_ = emend::ln_likelihood(probabilities_, labels_);
}

std::size_t CropReading::label_of(char32_t c) const {
  const auto found = std::find(alphabet_.begin(), alphabet_.end(), printed_as(c));
  if (found == alphabet_.end()) return alphabet_.size();
  return static_cast<std::size_t>(found - alphabet_.begin()) + 1;
}

double CropReading::ln_likelihood_of(std::string_view text) const {
  Labels labels;
  for (const char32_t c : to_code_points(text)) labels.push_back(label_of(c));
  return emend::ln_likelihood(probabilities_, labels);
}

// The likeliest other classes at the steps of this character, each put into the whole text.
std::vector<Alternative> CropReading::alternatives_at(std::size_t position) const {
  constexpr std::size_t kMost = 5;
  constexpr double kMaxCost = 12.0;  // nats, as for Tesseract's
  const Emission& own = path_[position];
  std::vector<std::pair<float, std::size_t>> others;  // -ln p, class
  for (std::size_t label = 1; label < probabilities_.classes; ++label) {
    if (label == own.label) continue;
    float best = probabilities_.at(own.first)[label];
    for (std::size_t step = own.first; step <= own.last; ++step) {
      best = std::max(best, probabilities_.at(step)[label]);
    }
    others.emplace_back(-best, label);
  }
  std::sort(others.begin(), others.end());
  if (others.size() > kMost) others.resize(kMost);
  std::vector<Alternative> alternatives = {{to_utf8(alphabet_.at(own.label - 1)), 0}};
  for (const auto& [cost_there, label] : others) {
    Labels labels = labels_;
    labels[position] = label;
    const double cost =
        std::max(0.0, ln_likelihood_ - emend::ln_likelihood(probabilities_, labels));
    if (cost <= kMaxCost) alternatives.push_back({to_utf8(alphabet_.at(label - 1)), cost});
  }
  std::stable_sort(alternatives.begin() + 1, alternatives.end(),
                   [](const Alternative& a, const Alternative& b) { return a.cost < b.cost; });
  return alternatives;
}

Reading CropReading::reading() const {
  Reading reading{.text = text_, .confidence = std::min(1.0, std::exp(ln_likelihood_))};
  for (std::size_t i = 0; i < path_.size(); ++i) reading.characters.push_back(alternatives_at(i));
  return reading;
}

Result<NumberReader> NumberReader::open(const std::filesystem::path& path,
                                        std::string_view digest) {
  auto file = open_reader_file(path, digest);
  if (!file) return tl::unexpected(std::move(file.error()));
  auto network = ReaderNetwork::create(*file);
  if (!network) return tl::unexpected(std::move(network.error()));
  return NumberReader(std::move(*network), std::move(*file));
}

Result<NumberReader> NumberReader::installed() {
  const auto path = find_data("models/reader.gguf");
  if (!path) return tl::unexpected(path.error());
  return open(*path, EMEND_READER_DIGEST);
}

NumberReader::NumberReader(ReaderNetwork network, ReaderFile file)
    : network_(std::move(network)),
      alphabet_(std::move(file.alphabet)),
      digest_(std::move(file.digest)) {}

std::u32string NumberReader::as_known(std::u32string_view text) const {
  std::u32string known;
  for (const char32_t c : text) {
    const auto found = std::find(alphabet_.begin(), alphabet_.end(), printed_as(c));
    known += found == alphabet_.end() ? kSomethingElse : *found;
  }
  return known;
}

std::optional<CropReading> NumberReader::read_once(const GreyCrop& crop, bool is_stretched) {
  const auto ink = normalised(crop, is_stretched);
  auto probabilities = ink ? network_.run(*ink) : tl::unexpected(Error{});
  if (!probabilities) return std::nullopt;
  return CropReading(std::move(*probabilities), alphabet_);
}

// To stretch is more than half of the time. Of 43 numbers of the development sets on which both
// readers agreed, Tesseract at 0.6 and more (read_numbers.cpp) and this one at kSure, and that read
// otherwise when they were stretched, all were right; of the 817 that did not, 803.
std::optional<CropReading> NumberReader::read(const GreyCrop& crop, std::string_view expected) {
  constexpr double kSure = 0.8;
  auto found = read_once(crop, false);
  if (!found) return found;
  const std::u32string text = without_spaces(found->text());
  const bool is_sure = found->ln_likelihood() >= std::log(kSure);
  if (is_sure && text == as_known(to_code_points(expected))) return found;
  const auto again = read_once(crop, true);
  if (!again || without_spaces(again->text()) != text) found->mark_unsteady();
  return found;
}

std::optional<CropReading> NumberReader::read(Pix* page, const Box& box,
                                              std::string_view expected) {
  const auto crop = cut_crop(page, box);
  if (!crop) return std::nullopt;
  return read(*crop, expected);
}

NumberReader* InstalledReader::get() {
  if (!is_tried_) {
    is_tried_ = true;
    auto reader = NumberReader::installed();
    if (reader) {
      reader_.emplace(std::move(*reader));
    } else if (reader.error().code != ErrorCode::missing_dependency) {
      trouble_ = reader.error().message + "; numbers are read by one reader alone";
    }
  }
  return reader_ ? &*reader_ : nullptr;
}

}  // namespace emend
