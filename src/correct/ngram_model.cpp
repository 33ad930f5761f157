// SPDX-License-Identifier: Apache-2.0
#include "correct/ngram_model.h"

#include <algorithm>
#include <cstring>

namespace emend {

namespace {

constexpr std::uint32_t kMostNodes = 1U << 28;  // sizes computed from it cannot overflow

}  // namespace

Result<std::unique_ptr<NgramModel>> NgramModel::open(const std::filesystem::path& path) {
  auto file = SealedFile::open(path, ngram::kMagic);
  if (!file) return tl::unexpected(std::move(file.error()).at(path.string()));
  std::unique_ptr<NgramModel> model(new NgramModel);
  model->file_ = std::move(*file);
  model->name_ = path.stem().string();
  auto sound = model->read_header().and_then([&] { return model->find_levels(); }).and_then([&] {
    return model->check_children();
  });
  if (!sound) return tl::unexpected(std::move(sound.error()).at(path.string()));
  return model;
}

Result<void> NgramModel::read_header() {
  const unsigned char* header = file_.data();
  if (file_.size() < ngram::kHeaderSize) return damaged_file("its size is wrong");
  if (load_u32(header + 40) != ngram::kVersion) return damaged_file("its version is another");
  order_ = load_u32(header + 44);
  if (order_ < 2 || order_ > ngram::kMaxOrder) return damaged_file("its order is out of range");
  for (std::size_t k = 0; k < ngram::kMaxOrder; ++k) {
    levels_[k].nodes = load_u32(header + 48 + 4 * k);
    const bool is_used = k < order_;
    if (levels_[k].nodes > (is_used ? kMostNodes : 0)) return damaged_file("its size is wrong");
  }
  if (levels_[0].nodes != ngram::kCodes) return damaged_file("it does not have 256 bytes");
  return {};
}

Result<void> NgramModel::find_levels() {
  std::size_t place = ngram::kHeaderSize;
  const auto take = [&](std::size_t size) {
    const unsigned char* array = file_.data() + std::min(place, file_.size());
    place += padded(size);
    return array;
  };
  const std::size_t books = (2 * order_ - 1) * ngram::kCodes * 4;
  if (file_.size() < place + books) return damaged_file("its size is wrong");
  const auto read_book = [&](auto& book) {
    const unsigned char* from = take(ngram::kCodes * 4);
    for (std::size_t i = 0; i < ngram::kCodes; ++i) {
      book[i] = static_cast<std::int32_t>(load_u32(from + 4 * i));
    }
  };
  for (std::size_t k = 0; k < order_; ++k) read_book(levels_[k].probabilities);
  for (std::size_t k = 0; k + 1 < order_; ++k) read_book(levels_[k].back_off_weights);
  for (std::size_t k = 0; k < order_; ++k) {
    Level& level = levels_[k];
    level.labels = take(level.nodes);
    level.codes = take(level.nodes);
    if (k + 1 == order_) break;
    level.back_offs = take(level.nodes);
    const unsigned char* children = take(level.nodes);
    level.tree = PackedTree(children, take(4 * PackedTree::blocks(level.nodes)));
  }
  if (place != file_.size()) return damaged_file("its size is wrong");
  return {};
}

// After this every child that can be reached lies inside its level.
Result<void> NgramModel::check_children() const {
  for (std::size_t k = 0; k + 1 < order_; ++k) {
    if (!levels_[k].tree.is_sound(levels_[k].nodes, 0, levels_[k + 1].nodes)) {
      return damaged_file("its nodes do not add up");
    }
  }
  return {};
}

std::int64_t NgramModel::advance_byte(State& state, unsigned char byte) const {
  State next;
  next.nodes[0] = byte;
  next.depth = 1;
  std::uint32_t longest = byte;  // the longest known n-gram that ends with this byte
  std::uint32_t matched = 0;     // bytes of context that it has
  for (; matched < state.depth; ++matched) {
    const Level& level = levels_[matched];
    const std::uint32_t node = state.nodes[matched];
    const std::uint32_t count = level.tree.child_count(node);
    if (count == 0) break;
    const std::uint32_t first = level.tree.first_child(node);
    const Level& below = levels_[matched + 1];
    const void* found = std::memchr(below.labels + first, byte, count);
    if (found == nullptr) break;
    longest = static_cast<std::uint32_t>(static_cast<const unsigned char*>(found) - below.labels);
    if (matched + 2 < order_) {
      next.nodes[matched + 1] = longest;
      next.depth = matched + 2;
    }
  }
  const Level& level = levels_[matched];
  std::int64_t sum = level.probabilities[level.codes[longest]];
  for (std::uint32_t k = matched; k < state.depth; ++k) {
    sum += levels_[k].back_off_weights[levels_[k].back_offs[state.nodes[k]]];
  }
  state = next;
  return sum;
}

NgramModel::State NgramModel::start() const {
  State state;
  advance_byte(state, '\n');
  return state;
}

double NgramModel::advance(State& state, std::string_view text) const {
  std::int64_t sum = 0;
  for (const char c : text) sum += advance_byte(state, static_cast<unsigned char>(c));
  return static_cast<double>(sum) / ngram::kUnitsPerNat;
}

Result<std::vector<std::vector<double>>> NgramModel::score(std::span<const ScoreRequest> requests) {
  std::vector<std::vector<double>> scores;
  scores.reserve(requests.size());
  for (const auto& request : requests) {
    State before = start();
    // Nothing further back than the order can matter.
    std::string_view context = request.before;
    if (context.size() > order_) context.remove_prefix(context.size() - order_);
    advance(before, context);
    auto& row = scores.emplace_back();
    row.reserve(request.candidates.size());
    for (const auto& candidate : request.candidates) {
      State state = before;
      const double own = advance(state, candidate);
      row.push_back(own + advance(state, request.after));
    }
  }
  return scores;
}

}  // namespace emend
