// SPDX-License-Identifier: Apache-2.0
#include "correct/ngram_model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

#include "core/sha256.h"

namespace emend {

namespace {

using ngram::load_u32;
using ngram::load_u64;

constexpr std::uintmax_t kLargestFile = 1U << 30;  // far above any model, far below size_t's end

Result<void> damaged(const char* what) {
  return fail(ErrorCode::unreadable_input, std::string("not a whole n-gram model: ") + what,
              "Install emend again; the file is part of it.");
}

// The sum of the first `count` (at most 7) of 8 bytes.
std::uint32_t sum_of_bytes(std::uint64_t bytes, std::uint32_t count) {
  bytes &= (std::uint64_t{1} << (8 * count)) - 1;
  constexpr std::uint64_t kEven = 0x00FF00FF00FF00FF;
  const std::uint64_t pairs = (bytes & kEven) + ((bytes >> 8) & kEven);
  return static_cast<std::uint32_t>((pairs * 0x0001000100010001) >> 48);
}

std::uint32_t sum_of_8_bytes(std::uint64_t bytes) {
  return sum_of_bytes(bytes, 7) + static_cast<std::uint32_t>(bytes >> 56);
}

}  // namespace

Result<std::unique_ptr<NgramModel>> NgramModel::open(const std::filesystem::path& path) {
  std::unique_ptr<NgramModel> model(new NgramModel);
  auto opened = model->map(path)
                    .and_then([&] { return model->check_digest(); })
                    .and_then([&] { return model->read_header(); })
                    .and_then([&] { return model->find_levels(); })
                    .and_then([&] { return model->check_children(); });
  if (!opened) return tl::unexpected(std::move(opened.error()).at(path.string()));
  model->name_ = path.stem().string();
  return model;
}

NgramModel::~NgramModel() {
  if (file_ != nullptr) ::munmap(const_cast<unsigned char*>(file_), size_);
}

Result<void> NgramModel::map(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io_failed;
    return fail(code, std::strerror(errno));
  }
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = is_file ? static_cast<std::uintmax_t>(status.st_size) : 0;
  void* address = MAP_FAILED;
  if (size >= ngram::kHeaderSize && size <= kLargestFile) {
    address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  const int problem = errno;
  ::close(descriptor);
  if (size < ngram::kHeaderSize || size > kLargestFile) return damaged("its size is wrong");
  if (address == MAP_FAILED) return fail(ErrorCode::io_failed, std::strerror(problem));
  file_ = static_cast<const unsigned char*>(address);
  size_ = size;
  return {};
}

Result<void> NgramModel::check_digest() {
  if (std::memcmp(file_, ngram::kMagic.data(), ngram::kMagic.size()) != 0) {
    return damaged("it does not begin as one");
  }
  const auto digest = sha256(
      {reinterpret_cast<const char*>(file_) + ngram::kHashedFrom, size_ - ngram::kHashedFrom});
  if (std::memcmp(file_ + ngram::kDigestOffset, digest.data(), digest.size()) != 0) {
    return damaged("its checksum does not match");
  }
  hash_ = to_hex(digest);
  return {};
}

Result<void> NgramModel::read_header() {
  if (load_u32(file_ + 40) != ngram::kVersion) return damaged("its version is another");
  order_ = load_u32(file_ + 44);
  if (order_ < 2 || order_ > ngram::kMaxOrder) return damaged("its order is out of range");
  for (std::size_t k = 0; k < ngram::kMaxOrder; ++k) {
    levels_[k].nodes = load_u32(file_ + 48 + 4 * k);
    if (levels_[k].nodes > kLargestFile) return damaged("its size is wrong");
  }
  if (levels_[0].nodes != ngram::kCodes) return damaged("it does not have 256 bytes");
  const auto unused = std::span(levels_).subspan(order_);
  if (std::any_of(unused.begin(), unused.end(), [](const Level& l) { return l.nodes != 0; })) {
    return damaged("it has too many levels");
  }
  return {};
}

Result<void> NgramModel::find_levels() {
  std::size_t place = ngram::kHeaderSize;
  const auto take = [&](std::size_t size) {
    const unsigned char* array = file_ + std::min(place, size_);
    place += ngram::padded(size);
    return array;
  };
  const std::size_t books = (2 * order_ - 1) * ngram::kCodes * 4;
  if (size_ < place + books) return damaged("its size is wrong");
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
    level.children = take(level.nodes);
    level.bases = take(4 * ngram::blocks(level.nodes));
  }
  if (place != size_) return damaged("its size is wrong");
  return {};
}

// After this every child that can be reached lies inside its level.
Result<void> NgramModel::check_children() const {
  for (std::size_t k = 0; k + 1 < order_; ++k) {
    const Level& level = levels_[k];
    std::uint64_t expected = 0;
    for (std::uint32_t node = 0; node < level.nodes; ++node) {
      const bool starts_block = node % ngram::kBlock == 0;
      if (starts_block && load_u32(level.bases + node / ngram::kBlock * 4) != expected) {
        return damaged("its nodes are out of order");
      }
      expected += level.children[node];
    }
    if (expected != levels_[k + 1].nodes) return damaged("its nodes do not add up");
  }
  return {};
}

std::uint32_t NgramModel::first_child(const Level& level, std::uint32_t node) const {
  const std::uint32_t block = node / ngram::kBlock;
  const std::uint32_t within = node % ngram::kBlock;
  const unsigned char* counts = level.children + std::size_t{block} * ngram::kBlock;
  const std::uint32_t base = load_u32(level.bases + std::size_t{block} * 4);
  // Arrays are padded to 8 bytes, so both loads stay inside.
  if (within < 8) return base + sum_of_bytes(load_u64(counts), within);
  return base + sum_of_8_bytes(load_u64(counts)) + sum_of_bytes(load_u64(counts + 8), within - 8);
}

std::int64_t NgramModel::advance_byte(State& state, unsigned char byte) const {
  State next;
  next.nodes[0] = byte;
  next.depth = 1;
  std::int64_t sum = levels_[0].probabilities[levels_[0].codes[byte]];
  std::uint32_t matched = 0;
  for (; matched < state.depth; ++matched) {
    const Level& level = levels_[matched];
    const std::uint32_t node = state.nodes[matched];
    const std::uint32_t count = level.children[node];
    if (count == 0) break;
    const std::uint32_t first = first_child(level, node);
    const Level& below = levels_[matched + 1];
    const void* found = std::memchr(below.labels + first, byte, count);
    if (found == nullptr) break;
    const auto child =
        static_cast<std::uint32_t>(static_cast<const unsigned char*>(found) - below.labels);
    sum = below.probabilities[below.codes[child]];
    if (matched + 2 < order_) {
      next.nodes[matched + 1] = child;
      next.depth = matched + 2;
    }
  }
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
