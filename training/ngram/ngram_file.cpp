// SPDX-License-Identifier: Apache-2.0
#include "training/ngram/ngram_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/digest.h"
#include "correct/ngram_format.h"
#include "correct/packed_tree.h"
#include "correct/sealed_file.h"

namespace emend::training {

namespace {

void put_u32(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 255);
}

void put_array(std::string& out, const std::vector<std::uint8_t>& bytes) {
  out.append(bytes.begin(), bytes.end());
  out.append(padded(bytes.size()) - bytes.size(), '\0');
}

// 256 evenly spaced values from the least to the greatest, and the nearest one's index for each.
struct Coded {
  std::vector<std::int32_t> book;
  std::vector<std::uint8_t> codes;
};

Coded coded(const std::vector<double>& values) {
  const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
  const double step = std::max((*greatest - *least) / (ngram::kCodes - 1), 1e-9);
  Coded result;
  for (std::size_t i = 0; i < ngram::kCodes; ++i) {
    const double value = *least + static_cast<double>(i) * step;
    result.book.push_back(static_cast<std::int32_t>(std::lround(value * ngram::kUnitsPerNat)));
  }
  for (const double value : values) {
    result.codes.push_back(static_cast<std::uint8_t>(std::lround((value - *least) / step)));
  }
  return result;
}

void put_book(std::string& out, const std::vector<std::int32_t>& book) {
  for (const auto value : book) put_u32(out, static_cast<std::uint32_t>(value));
}

void put_bases(std::string& out, const std::vector<std::uint8_t>& children) {
  const auto start = out.size();
  std::uint32_t base = 0;
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (i % PackedTree::kBlock == 0) put_u32(out, base);
    base += children[i];
  }
  out.append(padded(out.size() - start) - (out.size() - start), '\0');
}

}  // namespace

std::string ngram_file(const std::vector<ModelLevel>& levels) {
  std::string out(ngram::kMagic.begin(), ngram::kMagic.end());
  out.append(SealedFile::kHashedFrom - out.size(), '\0');
  put_u32(out, ngram::kVersion);
  put_u32(out, static_cast<std::uint32_t>(levels.size()));
  for (std::size_t k = 0; k < ngram::kMaxOrder; ++k) {
    put_u32(out, k < levels.size() ? static_cast<std::uint32_t>(levels[k].labels.size()) : 0);
  }
  std::vector<Coded> probabilities;
  probabilities.reserve(levels.size());
  std::vector<Coded> back_offs;
  for (const auto& level : levels) probabilities.push_back(coded(level.log_probability));
  for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
    back_offs.push_back(coded(levels[k].log_back_off));
  }
  for (const auto& part : probabilities) put_book(out, part.book);
  for (const auto& part : back_offs) put_book(out, part.book);
  for (std::size_t k = 0; k < levels.size(); ++k) {
    put_array(out, levels[k].labels);
    put_array(out, probabilities[k].codes);
    if (k + 1 == levels.size()) break;
    put_array(out, back_offs[k].codes);
    put_array(out, levels[k].children);
    put_bases(out, levels[k].children);
  }
  const auto digest = sha256(std::string_view(out).substr(SealedFile::kHashedFrom));
  std::memcpy(out.data() + SealedFile::kDigestOffset, digest.data(), digest.size());
  return out;
}

}  // namespace emend::training
